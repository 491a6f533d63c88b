"""A text with its line index.

Offsets count characters from 0, half open. Lines and columns count from 1, columns in characters.
A line ends at LF, CRLF or a lone CR.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate, count
from operator import add
from typing import NamedTuple

from kubelint_py.errors import InputError

BREAKS = "\r\n\x85\u2028\u2029"
"""What ends a line for YAML, which takes more for a line break than positions count."""
BREAK = re.compile(f"\r\n|[{BREAKS}]")
_MOST_COUNTED = 200
_LINE_END = re.compile(r"\r\n|\n|\r")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


class Position(NamedTuple):
    """Line and column, both from 1."""

    line: int
    column: int


class Span(NamedTuple):
    """From `start` to `end`, the end exclusive."""

    start: Position
    end: Position


NOWHERE = Span(Position(0, 0), Position(0, 0))
"""The span of what has no place in a text."""


class Source:
    """One input text and the name it is reported under."""

    __slots__ = ("_countable", "_known", "_starts", "name", "text")

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        self.text = text
        self._starts: list[int] | None = None
        self._countable: bool | None = None
        self._known: list[tuple[int, int]] = [(0, 1)]

    def _line_starts(self) -> list[int]:
        if self._starts is None:
            self._starts = [0, *_line_ends(self.text)]
        return self._starts

    def position(self, offset: int) -> Position:
        """Return line and column of a character offset; an offset outside the text is moved into it."""
        offset = min(max(offset, 0), len(self.text))
        if self._starts is None and len(self._known) < _MOST_COUNTED and self._has_one_kind_of_line_end():
            return self._counted(offset)
        starts = self._line_starts()
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1)

    def _has_one_kind_of_line_end(self) -> bool:
        if self._countable is None:
            self._countable = "\r" not in self.text
        return self._countable

    def _counted(self, offset: int) -> Position:
        """Count the lines from the nearest line that is known: for a few places that is less than finding all lines."""
        start = self.text.rfind("\n", 0, offset) + 1
        at = bisect_right(self._known, (start, len(self.text) + 1))
        known, line = self._known[at - 1]
        if known != start:
            line += self.text.count("\n", known, start)
            self._known.insert(at, (start, line))
        return Position(line, offset - start + 1)

    def span(self, start: int, end: int) -> Span:
        """Return the span between two offsets."""
        return Span(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """Return the character offset of a position; the inverse of `position`."""
        starts = self._line_starts()
        return starts[min(position.line, len(starts)) - 1] + position.column - 1

    def line_text(self, line: int) -> str:
        """Return the text of a line (from 1) without its line end; empty when there is no such line."""
        starts = self._line_starts()
        if not 1 <= line <= len(starts):
            return ""
        end = starts[line] if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end].rstrip("\r\n")

    @property
    def line_count(self) -> int:
        """Number of lines; a text without a line end has one."""
        return len(self._line_starts())


def _line_ends(text: str) -> Iterable[int]:
    """Return where each line end is over; that of most texts is found without a step in Python for each line."""
    if "\r" in text:
        return [match.end() for match in _LINE_END.finditer(text)]
    lengths = map(len, text.split("\n"))
    return list(map(add, accumulate(lengths), count(1)))[:-1]


def line_start(text: str, at: int, floor: int = 0) -> int:
    """Return where the line around an offset starts, `floor` at the lowest."""
    return max(text.rfind("\n", floor, at), text.rfind("\r", floor, at), floor - 1) + 1


def decode(raw: bytes) -> str:
    """Decode UTF-8, or UTF-16/32 announced by a byte order mark, and drop the mark.

    UTF-16 without a mark is recognised by the zero byte beside its first character.
    Raises `InputError` on bytes that are none of these.
    """
    mark, encoding = _encoding(raw)
    try:
        return raw[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        message = f"not {encoding.upper()} text: byte {error.start} cannot be decoded"
        raise InputError(message) from None


def encode(text: str, like: bytes) -> bytes:
    """Encode a text as the bytes are encoded that it was read from, byte order mark included."""
    mark, encoding = _encoding(like)
    return mark + text.encode(encoding)


def _encoding(raw: bytes) -> tuple[bytes, str]:
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return mark, name
    if len(raw) >= 4 and raw[1] == 0 and raw[0] and raw[3] == 0:
        return b"", "utf-16-le"
    if len(raw) >= 4 and raw[0] == 0 and raw[1] and raw[2] == 0:
        return b"", "utf-16-be"
    return b"", "utf-8"
