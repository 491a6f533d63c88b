"""The sentence every format ends or begins with: findings by severity, inputs by what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_py.finding import SEVERITIES
from kubelint_py.outputs._order import by_file
from kubelint_py.outputs._text import plain, plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubelint_py.finding import Input, Report

_KINDS = 6


def totals(report: Report) -> str:
    """Return findings, objects and inputs in one line, without a full stop."""
    return "; ".join((_found(report), *_statuses(report), *_hidden(report)))


def failures(report: Report) -> list[Input]:
    """Return the inputs that could not be read."""
    return [each for each in by_file(report.inputs) if each.status == "failed"]


def _found(report: Report) -> str:
    summary = report.summary
    where = f"in {plural(summary.objects, 'object')}" if summary.objects else "and no Kubernetes object was found"
    if not summary.findings:
        return f"no findings {where}" if summary.objects else "no Kubernetes object was found"
    counts = ((getattr(summary, severity), severity) for severity in reversed(SEVERITIES))
    severities = ", ".join(f"{count} {severity}" for count, severity in counts if count)
    return f"{plural(summary.findings, 'finding')} ({severities}) {where}"


def _statuses(report: Report) -> Iterator[str]:
    summary = report.summary
    yield f"{plural(summary.linted, 'input')} linted"
    yield f"{summary.skipped} skipped{_reasons(report, 'skipped')}"
    yield f"{summary.failed} failed{_reasons(report, 'failed')}"


def _reasons(report: Report, status: str) -> str:
    counts: dict[str, int] = {}
    for each in report.inputs:
        if each.status == status:
            # What follows the colon differs from file to file.
            kind = plain(each.reason.partition(":")[0], 80) or "no reason given"
            counts[kind] = counts.get(kind, 0) + 1
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    parts = [f"{count} {kind}" for kind, count in ranked[:_KINDS]]
    rest = sum(count for _, count in ranked[_KINDS:])
    if rest:
        parts.append(f"{rest} for other reasons")
    return f": {', '.join(parts)}" if parts else ""


def _hidden(report: Report) -> Iterator[str]:
    if report.summary.suppressed:
        yield f"{plural(report.summary.suppressed, 'finding')} suppressed"
