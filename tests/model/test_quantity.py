from __future__ import annotations

import json
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py import quantity
from kubelint_py.errors import KubelintError

DATA = Path(__file__).parent.parent / "data" / "api" / "quantities.jsonl"
ROWS = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]


def test_data_is_whole() -> None:
    assert len(ROWS) == 70


@pytest.mark.parametrize("row", ROWS, ids=lambda row: repr(row["quantity"]))
def test_quantities_agree(row: dict[str, Any]) -> None:
    if not row["valid"]:
        with pytest.raises(quantity.InvalidQuantity):
            quantity.parse(row["quantity"])
        return
    parsed = quantity.parse(row["quantity"])
    if "milli" in row:
        assert (quantity.value(parsed), quantity.milli_value(parsed)) == (row["value"], row["milli"])
    assert parsed == quantity.parse(row["canonical"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("500m", "0.5"),
        ("1.5Gi", 1536 * 2**20),
        ("-1.5Ki", "-1536"),
        ("+.5", "0.5"),
        ("-.5", "-0.5"),
        ("5.", 5),
        ("00012k", 12000),
        ("1E", 10**18),
        ("1E0", 1),
        ("1E+2", 100),
        ("1e-2", "0.01"),
        ("1.5e1", 15),
        ("1e0000000000000000000000003", 1000),
        ("1e4294967296", 1),
        ("1e9223372036854775807", "0.1"),
        ("1e2147483647", Decimal("1e2147483647")),
        # Beyond nano everything is rounded away from zero.
        ("1e-10", "1e-9"),
        ("0.1n", "1e-9"),
        ("1.5n", "2e-9"),
        ("-1.5n", "-2e-9"),
        ("-0.0000000001", "-1e-9"),
        ("1e-2000000000", "1e-9"),
        ("0e-2000000000", 0),
        ("1.1234567891Ki", "1150.419752039"),
        ("1.00000000000000000001", "1.000000001"),
        ("123456789012345678901234567890.5", "123456789012345678901234567890.5"),
        # Only binary suffixes are capped.
        ("8Ei", 2**63 - 1),
        ("-9Ei", -(2**63 - 1)),
        ("7Ei", 7 * 2**60),
        ("10E", 10**19),
        ("1e30", 10**30),
        # Digits may be missing altogether, up to a power.
        ("+", 0),
        ("-", 0),
        (".", 0),
        ("-.Ki", 0),
        ("Ti", 0),
        ("E", 0),
        ("e3", 0),
        ("e-9", 0),
        ("0Ei", 0),
        (".0Ei", 0),
    ],
)
def test_value(text: str, expected: Any) -> None:
    assert quantity.parse(text) == Decimal(expected)


MALFORMED = """
x 1x 1.2.3 1..2 --1 +-1 1- 1+ 1-1 1e 1e+ 1e- 1ee3 1eE3 1e3m 1e3.5 1mi 1KI 1kI 1ki 1K 1ni 1iK 1KiB 1B 1g 1t 1Zi 1Y 0x1
1e9223372036854775808 1e-9223372036854775809 1e99999999999999999999 1_000 1,5 ٣ 1e٣ ½ nan inf Infinity
e Pi Ei .Pi -Ei e-10
"""


@pytest.mark.parametrize("text", [*MALFORMED.split(), "", " ", " 1", "1 ", "1\n", None, 1, 1.5, True, b"1", ["1"]])
def test_invalid(text: Any) -> None:
    with pytest.raises(quantity.InvalidQuantity) as caught:
        quantity.parse(text)
    assert isinstance(caught.value, ValueError)
    assert isinstance(caught.value, KubelintError)


@pytest.mark.parametrize(
    ("text", "value", "milli"),
    [
        ("1m", 1, 1),
        ("-1m", -1, -1),
        ("1.5", 2, 1500),
        ("-1.5", -2, -1500),
        ("-1.1234567890123", -2, -1124),
        ("1001m", 2, 1001),
        ("1n", 1, 1),
        ("0", 0, 0),
        ("9223372036854775807", 2**63 - 1, None),
        ("-9223372036854775808", -(2**63), None),
        ("9223372036854775808", None, None),
        ("9223372036854775.807", 9223372036854776, 2**63 - 1),
        ("1e1000", None, None),
        ("1e2147483647", None, None),
        ("-1e2147483647", None, None),
    ],
)
def test_rounding(text: str, value: int | None, milli: int | None) -> None:
    parsed = quantity.parse(text)
    assert (quantity.value(parsed), quantity.milli_value(parsed)) == (value, milli)


@pytest.mark.parametrize(
    ("field", "expected"),
    [(1, 1), (0, 0), (-3, -3), (0.5, "0.5"), (1e22, 10**22), (1e-07, "1e-7"), (" 1Gi\n", 2**30), ("1", 1)],
)
def test_read(field: Any, expected: Any) -> None:
    assert quantity.read(field) == Decimal(expected)


@pytest.mark.parametrize("field", [None, True, False, [], {}, "", " ", "1 Gi", float("nan"), float("inf")])
def test_read_refuses(field: Any) -> None:
    with pytest.raises(quantity.InvalidQuantity):
        quantity.read(field)


@pytest.mark.parametrize("text", ["1" * 200_000, "1" * 200_000 + "x", "." + "3" * 200_000 + "Gi", "1e" + "1" * 200_000])
def test_long_input_takes_linear_time(text: str) -> None:
    start = time.process_time()
    try:
        quantity.value(quantity.parse(text))
    except quantity.InvalidQuantity as error:
        assert len(str(error)) < 200  # noqa: PT017 - some of these are valid
    assert time.process_time() - start < 2


@given(st.text(alphabet="0123456789+-.eEinumkKMGTP", max_size=12))
def test_nothing_else_raises(text: str) -> None:
    try:
        parsed = quantity.parse(text)
    except quantity.InvalidQuantity:
        return
    for answer, places in ((quantity.value(parsed), 1), (quantity.milli_value(parsed), 1000)):
        if answer is not None:
            distance = abs(Decimal(answer)) - abs(parsed) * places
            assert 0 <= distance < 1
