from __future__ import annotations

import json
import re
from typing import Any

import pytest

from kubelint_py.finding import Finding, Input
from kubelint_py.outputs import render
from tests.outputs.sample import SAMPLE, finding, many, privileged, report


def issues(*findings: Finding) -> list[dict[str, Any]]:
    loaded: list[dict[str, Any]] = json.loads(render("gitlab", report(*findings)))
    return loaded


@pytest.mark.parametrize("count", [0, 1, 500])
def test_shape(count: int) -> None:
    loaded = json.loads(render("gitlab", many(count)))
    assert len(loaded) == count
    assert len({each["fingerprint"] for each in loaded}) == count
    for each in loaded:
        assert set(each) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert re.fullmatch("[0-9a-f]{64}", each["fingerprint"])
        assert each["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert 1 <= each["location"]["lines"]["begin"] <= each["location"]["lines"]["end"]
        assert not each["location"]["path"].startswith(("/", "./"))


def test_suppressed_are_left_out_and_failed_inputs_are_issues() -> None:
    loaded = json.loads(render("gitlab", SAMPLE))
    assert [each["check_name"] for each in loaded].count("image-tag-missing-or-latest") == 0
    assert loaded[0]["description"] == "input failed: not UTF-8 text: byte 3 cannot be decoded"


def test_fingerprints_do_not_depend_on_lines() -> None:
    before = issues(privileged("app", 0), privileged("proxy", 1))
    moved = [each._replace(line=each.line + 10, end_line=each.end_line + 10) for each in SAMPLE.findings[2:]]
    moved = [each for each in moved if each.rule == "privileged-container"]
    after = issues(*moved)
    assert {each["fingerprint"] for each in before} == {each["fingerprint"] for each in after}
    assert {each["location"]["lines"]["begin"] for each in after} == {23, 30}


def test_fingerprints_do_not_depend_on_other_containers() -> None:
    (alone,) = issues(privileged("app", 0))
    (moved,) = issues(privileged("app", 0, path="/spec/template/spec/containers/3/securityContext/privileged"))
    assert alone["fingerprint"] == moved["fingerprint"]


@pytest.mark.parametrize(
    "change", [{"rule": "x"}, {"file": "x"}, {"path": "/x"}, {"container": "x"}, {"object": None}], ids=str
)
def test_fingerprints_depend_on(change: dict[str, Any]) -> None:
    (before,) = issues(finding())
    (after,) = issues(finding(**change))
    assert before["fingerprint"] != after["fingerprint"]


def test_fingerprints_ignore_the_version_of_the_group() -> None:
    old = finding().object
    assert old
    (before,) = issues(finding(object=old._replace(apiVersion="apps/v1beta1")))
    (after,) = issues(finding())
    assert before["fingerprint"] == after["fingerprint"]


def test_without_position() -> None:
    (issue,) = issues(finding(line=0, column=0, end_line=0, end_column=0))
    assert issue["location"]["lines"] == {"begin": 1, "end": 1}


def test_lone_surrogates() -> None:
    (issue,) = issues(finding(file="a\udcff", message="\ud800"))
    assert issue["location"]["path"] == "a\ufffd"
    assert json.loads(render("gitlab", report(inputs=(Input("a\udcff", "failed", "x"),))))
