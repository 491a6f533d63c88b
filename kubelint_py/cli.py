"""The command line: arguments in, a report and an exit code out.

Exit codes: 0 nothing at or above `--fail-on`; 1 findings, or an input failed; 2 usage or
configuration, and nothing linted under `--fail-if-empty`; 3 a rule crashed.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from kubelint_py import __version__
from kubelint_py import cli_complete as complete
from kubelint_py.api import Outcome, Run, check
from kubelint_py.cli_baseline import baseline_options, with_baseline
from kubelint_py.cli_formats import locator, read_formats, save
from kubelint_py.cli_usage import USAGE, note, selectors_option, usage_errors, way_on
from kubelint_py.config import Config
from kubelint_py.finding import SEVERITIES, Finding, Report, severity_rank
from kubelint_py.outputs import render
from kubelint_py.outputs._text import plain
from kubelint_py.outputs._totals import totals
from kubelint_py.registry import load

OK, FINDINGS, CRASH = 0, 1, 3


_ELSEWHERE = {
    "explain": ("kubelint_py.cli_rules", "explain_command"),
    "pss": ("kubelint_py.cli_pss", "pss_command"),
    "rbac": ("kubelint_py.cli_rbac", "rbac_group"),
    "rules": ("kubelint_py.cli_rules", "rules_command"),
}
"""Commands with a module of their own, which is imported when they are asked for: module and attribute."""


class _Commands(click.Group):
    """The commands, wherever they are."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted((*super().list_commands(ctx), *_ELSEWHERE))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        module, attribute = _ELSEWHERE[cmd_name]
        command: click.Command = getattr(import_module(module), attribute)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kubelint", message="%(prog)s %(version)s")
def cli() -> None:
    """Lint Kubernetes manifests offline, with Kubernetes' own answer."""


_EXIT_CODES = (
    "Exits with 0 when no finding reaches --fail-on and every input could be read, with 1 otherwise, with 2 on a wrong "
    "option or configuration, with 3 when a rule crashed."
)


@cli.command("check", epilog=_EXIT_CODES)
@click.argument("paths", nargs=-1, shell_complete=complete.paths)
@click.option(
    "--format",
    "formats",
    multiple=True,
    shell_complete=complete.formats,
    metavar="FMT[:FILE]",
    help="Report format, and file to write it to; repeatable.",
)
@selectors_option("--select", "Run only these rules, categories, tags.")
@selectors_option("--ignore", "Leave these out.")
@click.option("--profile", metavar="NAME", help="minimal, default or strict.")
@click.option("--kubernetes-version", multiple=True, metavar="V", help="Kubernetes minor, as 1.31; repeatable.")
@click.option("--pss", metavar="LEVEL[@VERSION]", help="Judge pods by this Pod Security Standards level alone.")
@click.option(
    "--context", multiple=True, metavar="GLOB", help="Files that references may lead to, not reported on; repeatable."
)
@click.option(
    "--set-per", type=click.Choice(["file", "directory"]), help="Objects of other files or directories are unknown."
)
@click.option(
    "--fail-on", type=click.Choice([*SEVERITIES, "never"]), help="Weakest severity that fails the run; default: medium."
)
@click.option("--exit-zero", is_flag=True, help="Exit with 0 even when there are findings.")
@click.option("--fail-if-empty", is_flag=True, help="Exit with 2 when there was no object.")
@baseline_options
@click.option("--fix", is_flag=True, help="Change files so that findings go away.")
@click.option("--unsafe-fixes", is_flag=True, help="With --fix or --diff: also what the image decides.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--stdin-filename", default="<stdin>", metavar="P", help="The file that `-` stands for.")
@click.option("--jobs", type=click.IntRange(min=1), metavar="N", help="Processes; default: the CPUs.")
@click.option("--no-cache", is_flag=True, help="Accepted; nothing is cached yet.")
@click.option(
    "--config",
    "config_file",
    type=click.Path(exists=True, dir_okay=False),
    help="Use this configuration instead of the nearest one.",
)
@click.option("--list-files", is_flag=True, help="Say what would become of each input.")
@click.option("--statistics", is_flag=True, help="Count findings by rule, on stderr.")
@click.pass_context
def check_command(invocation: click.Context, /, **options: Any) -> None:
    """Check files, directories, globs or `-`; the current directory by default."""
    with usage_errors():
        formats = read_formats(options["formats"] or ("human",))
        run = Run(
            paths=options["paths"] or (".",),
            config=_given_config(options),
            overrides=_overrides(options),
            context=options["context"],
            set_per=options["set_per"] or "",
            versions=options["kubernetes_version"],
            stdin_name=options["stdin_filename"],
            jobs=options["jobs"] or os.cpu_count() or 1,
        )
        if options["fix"] or options["diff"] or options["unsafe_fixes"]:
            fixing = import_module("kubelint_py.cli_fix")
            invocation.exit(
                fixing.fix_and_check(run, options, partial(_print, formats=formats, options=options), _exit_code)
            )
        with _progress() as progress:
            outcome = with_baseline(check(run, progress=progress), options)
        for each in outcome.notes:
            note(each)
        _print(outcome, formats, options)
    invocation.exit(_exit_code(outcome.report, options, outcome.fail_on))


