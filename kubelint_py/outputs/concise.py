"""`--format concise`: one line a finding, for editors and grep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_py.outputs._color import paint
from kubelint_py.outputs._order import by_place
from kubelint_py.outputs._text import place, plain, subject
from kubelint_py.outputs._totals import failures, totals

if TYPE_CHECKING:
    from kubelint_py.finding import Finding, Report

_NAMED = 10


def render(report: Report, *, color: bool = False) -> str:
    """Return `path:line:column: severity[rule] message (Kind/name)` a finding, and a last line of counts."""
    lines = [_line(finding, color) for finding in by_place(report.active())]
    return "".join(f"{line}\n" for line in (*lines, f"kubelint: {totals(report)}{_failed(report)}"))


def _line(finding: Finding, color: bool) -> str:
    where = place(finding.file, finding.line, finding.column)
    severity = paint(f"{finding.severity}[{plain(finding.rule)}]", finding.severity, color)
    return f"{where}: {severity} {plain(finding.message)}{subject(finding)}"


def _failed(report: Report) -> str:
    failed = failures(report)
    named = [f"{plain(each.file)} ({plain(each.reason)})" for each in failed[:_NAMED]]
    if len(failed) > _NAMED:
        named.append(f"{len(failed) - _NAMED} more")
    return f"; failed: {', '.join(named)}" if named else ""
