"""`--format jsonl`: one JSON object a line, for streams.

Each has a `type`: first the `summary`, then each `input`, then each `finding`, with the fields the
JSON report gives them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_py.outputs._json import dumps
from kubelint_py.outputs._order import by_file, by_place
from kubelint_py.outputs.json import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kubelint_py.finding import Report


def render(report: Report) -> str:
    """Return the report as lines of JSON."""
    return "".join(f"{dumps(record)}\n" for record in _records(report))


def _records(report: Report) -> Iterator[dict[str, Any]]:
    yield {"type": "summary", "version": VERSION, **report.summary._asdict()}
    for each in by_file(report.inputs):
        yield {"type": "input", **each._asdict()}
    for finding in by_place(report.findings):
        yield {"type": "finding", **finding.as_dict()}
