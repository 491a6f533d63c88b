"""Resolution and conversion of single scalars, beyond what the texts of Kubernetes' reader show."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.source.scalars import BINARY, TIMESTAMP, json_value, key_text, plain_value, resolve, resolve_tagged


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("y", True),
        ("No", False),
        ("tRue", "tRue"),
        ("0o17", 15),
        ("017", 15),
        ("08", 8.0),
        ("-0x1F", -31),
        ("1__0_", 10),
        ("18446744073709551615", 2**64 - 1),
        ("+18446744073709551615", 1.8446744073709552e19),
        ("0xFFFFFFFFFFFFFFFFF", "0xFFFFFFFFFFFFFFFFF"),
        ("12:30:45", "12:30:45"),
        ("1e400", "1e400"),
        ("٣", "٣"),
        ("1" * 5000, "1" * 5000),
        ("0" * 5000 + "7", 7),
    ],
)
def test_resolve(text: str, value: object) -> None:
    assert resolve(text) == value
    assert type(resolve(text)) is type(value)


@pytest.mark.parametrize(
    ("number", "shown"),
    [(3.0, 3), (-0.0, 0), (1e15, 10**15), (2.0**63, 9223372036854776000), (1e20, 1e20), (0.5, 0.5), (-1e19, -1e19)],
)
def test_whole_floats_are_ints_within_64_bits(number: float, shown: float) -> None:
    assert json_value(number) == shown
    assert type(json_value(number)) is type(shown)


@pytest.mark.parametrize(
    ("key", "text"),
    [
        (True, "true"),
        (-7, "-7"),
        (0.1, "0.1"),
        (1e5, "100000"),
        (1e6, "1e+06"),
        (1.5e-5, "1.5e-05"),
        (math.nan, ".nan"),
    ],
)
def test_key_text(key: object, text: str) -> None:
    assert key_text(key) == text


@pytest.mark.parametrize("key", [None, 2**63])
def test_what_is_no_key(key: object) -> None:
    assert key_text(key) is None


@pytest.mark.parametrize(
    "text", ["2001-01-01", "2001-1-1T1:2:3Z", "2001-12-14 21:59:43.10", "2001-12-14t21:59:43,1-05:00"]
)
def test_timestamps(text: str) -> None:
    assert resolve_tagged(TIMESTAMP, text) == text


@pytest.mark.parametrize(
    "text", ["2001-13-01", "2001-01-01T1:2:3", "2001-01-01 1:2:3Z", "2001-01-01T24:00:00Z", "01-01-01"]
)
def test_what_is_no_timestamp(text: str) -> None:
    with pytest.raises(ValueError, match="timestamp"):
        resolve_tagged(TIMESTAMP, text)


def test_binary() -> None:
    assert resolve_tagged(BINARY, "aGVs\nbG8=") == "hello"
    assert resolve_tagged(BINARY, "4oKsgA==") == "€\ufffd"
    with pytest.raises(ValueError, match="base64"):
        resolve_tagged(BINARY, "aGVsbG8")


@given(st.integers(min_value=-(2**63), max_value=2**64 - 1))
def test_integers_of_64_bits_stay(number: int) -> None:
    assert plain_value(str(number)) == number
    if number >= 0:
        assert plain_value(hex(number)) == plain_value(oct(number)) == plain_value(bin(number)) == number


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_stay(number: float) -> None:
    assert float(plain_value(repr(number))) == number


@given(st.text())
def test_resolving_never_fails(text: str) -> None:
    value = plain_value(text)
    assert value is None or type(value) in (str, bool, int, float)
