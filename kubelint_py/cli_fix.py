"""`kubelint check --fix` and `--diff`: files are changed, or what would change is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from difflib import unified_diff
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import click

from kubelint_py.api import Outcome, Run, check
from kubelint_py.api_fix import FixedInput, fix_run, with_stdin
from kubelint_py.cli_baseline import with_baseline
from kubelint_py.cli_usage import note
from kubelint_py.errors import ConfigError, InputError
from kubelint_py.finding import Report
from kubelint_py.inputs.rewrite import rewrite, tree_roots
from kubelint_py.outputs._text import escaped, plain, plural
from kubelint_py.source.text import decode

_NO_NEWLINE = "\\ No newline at end of file"


class Fixed(NamedTuple):
    """The run to lint after fixing, the exit code if nothing else fails, and where its report goes."""

    run: Run
    code: int
    report_to: TextIO


def fix_and_check(
    run: Run,
    options: dict[str, Any],
    show: Callable[[Outcome], None],
    exit_code: Callable[[Report, dict[str, Any], Callable[[str], str]], int],
) -> int:
    """Fix the inputs of a run, or show how; then lint what there is. Return the exit code."""
    fixed = _fix(run, options)
    outcome = with_baseline(check(fixed.run), options)
    for each in outcome.notes:
        note(each)
    if options["diff"]:
        return exit_code(outcome.report, options, lambda _file: "never") or fixed.code
    with redirect_stdout(fixed.report_to):
        show(outcome)
    return exit_code(outcome.report, options, outcome.fail_on) or fixed.code


def _fix(run: Run, options: dict[str, Any]) -> Fixed:
    """Fix the inputs of a run, or show how, as the options of `check` ask.

    Messages go to standard error; standard output gets the diff, or what standard input is after fixing.
    """
    if not options["fix"] and not options["diff"]:
        raise ConfigError("--unsafe-fixes needs --fix or --diff")
    run = with_stdin(run)
    found = fix_run(run, unsafe=options["unsafe_fixes"])
    tally = _Tally("would fix" if options["diff"] else "fixed")
    after = run.stdin
    if options["diff"]:
        _show_all(found, tally)
    else:
        after = _save_all(found, tally, run)
    for line in tally.lines():
        click.echo(f"kubelint: {line}", err=True)
    left = tally.refusals or (options["diff"] and tally.files)
    report_to = sys.stdout if run.stdin is None else sys.stderr
    return Fixed(run._replace(stdin=after), int(bool(left) and not options["exit_zero"]), report_to)


def _show_all(found: Iterable[FixedInput], tally: _Tally) -> None:
    for each in found:
        tally.add(each, each.result.refused)
        _write(_shown(each).encode("utf-8", "surrogatepass"))


def _save_all(found: Iterable[FixedInput], tally: _Tally, run: Run) -> bytes | None:
    """Write the files, and standard input to standard output; return that."""
    stdin, roots = run.stdin, tree_roots(run.paths)
    for each in found:
        refusal = each.result.refused
        if each.candidate.path is None:
            stdin = each.after
        elif each.after != each.before:
            refusal = _save(each, roots)
        tally.add(each, refusal)
    if stdin is not None:
        _write(stdin)
    return stdin


class _Tally:
    """Counts what was fixed and remembers what was not."""

    def __init__(self, verb: str) -> None:
        self.verb = verb
        self.fixed = self.files = self.unsafe = 0
        self.refusals: list[str] = []

    def add(self, each: FixedInput, refusal: str) -> None:
        """Count an input."""
        if refusal:
            self.refusals.append(f"{plain(each.candidate.name)}: not fixed: {plain(refusal)}")
            return
        self.fixed += each.result.fixed
        self.files += each.after != each.before
        self.unsafe += each.result.unsafe

    def lines(self) -> Iterator[str]:
        """Yield what users are told."""
        yield from self.refusals
        yield f"{self.verb} {plural(self.fixed, 'finding')} in {plural(self.files, 'file')}"
        if self.unsafe:
            yield f"{plural(self.unsafe, 'more finding')} can be fixed with --unsafe-fixes"


def _save(each: FixedInput, roots: Iterable[Path]) -> str:
    """Write a file; return why it was not written, or nothing."""
    try:
        rewrite(each.candidate, each.before, each.after, roots)
    except InputError as error:
        return str(error)
    return ""


def _shown(each: FixedInput) -> str:
    """Return the diff of an input; a terminal gets nothing that it would take for a command."""
    text = "".join(diff(decode(each.before), decode(each.after), plain(each.candidate.name)))
    if not sys.stdout.isatty():
        return text
    return "".join(one if one.isprintable() or one in "\t\n" else escaped(one) for one in text)


def diff(before: str, after: str, name: str) -> Iterator[str]:
    """Yield a unified diff that `patch` takes; line breaks other than a line feed stay within their lines."""
    old, new = _lines(before), _lines(after)
    for line in unified_diff(old, new, name, name):
        yield line if line.endswith("\n") else f"{line}\n{_NO_NEWLINE}\n"


def _lines(text: str) -> list[str]:
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _write(content: bytes) -> None:
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()
