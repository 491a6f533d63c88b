"""Positions, and what bytes become."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.errors import InputError
from kubelint_py.source.text import Position, Source, decode


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_positions_and_lines(end: str) -> None:
    source = Source("x", f"ab{end}{end}\u2028c\x0b{end}")
    assert source.line_count == 4
    assert [source.line_text(line) for line in range(6)] == ["", "ab", "", "\u2028c\x0b", "", ""]
    assert source.position(len("ab" + end * 2) + 1) == Position(3, 2)
    assert source.position(-1) == Position(1, 1)
    assert source.position(99) == Position(4, 1)


@given(st.text(st.sampled_from("a\r\n\u2028é"), max_size=30), st.integers(0, 30))
def test_offset_is_the_inverse_of_position(text: str, offset: int) -> None:
    source = Source("x", text)
    offset = min(offset, len(text))
    assert source.offset(source.position(offset)) == offset


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_decode(encoding: str) -> None:
    assert decode("a: é\U0001f600\n".encode(encoding)) == "a: é\U0001f600\n"


@pytest.mark.parametrize("raw", [b"a: \xff\n", b"\xff\xfea", b"\xef\xbb\xbf\xc3"])
def test_undecodable(raw: bytes) -> None:
    with pytest.raises(InputError, match="cannot be decoded"):
        decode(raw)


def test_few_and_many_places_are_the_same() -> None:
    text = "".join("x" * (number % 7) + "\n" for number in range(400)) + "end"
    offsets = [number * 7919 % (len(text) + 1) for number in range(300)]
    few = [Source("a", text).position(offset) for offset in offsets]
    many = Source("a", text)
    assert many.line_count == 401
    assert [many.position(offset) for offset in offsets] == few
    growing = Source("a", text)
    assert [growing.position(offset) for offset in offsets] == few
