"""`--format json`: the versioned report of schemas/report.schema.json."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_py.outputs._json import outline
from kubelint_py.outputs._order import by_file, by_place

if TYPE_CHECKING:
    from kubelint_py.finding import Report

VERSION = 1


def render(report: Report) -> str:
    """Return version, summary, inputs and findings, one input or finding a line."""
    data = {
        "version": VERSION,
        "summary": report.summary._asdict(),
        "inputs": [each._asdict() for each in by_file(report.inputs)],
        "findings": [finding.as_dict() for finding in by_place(report.findings)],
    }
    return outline(data, 2) + "\n"
