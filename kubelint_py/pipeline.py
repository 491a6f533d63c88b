"""From one input to its findings, and from all inputs to the findings between them.

`lint_file` is what a worker process does: it returns plain values and documents without their text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from kubelint_py.engine import (
    Plan,
    bundle_finding,
    bundle_problems,
    check_document,
    document_finding,
    refusal,
)
from kubelint_py.errors import InputError
from kubelint_py.finding import Finding, Input, Problem
from kubelint_py.inputs.classify import classify, refusal_reason, skip_reason
from kubelint_py.inputs.files import Candidate, read
from kubelint_py.inputs.helm import helm_sources
from kubelint_py.inputs.kustomize import built_from
from kubelint_py.inputs.walk import EXCLUDED
from kubelint_py.model.bundle import Bundle
from kubelint_py.model.resource import Resource, sorted_out
from kubelint_py.source.document import Document, Node
from kubelint_py.source.parse import stream
from kubelint_py.source.text import Source, decode
from kubelint_py.suppress import Suppressions, has_directives, read_suppressions

_GROUP = "apiextensions.k8s.io/"
NEAR_MISS = "api-version-missing"


class FileResult(NamedTuple):
    """What became of one input.

    `objects` counts its objects, `kept` are those that rules about several objects need, `templates`
    maps file and document to the Helm template it was rendered from.
    """

    input: Input
    findings: list[Finding]
    kept: list[Resource]
    templates: dict[tuple[str, int], str]
    suppressions: Suppressions
    objects: int = 0


class Task(NamedTuple):
    """One input to lint.

    `partial` marks a Kustomize patch, `report` is False for context files, `raw` is what was read
    already, because standard input can be read but once. `alone` says that the input is a set of its own,
    so that the rules about several objects can run as soon as it is read.
    """

    candidate: Candidate
    partial: bool = False
    report: bool = True
    raw: bytes | None = None
    alone: bool = False

    def content(self, limit: int) -> bytes:
        """Return the bytes of the input. Raises `InputError` where it cannot be read, or is longer than the limit."""
        return read(self.candidate, limit) if self.raw is None else self.raw


def lint_file(task: Task, plan: Plan) -> FileResult:
    """Read and check one input."""
    candidate = task.candidate
    if candidate.problem:
        return _ended(candidate.name, *candidate.problem)
    try:
        text = decode(task.content(plan.config.max_bytes))
    except InputError as error:
        return _ended(candidate.name, "failed", str(error))
    return lint_text(text, plan, task)


def _ended(name: str, status: str, reason: str) -> FileResult:
    return FileResult(Input(name, status, reason), [], [], {}, Suppressions(name))


def lint_text(text: str, plan: Plan, task: Task) -> FileResult:
    """Check one text: its documents one by one, then what suppresses their findings."""
    source = Source(task.candidate.name, text)
    return lint_documents(stream(source, plan.config.limits), source, plan, task)


def lint_documents(given: Iterable[Document], source: Source | None, plan: Plan, task: Task) -> FileResult:
    """Check documents, each as it is read; trees are kept only for what directives have to look up."""
    template_of = helm_sources(source.text) if source else _no_template
    reading = _Reading(plan, task)
    directed = source is None or has_directives(source)
    documents = []
    for document in given:
        documents.append(document)
        reading.add(document, template_of(document.start))
        if not directed:
            document.release()
    name = task.candidate.name
    suppressions = Suppressions(name)
    if task.report and directed:
        suppressions = read_suppressions(
            name, source, documents, plan.config, plan.registry, templates=reading.templates
        )
    findings = [*settled(reading.findings, suppressions, documents, plan), *suppressions.complaints]
    for document in documents if directed else ():
        document.release()
    result = FileResult(reading.outcome(), findings, reading.kept(), reading.templates, suppressions, reading.objects)
    return _finished(result, plan, source) if task.alone else result


def _finished(result: FileResult, plan: Plan, source: Source | None) -> FileResult:
    """Check the objects of an input that is a set of its own together."""
    between = check_set([result], plan, lambda _: True, lambda _: source)
    findings = [*result.findings, *between]
    findings += unused([result], plan)
    return result._replace(findings=findings, kept=[], templates={}, suppressions=Suppressions(result.input.file))


def settled(
    findings: Iterable[Finding], suppressions: Suppressions, documents: Iterable[Document], plan: Plan
) -> list[Finding]:
    """Return the findings with what configuration, comments and annotations say of them."""
    rules = plan.registry.rules
    adjusted = (plan.config.adjusted(finding, rules[finding.rule]) for finding in findings)
    return suppressions.apply([finding for finding in adjusted if finding], documents)


def _no_template(_offset: int) -> str:
    return ""


class _Reading:
    """Collects what the documents of one input give."""

    def __init__(self, plan: Plan, task: Task) -> None:
        self.plan = plan
        self.task = task
        self.findings: list[Finding] = []
        self.found: list[Resource] = []
        self.templates: dict[tuple[str, int], str] = {}
        self.objects = 0
        self.linted = 0
        self.refused = ""
        self.unsaid = ""
        self.reasons: list[str] = []

    def add(self, document: Document, template: str) -> None:
        """Check one document."""
        unread = document.error is None and self._is_unread_definition(document)
        source = template or ("" if unread or document.error else built_from(document.data))
        if source:
            self.templates[document.name, document.index] = source
        if self.plan.config.excludes_source(source):
            self.reasons.append(EXCLUDED[1])
        elif document.error is not None:
            self._refuse(document, source)
        elif unread:
            self.objects += 1
            self._check(document, [], source)
        else:
            self._read(document, source)

    def _is_unread_definition(self, document: Document) -> bool:
        # Definitions are most of the bytes of many charts, and building their data is most of the work.
        if self.plan.needs("CustomResourceDefinition"):
            return False
        header = document.header
        group = header.get("apiVersion")
        return header.get("kind") == "CustomResourceDefinition" and isinstance(group, str) and group.startswith(_GROUP)

    def _read(self, document: Document, template: str) -> None:
        reason = classify(document.data, self.task.candidate.name)
        if reason == NEAR_MISS:
            self._check(document, [], template)
            self._report_near_miss(document.root, template)
        elif reason is not None:
            self.reasons.append(reason)
        else:
            found, untyped = sorted_out(document)
            self.objects += len(found)
            self.found += found
            self._check(document, found, template)
            for item in untyped:
                self._report_near_miss(item, template)

    def _report_near_miss(self, node: Node, template: str) -> None:
        from kubelint_py.inputs.near_miss import misspelled_api_version  # noqa: PLC0415  few documents need it

        key = misspelled_api_version(node.value)
        if key is None:
            return
        field = node.child(key or "apiVersion")
        wrong = f"apiVersion is written {key!r}" if key not in {"", "apiVersion"} else "apiVersion is missing"
        if field.value is not None and key == "apiVersion":
            wrong = "apiVersion is empty" if field.value == "" else "apiVersion is not a string"
        problem = Problem(field, f"{wrong}, so this is no Kubernetes object", key=True)
        self._say(document_finding(node.document, NEAR_MISS, problem, self.plan, template))

    def _say(self, finding: Finding | None) -> None:
        if finding and self.task.report:
            self.findings.append(finding)

    def _check(self, document: Document, found: list[Resource], template: str) -> None:
        self.linted += 1
        if self.task.report:
            findings = check_document(document, found, self.plan, template, partial=self.task.partial)
            self.findings += findings

    def _refuse(self, document: Document, source: str) -> None:
        error = document.error
        reason = refusal_reason(document, self.task.candidate.name, named=self.task.candidate.explicit)
        if error is None or reason:
            self.reasons.append(reason)
            return
        from kubelint_py.inputs.template import unrendered_template  # noqa: PLC0415  few documents need it

        self.refused = self.refused or error.message
        template = unrendered_template(document.text, error)
        rule, message = ("unrendered-template", template) if template else (error.rule, error.message)
        finding = refusal(document, rule, message, self.plan, source)
        if finding is None:
            self.unsaid = self.unsaid or message
        self._say(finding)

    def outcome(self) -> Input:
        """Return what became of the input."""
        name = self.task.candidate.name
        if self.linted and not self.unsaid:
            return Input(name, "linted")
        if self.refused:
            return Input(name, "failed", self.refused)
        return Input(name, "skipped", skip_reason(self.reasons))

    def kept(self) -> list[Resource]:
        """Return the objects that rules about several objects need."""
        return [] if self.task.partial else [each for each in self.found if self.plan.keeps(each)]


def check_set(
    results: Sequence[FileResult],
    plan: Plan,
    reported: Callable[[str], bool],
    source_of: Callable[[str], Source | None],
) -> Iterator[Finding]:
    """Run the rules about several objects over one set of inputs.

    `reported` tells whether findings on a file are wanted from this plan; `source_of` gives the text
    of a file again, or None when it has gone.
    """
    kept = [resource for result in results for resource in result.kept]
    templates = {place: name for result in results for place, name in result.templates.items()}
    config = plan.config
    bundle = Bundle(kept, namespace=config.namespace, places=plan.places, is_external=config.is_external)
    by_file: dict[str, list[Finding]] = {}
    pointed: dict[str, set[Document]] = {}
    for bound, problem in bundle_problems(bundle, plan):
        if isinstance(problem, Problem) and not reported(problem.node.document.name):
            continue
        for document in _documents(problem):
            source = source_of(document.name) if document.source is None else None
            if source:
                document.attach(source)
            pointed.setdefault(document.name, set()).add(document)
        finding = bundle_finding(bound, problem, bundle, plan, templates)
        if finding:
            by_file.setdefault(finding.file, []).append(finding)
    for result in results:
        # Plain objects have no text, and so their documents no name.
        file = result.kept[0].document.name if result.kept else result.input.file
        if file in by_file:
            yield from settled(by_file[file], result.suppressions, pointed.get(file, ()), plan)


def unused(results: Iterable[FileResult], plan: Plan) -> Iterator[Finding]:
    """Yield a finding for each directive that had nothing to suppress; every finding must be settled."""
    for result in results:
        if result.suppressions.directives:
            yield from result.suppressions.unused(plan.config, plan.registry, plan.rules, templates=result.templates)


def _documents(problem: Problem | Exception) -> Iterator[Document]:
    if isinstance(problem, Problem):
        yield problem.node.document
        for place, _ in problem.related:
            if isinstance(place, Node):
                yield place.document
