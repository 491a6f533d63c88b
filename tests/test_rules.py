"""Runs every tests/rules/<category>/<rule>.yaml with only that rule enabled."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_py import Config, Finding, check_text
from tests.carets import Case, Mark, read_cases, write_cases

RULES = Path(__file__).parent / "rules"
FILES = sorted(RULES.rglob("*.yaml"))


def rule_id(path: Path) -> str:
    return path.stem.replace("_", "-")


def found(case: Case, rule: str) -> list[Mark]:
    config = Config(select=(rule,), options={rule: case.options}, kubernetes_version=case.kubernetes)
    report = check_text(case.text, name="case.yaml", config=config)
    return sorted(mark_of(finding, case) for finding in report.findings)


def mark_of(finding: Finding, case: Case) -> Mark:
    same_line = finding.line == finding.end_line
    end = finding.end_column if same_line else len(case.lines[finding.line - 1]) + 1
    return Mark(finding.line, finding.column, end, finding.rule, finding.message)


@pytest.mark.parametrize("path", [p for p in FILES if not p.stem.endswith(".fixed")], ids=rule_id)
def test_rule(path: Path, request: pytest.FixtureRequest) -> None:
    rule, cases = rule_id(path), read_cases(path)
    actual = [found(case, rule) for case in cases]
    if request.config.getoption("--accept"):
        for case, marks in zip(cases, actual, strict=True):
            case.marks = marks
        write_cases(path, cases)
    expected = [(case.title, sorted(case.marks)) for case in cases]
    assert [(case.title, marks) for case, marks in zip(cases, actual, strict=True)] == expected


@pytest.mark.parametrize("path", [p for p in FILES if not p.stem.endswith(".fixed")], ids=rule_id)
def test_file_shows_a_finding_and_a_silent_case(path: Path) -> None:
    cases = read_cases(path)
    assert any(case.marks for case in cases), "no case shows a finding"
    assert any(not case.marks for case in cases), "no case is silent"
