from __future__ import annotations

import pytest

from kubelint_py.outputs._text import cells, place, plain, plural, relative, subject
from tests.outputs.sample import finding


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("商店 é", "商店 é"),
        ("\x1b[2J", r"\x1b[2J"),
        ("a\nb\tc\r", r"a\nb\tc\r"),
        ("\x7f\x9b31m", r"\x7f\x9b31m"),
        ("\u202eevil\u2066", r"\u202eevil\u2066"),
        ("a\u200bb\ufeff", r"a\u200bb\ufeff"),
        ("\u2028\u2029\x85", r"\u2028\u2029\x85"),
        ("\ud800", r"\ud800"),
        ("\U000e0041", r"\U000e0041"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_plain_limit() -> None:
    assert plain("a" * 2_000) == "a" * 999 + "…"
    assert plain("abcdef", 4) == "abc…"
    assert plain("abcd", 4) == "abcd"


@pytest.mark.parametrize(("text", "width"), [("", 0), ("abc", 3), ("商店", 4), ("e\u0301", 1), ("\uff58", 2)])
def test_cells(text: str, width: int) -> None:
    assert cells(text) == width


def test_place() -> None:
    assert place("a b.yaml", 3, 4) == "a b.yaml:3:4"
    assert place("a.yaml") == "a.yaml"
    assert place("a\n.yaml", 0, 0) == r"a\n.yaml"


def test_subject_is_left_out_where_the_message_has_it() -> None:
    assert subject(finding()) == " (Deployment/api)"
    assert subject(finding(message="Deployment/api is odd")) == ""
    assert subject(finding(object=None)) == ""


def test_relative() -> None:
    assert relative("./a//b.yaml", str) == "a/b.yaml"
    assert relative("/root/a.yaml", lambda file: file.removeprefix("/root/")) == "a.yaml"
    assert relative("", str) == ""


def test_plural() -> None:
    assert [plural(count, "input") for count in (0, 1, 2)] == ["0 inputs", "1 input", "2 inputs"]
