"""What Kubernetes' own reader makes of a text, for the first document of each."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kubelint_py.source.parse import parse
from tests.conftest import ROOT, shared

GENERATED = ROOT / "tests" / "data" / "yaml" / "kubernetes-yaml.jsonl"
ODD = ROOT / "tests" / "data" / "yaml" / "odd-texts.jsonl"
"""Texts made up to disagree, by hand and at random, with the verdict of sigs.k8s.io/yaml 1.6.0."""


def rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def same(ours: Any, theirs: Any) -> bool:
    """Compare strictly; a number beyond 64 bits is a float for us and digits in a row."""
    if isinstance(theirs, dict) and isinstance(ours, dict):
        return ours.keys() == theirs.keys() and all(same(ours[name], theirs[name]) for name in ours)
    if isinstance(theirs, list) and isinstance(ours, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if type(theirs) is int and not -(2**63) <= theirs < 2**64:
        theirs = float(theirs)
    return type(ours) is type(theirs) and bool(ours == theirs)


def disagreements(path: Path) -> list[str]:
    return [row["name"] for row in rows(path) if not agrees(row)]


def agrees(row: dict[str, Any]) -> bool:
    document = parse(row["yaml"])[0]
    if not row["accepts"]:
        return document.error is not None and document.data is None and not document.duplicate_keys
    accepted = document.error is None and same(document.data, row.get("json"))
    return accepted and document.duplicate_keys == row.get("duplicate_keys", False)


@pytest.mark.usefixtures("reader")
def test_generated_texts_agree() -> None:
    assert len(list(rows(GENERATED))) == 293
    assert disagreements(GENERATED) == []


@pytest.mark.usefixtures("reader")
def test_odd_texts_agree() -> None:
    assert len(list(rows(ODD))) == 770
    assert disagreements(ODD) == []


@pytest.mark.usefixtures("reader")
def test_all_texts_agree() -> None:
    path = shared("yaml", "kubernetes-yaml.jsonl")
    assert len(list(rows(path))) == 495
    assert disagreements(path) == []


def test_comparison_is_strict() -> None:
    assert not same(1, True)
    assert not same(1.0, 1)
    assert not same({"a": [1]}, {"a": ["1"]})
    assert same(1.8446744073709552e19, 18446744073709552000)


# Neighbouring spellings, from running sigs.k8s.io/yaml on them: (text, data or "refused").
REFUSED = object()
NEIGHBOURS: list[tuple[str, Any]] = [
    ("v: 0b-101", -5),
    ("v: -0b101", -5),
    ("v: .5_0", 0.5),
    ("v: 1_0e1_0", 100_000_000_000),
    ("v: 0o8", "0o8"),
    ("v: 0x", "0x"),
    ("v: +9223372036854775808", 9223372036854776000),
    ("v: 1e19", 10000000000000000000),
    ("v: 1e20", 1e20),
    ("v: ! 5", "5"),
    ("v: !!float 5", 5),
    ("v: !!int 5.0", REFUSED),
    ("v: !!timestamp 2001-02-29", REFUSED),
    ("v: !!timestamp 2004-02-29", "2004-02-29"),
    ("v: !!binary /w==", "\ufffd"),
    ("1e6: v", {"1e+06": "v"}),
    ("16777217.0: v", {"1.6777216e+07": "v"}),
    (".inf: v", {".inf": "v"}),
    ("9223372036854775808: v", REFUSED),
    ("a: .inf\na: 1", {"a": 1}),
    ("[a?b]", REFUSED),
    ("[?a]", [{"a": None}]),
    ("[a:, {b:}]", ["a:", {"b:": None}]),
    ("[!b,c d]", ["d"]),
    ("{} ignored", {}),
    ("{}: ignored", {}),
    ("{a: 1}: x", REFUSED),
    ("a: 'x\n--- '", REFUSED),
    ("%YAML 1.2\n---\na: 1", REFUSED),
    ("%YAML 1.1 # x\n---\na: 1", {"a": 1}),
    ("a: b\n\ufeffc: d", {"a": "b", "\ufeffc": "d"}),
    ('"a\\/b"', REFUSED),
    ('"a\\\'b"', "a'b"),
    ("a: &x 1\nb: &x 2\nc: [*x]", {"a": 1, "b": 2, "c": [2]}),
    ("a: &x {b: *x}", REFUSED),
    ("- |\n \t\n", REFUSED),
    ("a: >1\n  b\n c", {"a": " b\nc"}),
    ("a:\t- b", REFUSED),
    ("<<: {<<: {a: 1}, b: 2}\na: 3", {"a": 3, "b": 2}),
    ("<<: [{a: 1}, [b]]", REFUSED),
    ("! <<: {a: 1}", {"a": 1}),
]


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(("text", "expected"), NEIGHBOURS)
def test_neighbouring_spellings(text: str, expected: Any) -> None:
    document = parse(text)[0]
    if expected is REFUSED:
        assert document.error is not None
        return
    assert document.error is None
    data = document.data["v"] if text.startswith("v:") else document.data
    assert same(data, expected)
