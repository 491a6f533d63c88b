from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from kubelint_py.outputs import render
from kubelint_py.outputs._json import dumps, outline
from tests.outputs.sample import SAMPLE, finding, many, report
from tests.outputs.schema import REPORT


def data() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(render("json", SAMPLE))
    return loaded


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(REPORT.schema)


def test_sample_is_valid_and_complete() -> None:
    REPORT.validate(data())
    assert len(data()["findings"]) == len(SAMPLE.findings)
    assert data()["summary"] == SAMPLE.summary._asdict()
    assert [each["file"] for each in data()["inputs"]] == sorted(each.file for each in SAMPLE.inputs)


@pytest.mark.parametrize("count", [0, 1, 500])
def test_any_number_is_valid(count: int) -> None:
    loaded = json.loads(render("json", many(count)))
    REPORT.validate(loaded)
    assert len(loaded["findings"]) == loaded["summary"]["findings"] == count


def test_without_positions_is_valid() -> None:
    REPORT.validate(json.loads(render("json", report(finding(line=0, column=0, end_line=0, end_column=0)))))


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("extra",), 1),
        (("version",), 2),
        (("summary", "failed"), -1),
        (("summary", "extra"), 1),
        (("inputs", 0, "status"), "ignored"),
        (("inputs", 0, "reason"), ""),
        (("inputs", 0, "extra"), ""),
        (("findings", 0, "severity"), "error"),
        (("findings", 0, "rule"), ""),
        (("findings", 0, "line"), 0),
        (("findings", 0, "line"), -1),
        (("findings", 0, "column"), 0),
        (("findings", 0, "end_column"), 0),
        (("findings", 0, "document"), -1),
        (("findings", 0, "path"), "spec/selector"),
        (("findings", 0, "path"), "/a~2"),
        (("findings", 0, "object", "extra"), ""),
        (("findings", 0, "object", "name"), None),
        (("findings", 0, "related", 0, "line"), 0),
        (("findings", 0, "tags"), None),
        (("findings", 0, "extra"), 1),
        (("findings", 1, "suppressed", "by"), "magic"),
        (("findings", 1, "suppressed", "extra"), ""),
    ],
)
def test_the_schema_is_strict(where: tuple[Any, ...], value: object) -> None:
    loaded = target = data()
    for step in where[:-1]:
        target = target[step]
    target[where[-1]] = value
    with pytest.raises(ValidationError):
        REPORT.validate(loaded)


@pytest.mark.parametrize("name", ["version", "summary", "inputs", "findings"])
def test_nothing_may_be_missing(name: str) -> None:
    loaded = data()
    del loaded[name]
    with pytest.raises(ValidationError):
        REPORT.validate(loaded)


def test_one_finding_a_line() -> None:
    lines = render("json", many(500)).splitlines()
    rows = [line for line in lines if line.startswith('    {"rule"')]
    assert [json.loads(row.rstrip(","))["line"] for row in rows[:3]] == [1, 6, 11]
    assert len(rows) == 500


def test_jsonl() -> None:
    records = [json.loads(line) for line in render("jsonl", SAMPLE).splitlines()]
    kinds = [record.pop("type") for record in records]
    assert kinds == ["summary"] + ["input"] * len(SAMPLE.inputs) + ["finding"] * len(SAMPLE.findings)
    whole = {
        "version": records[0].pop("version"),
        "summary": records[0],
        "inputs": records[1 : 1 + len(SAMPLE.inputs)],
        "findings": records[1 + len(SAMPLE.inputs) :],
    }
    assert whole == data()


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(exclude_categories=())))
def test_any_text_survives(text: str) -> None:
    shown = dumps({"a": text})
    assert shown.isascii()
    expected = "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    assert json.loads(shown) == {"a": expected}


def test_outline() -> None:
    assert outline({"a": [1, {"b": 2}], "c": [], "d": {}}, 2) == (
        '{\n  "a": [\n    1,\n    {"b": 2}\n  ],\n  "c": [],\n  "d": {}\n}'
    )
    assert json.loads(outline([[1], []], 9)) == [[1], []]
