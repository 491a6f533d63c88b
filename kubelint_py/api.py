"""The library's functions: paths or text or objects in, a report out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from kubelint_py.api_load import Loaded, load, load_resources
from kubelint_py.api_versions import merged
from kubelint_py.config import Config
from kubelint_py.config_pss import too_new
from kubelint_py.engine import Plan, make_plan, without_implied
from kubelint_py.finding import Finding, Input, Report, summarize
from kubelint_py.inputs.files import Candidate, discover
from kubelint_py.parallel import lint_all, without_collector
from kubelint_py.pipeline import FileResult, Task, lint_documents, lint_text
from kubelint_py.registry import load as load_rules
from kubelint_py.rule import Rule
from kubelint_py.scope import Scope
from kubelint_py.source.document import Document
from kubelint_py.source.parse import c_binding, parse
from kubelint_py.source.text import Source

__all__ = [
    "Loaded",
    "Outcome",
    "Run",
    "check",
    "check_objects",
    "check_paths",
    "check_text",
    "load",
    "load_resources",
    "parse",
    "rules",
]

Progress = Callable[[int, int], None]
_SLOW = "PyYAML has no C binding here: reading takes some fifteen times longer"


class Run(NamedTuple):
    """What to lint and how.

    Without `config` each file has the configuration found upward from it; `overrides` are laid over
    it either way. `context` are globs of files that are read but not reported. `set_per` is "",
    "file" or "directory": objects of different sets know nothing of each other. With several `versions`
    of Kubernetes each finding says in which it holds. `stdin` is what standard input holds, where it was
    read already.
    """

    paths: Sequence[str]
    config: Config | None = None
    overrides: Mapping[str, Any] = {}
    context: Sequence[str] = ()
    set_per: str = ""
    versions: Sequence[str] = ()
    stdin_name: str = "<stdin>"
    jobs: int = 1
    stdin: bytes | None = None


def rules() -> list[Rule]:
    """Return all rules, in the order of their categories."""
    return list(load_rules().rules.values())


def check_paths(paths: Iterable[str | Path], *, config: Config | None = None, context: Iterable[str] = ()) -> Report:
    """Lint files, directories and globs.

    Raises `ConfigError` on a wrong configuration. An input that cannot be read is a failed input of
    the report, not an error.
    """
    return check(Run([str(path) for path in paths], config, context=tuple(context))).report


def check_text(text: str, *, name: str = "<stdin>", config: Config | None = None) -> Report:
    """Lint one text. No exception leaves this function but `ConfigError`."""
    plan = make_plan(config or Config(), load_rules())
    return _report_one(lint_text(text, plan, Task(Candidate(None, name, explicit=True), alone=True)), plan)


def check_objects(objects: Iterable[Mapping[str, Any]], *, config: Config | None = None) -> Report:
    """Lint plain mappings; the findings have no positions and `document` counts the objects."""
    plan = make_plan(config or Config(), load_rules())
    task = Task(Candidate(None, "<objects>", explicit=True), alone=True)
    documents = [Document.from_data(data, index) for index, data in enumerate(objects)]
    return _report_one(lint_documents(documents, None, plan, task), plan)


def _report_one(result: FileResult, plan: Plan) -> Report:
    return _report([result], result.findings, lambda _: plan.config)


class Outcome(NamedTuple):
    """The report of a run, which severity fails it by file, a way to the text of inputs, and what users must know."""

    report: Report
    fail_on: Callable[[str], str]
    source_of: Callable[[str], Source | None]
    notes: tuple[str, ...] = ()


def check(run: Run, progress: Progress | None = None) -> Outcome:
    """Lint a run. Raises `ConfigError` on a wrong configuration."""
    with without_collector():
        return _check(run, progress)


def _check(run: Run, progress: Progress | None) -> Outcome:
    versions = list(dict.fromkeys(run.versions))
    scopes = [Scope(run.config, {**run.overrides, **_version(version)}) for version in versions or ("",)]
    for each in scopes:
        each.validate(run.paths)
    scope = scopes[0]
    candidates = discover(run.paths, excluded=scope.excludes, stdin_name=run.stdin_name)
    tasks = [*scope.tasks(candidates, stdin=run.stdin), *scope.context(candidates, run.context)]
    tasks = scope.in_sets(tasks, run.set_per)
    reports = [_judge(each, tasks, run, _part(progress, n, len(scopes))) for n, each in enumerate(scopes)]
    report = _ordered(*merged(reports, versions)) if len(scopes) > 1 else reports[0]
    policies = {config.policy for each in scopes for config in each.configurations}
    notes = sorted({too_new(policy.version) for policy in policies if policy} - {""})
    notes += [] if c_binding else [_SLOW]
    return Outcome(report, scope.fail_on, scope.sources(tasks), (*scope.notes, *notes))


def _version(version: str) -> dict[str, str]:
    return {"kubernetes_version": version} if version else {}


def _part(progress: Progress | None, number: int, parts: int) -> Progress | None:
    return progress and (lambda done, total: progress(number * total + done, parts * total))


def _judge(scope: Scope, tasks: Sequence[Task], run: Run, progress: Progress | None) -> Report:
    results = lint_all(tasks, scope.config_of, jobs=run.jobs, progress=progress)
    findings = [finding for result in results for finding in result.findings]
    findings += scope.check_sets(tasks, results, run.set_per)
    reported = [result for task, result in zip(tasks, results, strict=True) if task.report]
    configs = {task.candidate.name: scope.config_of(task) for task in tasks}
    return _report(reported, findings, configs.__getitem__)


def _report(results: list[FileResult], findings: list[Finding], config_of: Callable[[str], Config]) -> Report:
    """Return the report; `config_of` gives the configuration of a file, which may show what others imply."""
    shown = [finding for finding in findings if config_of(finding.file).shows_implied]
    others = [finding for finding in findings if not config_of(finding.file).shows_implied]
    findings = [*shown, *without_implied(others, load_rules())]
    inputs = tuple(result.input for result in results)
    return _ordered(findings, inputs, sum(result.objects for result in results))


def _ordered(findings: Iterable[Finding], inputs: tuple[Input, ...], objects: int) -> Report:
    ordered = tuple(sorted(dict.fromkeys(findings), key=_place))
    return Report(ordered, inputs, summarize(ordered, inputs, objects))


def _place(finding: Finding) -> tuple[str, int, int, int, str, str, str]:
    return finding.file, finding.document, finding.line, finding.column, finding.rule, finding.path, finding.message
