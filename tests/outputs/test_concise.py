from __future__ import annotations

import re

import pytest

from kubelint_py.finding import Input
from kubelint_py.outputs import render
from tests.outputs.sample import SAMPLE, finding, many, report

LINE = re.compile(r"(?P<file>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>\w+)\[(?P<rule>[\w-]+)\] (?P<message>.+)")


@pytest.mark.parametrize("count", [0, 1, 500])
def test_one_line_a_finding_and_one_of_counts(count: int) -> None:
    lines = render("concise", many(count)).splitlines()
    assert len(lines) == count + 1
    assert all(LINE.fullmatch(line) for line in lines[:-1])
    assert lines[-1].startswith("kubelint: ")


def test_editors_can_read_it() -> None:
    first = LINE.fullmatch(render("concise", SAMPLE).splitlines()[1])
    assert first
    assert first.groupdict() == {
        "file": "deploy/api.yaml",
        "line": "13",
        "column": "25",
        "severity": "critical",
        "rule": "privileged-container",
        "message": "container 'app' runs in privileged mode (Deployment/api)",
    }


def test_line_ends_in_messages_do_not_make_lines() -> None:
    text = render("concise", report(finding(message="a\nb\r\nc\u2028d\x85e")))
    assert len(text.splitlines()) == 2
    assert r"a\nb\r\nc\u2028d\x85e (Deployment/api)" in text


def test_without_position() -> None:
    text = render("concise", report(finding(line=0, column=0)))
    assert text.startswith("deploy/api.yaml: critical[privileged-container] ")


def test_failed_inputs_stand_in_the_last_line() -> None:
    inputs = tuple(Input(f"{number:02}.yaml", "failed", "gone: now") for number in range(12))
    last = render("concise", report(inputs=inputs)).splitlines()[-1]
    assert "12 failed: 12 gone; failed: 00.yaml (gone: now), 01.yaml (gone: now)" in last
    assert last.endswith("09.yaml (gone: now), 2 more")


def test_colour() -> None:
    assert "\x1b[31mhigh[dangling-service]\x1b[0m" in render("concise", SAMPLE, color=True)
