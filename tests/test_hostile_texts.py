"""Whatever the text, with every rule on: no exception leaves `check_text`, no rule crashes, every place is inside."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py import Config, Report, check_text
from kubelint_py.errors import InputError
from kubelint_py.registry import load
from kubelint_py.source.parse import parse
from kubelint_py.source.text import Position, Source, decode
from tests.source.test_properties import PIECES, PLAIN
from tests.source.walk import paths, with_value

RULES = load().rules
EVERYTHING = Config(select=tuple(RULES), profile="strict")
MANIFESTS = [text for rule in RULES.values() for text in (rule.documentation.bad, rule.documentation.good) if text]
OBJECTS = [document.data for text in MANIFESTS for document in parse(text) if isinstance(document.data, dict)]
ODD = [
    None,
    True,
    0,
    -1,
    2**63,
    1.5,
    "",
    "x",
    "0",
    "/",
    "*",
    "a" * 300,
    "\u0000",
    [],
    {},
    [None],
    [[]],
    [{}],
    {"": None},
]
PROFILE = settings(max_examples=150, deadline=None)


def check(text: str, name: str) -> Report:
    """Lint a text with every rule; check that no rule crashed and that each place lies inside of the text."""
    report = check_text(text, name=name, config=EVERYTHING)
    source = Source(name, text)
    for finding in report.findings:
        assert finding.rule != "internal-error", finding.message
        start, end = Position(finding.line, finding.column), Position(finding.end_line, finding.end_column)
        assert start <= end
        for place in (start, end, *(Position(each.line, each.column) for each in finding.related)):
            assert source.position(source.offset(place)) == place, finding
    return report


@PROFILE
@given(st.binary(max_size=300), st.sampled_from(["x.yaml", "x.json"]))
def test_byte_noise(raw: bytes, name: str) -> None:
    try:
        text = decode(raw)
    except InputError:
        return
    check(text, name)


@PROFILE
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_noise_of_yaml(text: str) -> None:
    check(text, "x.yaml")


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = "---\n".join(draw(st.lists(st.sampled_from(MANIFESTS), min_size=1, max_size=3)))
    for _ in range(draw(st.integers(1, 8))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + length :]
    return text


@PROFILE
@given(mutated())
def test_mutated_manifests(text: str) -> None:
    check(text, "x.yaml")


@st.composite
def replaced(draw: st.DrawFn) -> list[Any]:
    """Return objects of which some fields hold something else."""
    objects = draw(st.lists(st.sampled_from(OBJECTS), min_size=1, max_size=3))
    for _ in range(draw(st.integers(1, 6))):
        fields = [path for path in paths(objects, 1000) if len(path) > 1]
        objects = with_value(objects, draw(st.sampled_from(fields)), draw(st.sampled_from(ODD) | PLAIN))
    return objects


@PROFILE
@given(replaced(), st.booleans())
def test_manifests_with_odd_values(objects: list[Any], as_list: bool) -> None:
    whole = {"apiVersion": "v1", "kind": "List", "items": objects} if as_list else objects
    check(json.dumps(whole, indent=1), "x.json")


@PROFILE
@given(PLAIN)
def test_plain_data(data: Any) -> None:
    check(
        json.dumps({"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": data}), "x.json"
    )


@pytest.mark.parametrize("context", ["", ", securityContext: {privileged: true}"])
def test_a_pod_of_thousands_of_containers(context: str) -> None:
    containers = "".join(f"  - {{name: c{index}, image: registry.example/a:1{context}}}\n" for index in range(4000))
    started = time.process_time()
    report = check_text(f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n{containers}")
    assert len({finding.container for finding in report.findings}) > 4000
    assert time.process_time() - started < 12


def test_thousands_of_unknown_rules_in_comments() -> None:
    names = ",".join(f"host-pi{index}" for index in range(20_000))
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec: {{}}  # kubelint: ignore[{names}] -- why\n"
    started = time.process_time()
    assert sum(finding.rule == "bad-suppression" for finding in check_text(text).findings) == 20_000
    assert time.process_time() - started < 5
