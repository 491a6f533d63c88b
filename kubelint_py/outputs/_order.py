"""The order of findings, total so that equal reports give equal text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_py.finding import severity_rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kubelint_py.finding import Finding, Input


def _place(finding: Finding) -> tuple[Any, ...]:
    return (
        finding.file,
        finding.line,
        finding.column,
        finding.document,
        finding.path,
        finding.rule,
        finding.container,
        finding.message,
        finding.end_line,
        finding.end_column,
    )


def by_place(findings: Iterable[Finding]) -> list[Finding]:
    """Sort by file, line and column."""
    return sorted(findings, key=_place)


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Sort the most severe first, then by place."""
    return sorted(by_place(findings), key=lambda finding: -severity_rank(finding.severity))


def by_file(inputs: Iterable[Input]) -> list[Input]:
    """Sort inputs by file."""
    return sorted(inputs)
