"""Runs every tests/rules/<category>/<rule>.yaml with only that rule enabled."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_py import Config, Finding, check_text
from kubelint_py.api_fix import fix_text
from kubelint_py.inputs.files import Candidate
from kubelint_py.pipeline import Task
from kubelint_py.registry import load
from tests.carets import Case, Mark, read_cases, write_cases

RULES = Path(__file__).parent / "rules"
FILES = sorted(path for path in RULES.rglob("*.yaml") if not path.stem.endswith(".fixed"))
FIXABLE = [path for path in FILES if load().rules[path.stem.replace("_", "-")].fix]


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


@pytest.mark.parametrize("path", FILES, ids=rule_id)
def test_rule(path: Path, request: pytest.FixtureRequest) -> None:
    rule, cases = rule_id(path), read_cases(path)
    actual = [found(case, rule) for case in cases]
    if request.config.getoption("--accept"):
        for case, marks in zip(cases, actual, strict=True):
            case.marks = marks
        write_cases(path, cases)
    expected = [(case.title, sorted(case.marks)) for case in cases]
    assert [(case.title, marks) for case, marks in zip(cases, actual, strict=True)] == expected


@pytest.mark.parametrize("path", FILES, ids=rule_id)
def test_file_shows_a_finding_and_a_silent_case(path: Path) -> None:
    cases = read_cases(path)
    assert any(case.marks for case in cases), "no case shows a finding"
    assert any(not case.marks for case in cases), "no case is silent"


def fixed(case: Case, rule: str, *, unsafe: bool) -> str:
    config = Config(select=(rule,), options={rule: case.options}, kubernetes_version=case.kubernetes)
    task = Task(Candidate(None, "case.yaml", explicit=True))
    once = fix_text(case.text, task, config, unsafe=unsafe)
    assert not once.refused
    assert fix_text(once.text, task, config, unsafe=unsafe).text == once.text, "fixing twice changes more"
    return once.text


def after_fixing(case: Case, rule: str) -> Case | None:
    """The case after its fixes, or None when they leave it as it is."""
    safe, text = fixed(case, rule, unsafe=False), fixed(case, rule, unsafe=True)
    if text == case.text:
        return None
    settings = [*case.settings, *(["# fix: unsafe"] if safe != text else [])]
    return Case(case.title, settings=settings, lines=text.removesuffix("\n").split("\n"))


@pytest.mark.parametrize("path", FIXABLE, ids=rule_id)
def test_fix(path: Path, request: pytest.FixtureRequest) -> None:
    rule, target = rule_id(path), path.with_name(f"{path.stem}.fixed.yaml")
    after = [case for case in (after_fixing(case, rule) for case in read_cases(path)) if case]
    if request.config.getoption("--accept"):
        write_cases(target, after)
    expected = [(case.title, case.settings, case.text) for case in read_cases(target)]
    assert [(case.title, case.settings, case.text) for case in after] == expected
    assert after, "no case shows a fix"


def test_only_rules_with_a_fix_have_fixed_cases() -> None:
    with_fix = {path.with_name(f"{path.stem}.fixed.yaml") for path in FIXABLE}
    assert set(RULES.rglob("*.fixed.yaml")) == with_fix


@pytest.mark.parametrize("path", FIXABLE, ids=rule_id)
def test_bad_example_is_fixed(path: Path) -> None:
    rule = rule_id(path)
    bad = load().rules[rule].documentation.bad
    case = Case("bad", lines=bad.removesuffix("\n").split("\n"))
    assert found(case, rule)
    assert not found(Case("fixed", lines=fixed(case, rule, unsafe=True).split("\n")), rule)
