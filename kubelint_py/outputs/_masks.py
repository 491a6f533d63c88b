"""Which parts of which lines must not be shown.

A finding tagged `masked` points at a secret. Its span is hidden in the excerpts of all findings; in
its own excerpt the rest of the line is hidden too.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kubelint_py.finding import Finding

TAG = "masked"
FOREVER = 1 << 60
_SEPARATOR = 64
_INLINE = re.compile(
    r"""\b(?:data|stringData)["']?\s*:\s*\{|[{,]\s*["']?kind["']?\s*:\s*["']?Secret\b"""
    r"""|[{,]\s*["']?name["']?\s*:[^{}]{1,300},\s*["']?value["']?\s*:"""
)

Place = tuple[int, int]


class Masks(NamedTuple):
    """Hidden spans by file: sorted, disjoint, from line and column (from 1) to line and column."""

    spans: dict[str, list[tuple[Place, Place]]]

    def within(self, file: str, line: int, first: int, last: int) -> list[tuple[int, int]]:
        """Return what is hidden between two offsets of a line, as offsets, sorted and disjoint."""
        spans = self.spans.get(file)
        if not spans:
            return []
        start, end = (line, first + 1), (line, last + 1)
        found = []
        for index in range(bisect_left(spans, start, key=lambda span: span[1]), len(spans)):
            (from_line, from_column), (to_line, to_column) = spans[index]
            if (from_line, from_column) >= end:
                break
            begin = from_column - 1 if from_line == line else first
            stop = to_column - 1 if to_line == line else last
            found.append((max(begin, first), min(stop, last)))
        return [(begin, stop) for begin, stop in found if begin < stop]


def masks(findings: Iterable[Finding], excerpt: Callable[[str, int], str]) -> Masks:
    """Collect what the findings tagged `masked` point at."""
    found: dict[str, list[tuple[Place, Place]]] = {}
    for finding in findings:
        if TAG in finding.tags and finding.line:
            found.setdefault(finding.file, []).append(_span(finding, excerpt))
    return Masks({file: _merged(spans) for file, spans in found.items()})


@lru_cache(maxsize=8)
def holds_data(line: str) -> bool:
    """Whether a line has the data of a Secret or ConfigMap, or an environment variable, beside other fields.

    Findings point at one value only, and the rules that know secrets may be off.
    """
    return bool(_INLINE.search(line))


def _span(finding: Finding, excerpt: Callable[[str, int], str]) -> tuple[Place, Place]:
    start = (finding.line, finding.column)
    end = max((finding.end_line, finding.end_column), start)
    # A finding on a key is about the value behind it.
    behind = excerpt(finding.file, end[0])[end[1] - 1 : end[1] + _SEPARATOR].lstrip()
    return start, (end[0], FOREVER) if behind.startswith(":") else end


def _merged(spans: list[tuple[Place, Place]]) -> list[tuple[Place, Place]]:
    merged: list[tuple[Place, Place]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
