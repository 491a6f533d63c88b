from __future__ import annotations

import pytest

from kubelint_py.finding import Input
from kubelint_py.outputs import render
from tests.outputs.sample import finding, many, report


@pytest.mark.parametrize("count", [0, 1, 500])
def test_one_command_a_finding(count: int) -> None:
    lines = render("github", many(count)).splitlines()
    assert len(lines) == count + 1
    assert all(line.startswith(("::error ", "::warning ", "::notice ")) for line in lines[:-1])
    assert not lines[-1].startswith("::")


def test_most_severe_first() -> None:
    lines = render("github", many(500)).splitlines()[:-1]
    severities = [line.partition("title=")[2].partition("[")[0] for line in lines]
    order = ["critical", "high", "medium", "low", "info"]
    assert severities == sorted(severities, key=order.index)
    assert {line.split()[0] for line in lines[:200]} == {"::error"}


def test_escaping() -> None:
    text = render("github", report(finding(file="a:b,c%.yaml", message="50%\r\n::error::x,y:z", object=None)))
    command = text.splitlines()[0]
    properties, _, message = command.removeprefix("::error ").partition("::")
    assert properties.startswith("file=a%3Ab%2Cc%25.yaml,title=critical[privileged-container],line=1,col=1,")
    assert message == "50%25%0D%0A::error::x,y:z"


def test_columns_only_within_one_line() -> None:
    text = render("github", report(finding(end_line=3, end_column=9)))
    assert "line=1,col=1,endLine=3::" in text


def test_without_position() -> None:
    text = render("github", report(finding(line=0, column=0, end_line=0, end_column=0)))
    assert "line=" not in text
    assert text.startswith("::error file=deploy/api.yaml,title=")


def test_old_commands_in_reasons_are_broken() -> None:
    text = render("github", report(inputs=(Input("a", "skipped", "##[error]x"),)))
    assert "##[" not in text


def test_failed_inputs_come_first() -> None:
    text = render("github", report(finding(), inputs=(Input("b", "failed", "no permission"),)))
    assert text.startswith("::error file=b,title=input failed::no permission\n")


def test_located() -> None:
    text = render("github", report(finding(file="./api.yaml")), locate=lambda file: f"deploy/{file}")
    assert "file=deploy/api.yaml," in text
