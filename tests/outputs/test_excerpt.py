from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py.outputs._excerpt import Excerpt, draw
from kubelint_py.outputs._text import cells


def nothing(_first: int, _last: int) -> list[tuple[int, int]]:
    return []


def under(excerpt: Excerpt) -> str:
    """Return the characters that stand over the underline, counted in columns."""
    found, column = "", 0
    for character in excerpt.text:
        if excerpt.indent <= column < excerpt.indent + excerpt.length:
            found += character
        column += cells(character)
    return found


def test_short_line_is_whole() -> None:
    assert draw("  privileged: true", 14, 18, nothing, 80) == Excerpt("  privileged: true", 14, 4)


@pytest.mark.parametrize("offset", [0, 1, 50, 500, 900, 993])
def test_long_line_is_windowed_around_the_span(offset: int) -> None:
    line = "".join(chr(97 + number % 26) for number in range(1_000))
    shown = draw(line, offset, offset + 7, nothing, 40)
    assert under(shown) == line[offset : offset + 7]
    assert cells(shown.text) <= 40
    assert shown.text.startswith("…") == (offset > 20)
    assert shown.text.endswith("…") == (offset < 980)


def test_context_on_both_sides() -> None:
    shown = draw("a" * 100 + "SPAN" + "b" * 100, 100, 104, nothing, 44)
    assert shown.text == "…" + "a" * 19 + "SPAN" + "b" * 19 + "…"


def test_span_longer_than_the_window() -> None:
    shown = draw("x" * 10 + "y" * 500, 10, 510, nothing, 40)
    assert shown.text == "…" + "y" * 38 + "…"
    assert (shown.indent, shown.length) == (1, 38)


def test_line_that_just_fits() -> None:
    assert draw("x" * 40, 20, 21, nothing, 40).text == "x" * 40
    assert cells(draw("x" * 41, 20, 21, nothing, 40).text) <= 40


def test_tabs_and_control_characters_take_their_written_width() -> None:
    shown = draw("\tkey:\t\x1bx value", 9, 14, nothing, 80)
    assert shown.text == "    key:    \\x1bx value"
    assert under(shown) == "value"


def test_wide_and_combining_characters_keep_the_underline() -> None:
    shown = draw("name: 商店e\u0301 x: true", 14, 18, nothing, 80)
    assert shown.indent == cells("name: 商店e\u0301 x: ")
    assert under(draw("名前: 商店 here", 4, 6, nothing, 80)) == "商店"


def test_direction_changes_are_written_out() -> None:
    shown = draw("a: \u202eetad\u202c # x", 3, 9, nothing, 80)
    assert "\u202e" not in shown.text
    assert under(shown) == r"\u202eetad\u202c"


@pytest.mark.parametrize(("start", "end"), [(4, 4), (99, 99), (4, 99), (2, 1)])
def test_odd_spans_have_an_underline(start: int, end: int) -> None:
    shown = draw("abcd", start, end, nothing, 80)
    assert shown.text == "abcd"
    assert shown.length == 1 or (start, end) == (2, 1)
    assert shown.indent == min(start, 4)


def test_hidden_parts() -> None:
    assert draw("value: hunter2 # x", 7, 14, lambda *_: [(7, 14)], 80) == Excerpt("value: *** # x", 7, 3)
    assert draw("value: hunter2 # x", 7, 14, lambda *_: [(7, 18)], 80) == Excerpt("value: ***", 7, 3)


def test_a_long_hidden_part_is_not_walked() -> None:
    line = "value: " + "s" * 5_000_000
    assert draw(line, 7, len(line), lambda *_: [(7, len(line))], 80) == Excerpt("value: ***", 7, 3)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.integers(0, 130), st.integers(0, 40), st.integers(30, 90))
def test_always_printable_and_within_the_room(line: str, start: int, length: int, room: int) -> None:
    shown = draw(line, start, start + length, nothing, room)
    assert shown.text.isprintable()
    assert cells(shown.text) <= room
    assert shown.length >= 1
    if start < len(line) and line[start].isascii() and line[start].isprintable() and length:
        assert under(shown).startswith(line[start])
