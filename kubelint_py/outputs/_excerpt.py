"""One line of a manifest, cut to fit, and where its underline goes.

Only the neighbourhood of the span is looked at, so a line of megabytes costs no more than another.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from kubelint_py.outputs._text import TAB, cells, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

MASK = "***"
_MORE = "…"

Hidden = Callable[[int, int], list[tuple[int, int]]]


class Excerpt(NamedTuple):
    """Text to show; the underline starts after `indent` columns and is `length` columns long."""

    text: str
    indent: int
    length: int


class _Piece(NamedTuple):
    """What stands for the characters `start` to `end` of the line, `width` columns of it."""

    start: int
    end: int
    text: str
    width: int


def draw(line: str, start: int, end: int, hidden: Hidden, room: int) -> Excerpt:
    """Return the part of a line around a span, at most `room` columns wide.

    `start` and `end` are offsets, the end exclusive. `hidden(first, last)` returns what must not be
    shown between two offsets, sorted. Tabs and what cannot be shown are written out.
    """
    start = min(start, len(line))
    first, last = max(0, start - room), min(len(line), start + room)
    pieces = list(_pieces(line, first, last, hidden(first, last)))
    begin = next((index for index, piece in enumerate(pieces) if piece.end > start), len(pieces))
    stop = next((index for index, piece in enumerate(pieces) if piece.start >= end), len(pieces))
    widths = [piece.width for piece in pieces]
    before = first > 0
    after = bool(pieces) and pieces[-1].end < len(line)
    low, high = 0, len(pieces)
    if before or after or sum(widths) > room:
        low, high = _window(widths, begin, max(stop, begin), room - 2)
    left = _MORE if before or low > 0 else ""
    right = _MORE if after or high < len(pieces) else ""
    text = left + "".join(piece.text for piece in pieces[low:high]) + right
    length = sum(widths[begin : min(stop, high)])
    return Excerpt(text, len(left) + sum(widths[low:begin]), max(length, 1))


def _pieces(line: str, first: int, last: int, hidden: list[tuple[int, int]]) -> Iterator[_Piece]:
    position = first
    for start, end in hidden:
        yield from _characters(line, position, start)
        yield _Piece(start, end, MASK, len(MASK))
        position = end
    yield from _characters(line, position, last)


def _characters(line: str, first: int, last: int) -> Iterator[_Piece]:
    for offset in range(first, last):
        text = _shown(line[offset])
        yield _Piece(offset, offset + 1, text, cells(text))


def _shown(character: str) -> str:
    if character.isprintable():
        return character
    return TAB if character == "\t" else escaped(character)


def _window(widths: list[int], begin: int, stop: int, room: int) -> tuple[int, int]:
    # The span comes first, then what stands before it up to half of the rest, then what stands behind.
    low = high = begin
    used = 0
    while high < stop and used + widths[high] <= room:
        used += widths[high]
        high += 1
    half = used + (room - used) // 2
    while low > 0 and used + widths[low - 1] <= half:
        low -= 1
        used += widths[low]
    while high < len(widths) and used + widths[high] <= room:
        used += widths[high]
        high += 1
    while low > 0 and used + widths[low - 1] <= room:
        low -= 1
        used += widths[low]
    return low, high
