"""Find comments by what they hold: real YAML comments, never a `#` inside a scalar.

A text that does not hold the needle at all costs one search. In a refused document the places of scalars
are known up to where it is refused; from there on a `#` counts as it would on a line of its own.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

from kubelint_py.source.document import Document
from kubelint_py.source.text import BREAKS, Position, line_start

_COMMENT = re.compile(f"#[^{BREAKS}]*")
_QUOTED = re.compile(r"""(?:(?<=[\s\[{,:-])|^)(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')""")
_LONGEST_SCANNED = 1_000_000


class Comment(NamedTuple):
    """A comment from its `#` to the end of its line; `offset` counts characters of the source."""

    offset: int
    position: Position
    text: str


def find(document: Document, needle: str) -> list[Comment]:
    """Return the comments of a document that hold `needle`, in the order of the text."""
    source = document.source
    if source is None:
        return []
    text, end = source.text, document.end
    refused: _Refused | None = None
    found: list[Comment] = []
    at = text.find(needle, document.begin, end)
    while at >= 0:
        if document.error and refused is None:
            refused = _Refused(text, document.begin, end)
        start, stop = _comment_around(document, refused, text, at)
        if start >= 0:
            found.append(Comment(start, source.position(start), text[start:stop]))
        at = text.find(needle, max(stop, at + 1), end)
    return found


def _comment_around(document: Document, refused: _Refused | None, text: str, at: int) -> tuple[int, int]:
    """Return where the comment around an offset starts and ends; it starts at -1 when there is none."""
    line = line_start(text, at, document.begin)
    hash_at = text.find("#", line, at + 1)
    while hash_at >= 0:
        after = refused.after_scalar(hash_at) if refused else document.after_scalar(hash_at)
        if after is None:
            match = _COMMENT.match(text, hash_at)
            after = match.end() if match else hash_at + 1
            if after > at:
                return hash_at, after
        hash_at = text.find("#", max(after, hash_at + 1), at + 1)
    return -1, at


class _Refused:
    """What is known of the scalars of a refused document."""

    def __init__(self, text: str, begin: int, end: int) -> None:
        from kubelint_py.source.parse_exact import scan_scalars  # noqa: PLC0415  rare

        scanned = text[begin:end] if end - begin <= _LONGEST_SCANNED else ""
        ranges, stop = scan_scalars(scanned)
        self._text = text
        self._starts = [begin + start for start, _ in ranges]
        self._ends = [begin + end for _, end in ranges]
        self._stop = begin + stop

    def after_scalar(self, offset: int) -> int | None:
        """Return where the scalar around an offset ends, or None when it is in none."""
        if offset < self._stop:
            at = bisect_right(self._starts, offset) - 1
            return self._ends[at] if at >= 0 and offset < self._ends[at] else None
        if offset > 0 and self._text[offset - 1] not in " \t\r\n":
            return offset + 1
        line = line_start(self._text, offset)
        quoted = _QUOTED.finditer(self._text[line : self._line_end(offset)])
        return next((line + match.end() for match in quoted if match.start() < offset - line < match.end()), None)

    def _line_end(self, offset: int) -> int:
        match = _COMMENT.match(self._text, offset)
        return match.end() if match else offset
