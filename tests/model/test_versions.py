from __future__ import annotations

from typing import Any

import pytest

from kubelint_py.model.versions import NEWEST, Version, parse


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1.31", (1, 31)),
        ("v1.31", (1, 31)),
        ("1.0", (1, 0)),
        ("v1.9", (1, 9)),
        ("1.31.4", (1, 31)),
        ("v1.31.4-gke.100", (1, 31)),
        ("v1.31.4+k3s1", (1, 31)),
        ("1.99", (1, 99)),
        ("latest", (1, 37)),
    ],
)
def test_parse(text: str, expected: tuple[int, int]) -> None:
    assert parse(text) == expected


MALFORMED = """
1 v1 1. 1.x 01.31 1.031 2.0 0.31 1.31-rc Latest vv1.31 1.31. 1.31.4- 1.1000 1.٣
"""


@pytest.mark.parametrize("text", [*MALFORMED.split(), "", " 1.31", "1.31\n", 1.31, 31, None, True, ["1.31"]])
def test_nonsense_is_refused(text: Any) -> None:
    with pytest.raises(ValueError, match="is not a Kubernetes version"):
        parse(text)


def test_order_and_text() -> None:
    assert parse("1.9") < parse("1.10") <= NEWEST
    assert str(Version(1, 9)) == "1.9"
    assert parse(str(NEWEST)) == NEWEST
