"""Generated documents are current, and the examples in rules behave as they say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kubelint_py import Config, check_text
from kubelint_py.registry import load, read
from kubelint_py.rule import HEADINGS, Rule
from tests.carets import Case, read_line
from tests.conftest import ROOT
from tools.docs import COMMAND, generated, stale

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
RULES = list(load().rules.values())


def findings(rule: Rule, text: str) -> list[str]:
    """Run an example; like a case of a rule's tests, it may begin with options and a version."""
    case = Case(rule.id)
    for line in text.splitlines():
        read_line(case, line)
    # A directive is unused only if the rule it names has run.
    select = (rule.id, "host-pid") if rule.id == "unused-suppression" else (rule.id,)
    config = Config(select=select, options={rule.id: case.options}, kubernetes_version=case.kubernetes)
    report = check_text(case.text, name="example.yaml", config=config)
    return [finding.rule for finding in report.findings]


def test_generated_files_are_current() -> None:
    assert stale(generated(read())) == [], f"run {COMMAND}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_bad_shows_the_finding_and_good_does_not(rule: Rule) -> None:
    if rule.id in {"internal-error", "input-limit"}:
        pytest.skip("cannot be shown by a small manifest; see the tests of the engine and the reader")
    says = rule.documentation
    assert rule.id in findings(rule, says.bad)
    assert rule.id not in findings(rule, says.good)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_documentation_is_complete(rule: Rule) -> None:
    says = rule.documentation
    assert says.title
    assert says.why
    assert says.remedy
    assert says.sources
    assert set(says.options) == set(rule.options)
    order = [heading for heading in re.findall(r"^(\w+):", rule.docstring, re.MULTILINE) if heading in HEADINGS]
    assert order == [heading for heading in HEADINGS if heading in order]


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#:]+\.(?:md|json|yaml))(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_links_into_pages_lead_to_a_heading() -> None:
    for page in PAGES:
        for target, anchor in re.findall(r"\]\(([^)#:]*)#([^)]+)\)", page.read_text(encoding="utf-8")):
            headings = re.findall(
                r"^#+ (.+)$", (page.parent / target if target else page).read_text(encoding="utf-8"), re.MULTILINE
            )
            assert anchor in {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}


def test_the_readme_leads_to_every_page() -> None:
    known, waiting = set[Path](), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop().resolve()
        if page not in known:
            known.add(page)
            targets = re.findall(r"\]\(([^)#:]+\.md)", page.read_text(encoding="utf-8"))
            waiting += [page.parent / target for target in targets]
    assert {page.resolve() for page in PAGES} <= known