def _given_config(options: dict[str, Any]) -> Config | None:
    return Config.from_file(Path(options["config_file"])) if options["config_file"] else None


def _overrides(options: dict[str, Any]) -> dict[str, Any]:
    names = ("select", "ignore", "profile", "pss", "fail_on")
    given = {name: options[name] for name in names if options[name]}
    return {**given, "kubernetes_version": next(iter(options["kubernetes_version"]), "")}


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    started, bar = time.monotonic(), None

    def advance(done: int, total: int) -> None:
        nonlocal bar
        if bar is None and time.monotonic() - started > 1:
            bar = click.progressbar(length=total, label="linting", file=sys.stderr)
            bar.__enter__()
        if bar is not None:
            bar.update(done - bar.pos)

    try:
        yield advance
    finally:
        # It has hidden the cursor.
        if bar is not None:
            bar.__exit__(None, None, None)


def _print(outcome: Outcome, formats: list[tuple[str, str]], options: dict[str, Any]) -> None:
    report = outcome.report
    if options["list_files"]:
        for each in report.inputs:
            click.echo(f"{each.status:8}{plain(each.file)}{f'  ({plain(each.reason)})' if each.reason else ''}")
        return
    for name, file in formats:
        color = not file and _color()
        text = render(name, report, color=color, width=0 if file else _width(), **_surroundings(outcome))
        if file:
            save(file, text)
        else:
            click.echo(text, nl=False, color=color)
    if options["statistics"]:
        _print_statistics(report)
    if all(name == "gitlab" for name, _ in formats):
        # That format has no place for them.
        click.echo(f"kubelint: {totals(report)}", err=True)
    elif not report.summary.objects:
        click.echo(f"kubelint: no Kubernetes object was found{way_on(report.inputs, 'check')}", err=True)


def _surroundings(outcome: Outcome) -> dict[str, Any]:
    rules = load().rules

    def excerpt(file: str, line: int) -> str:
        source = outcome.source_of(file)
        return source.line_text(line) if source else ""

    def remedy(rule: str) -> str:
        return rules[rule].documentation.remedy

    return {"excerpt": excerpt, "remedy": remedy, "rules": rules.get, "version": __version__, "locate": locator()}


def _print_statistics(report: Report) -> None:
    counts: dict[str, int] = {}
    for finding in report.active():
        counts[finding.rule] = counts.get(finding.rule, 0) + 1
    for rule, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        click.echo(f"{count:6}  {rule}", err=True)


def _color() -> bool:
    if os.environ.get("NO_COLOR"):
        return False
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def _width() -> int:
    if not sys.stdout.isatty():
        return 0
    import shutil  # noqa: PLC0415  costs start-up, and pipes have no width

    return shutil.get_terminal_size().columns


def _exit_code(report: Report, options: dict[str, Any], fail_on: Callable[[str], str]) -> int:
    if any(finding.rule == "internal-error" for finding in report.findings):
        return CRASH
    if options["fail_if_empty"] and not report.summary.objects:
        return USAGE
    if options["exit_zero"]:
        return OK
    reaching = any(_reaches(finding, fail_on(finding.file)) for finding in report.active())
    return FINDINGS if report.summary.failed or reaching else OK


def _reaches(finding: Finding, limit: str) -> bool:
    return limit != "never" and severity_rank(finding.severity) >= severity_rank(limit)


@cli.group("config")
def config_group() -> None:
    """Show or check the configuration."""


@config_group.command("show")
@click.argument("path", default=".", shell_complete=complete.paths)
def config_show(path: str) -> None:
    """Show the configuration in force for PATH and where it comes from."""
    import json  # noqa: PLC0415  needed here only

    with usage_errors():
        config = Config.load(Path(path))
        config.validate(load())
        click.echo(json.dumps(config.describe(), indent=2))


@config_group.command("check")
@click.argument("files", nargs=-1, type=click.Path())
def config_check(files: tuple[str, ...]) -> None:
    """Check configuration files; the one in force here by default."""
    with usage_errors():
        for file in files:
            Config.from_file(Path(file)).validate(load())
        if not files:
            Config.load(Path()).validate(load())


@cli.command("versions")
def versions_command() -> None:
    """Show the versions of kubelint and of what it knows."""
    from kubelint_py.model.versions import NEWEST  # noqa: PLC0415  needed here only

    click.echo(f"kubelint {__version__}")
    click.echo(f"Python {sys.version.split()[0]}")
    click.echo(f"Kubernetes and Pod Security Standards up to {NEWEST[0]}.{NEWEST[1]}")
