from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from kubelint_py.finding import Input
from kubelint_py.outputs import render
from tests.outputs.sample import SAMPLE, finding, many, report

OUTCOMES = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def check(text: str) -> ET.Element:
    """Parse the document and compare every count with what is there."""
    root = ET.fromstring(text)  # noqa: S314
    assert root.tag == "testsuites"
    for element in (root, *root.iter("testsuite")):
        assert int(element.attrib["tests"]) == len(list(element.iter("testcase")))
        for attribute, tag in OUTCOMES.items():
            assert int(element.attrib[attribute]) == len(list(element.iter(tag)))
    return root


@pytest.mark.parametrize("count", [0, 1, 500])
def test_counts_add_up(count: int) -> None:
    root = check(render("junit", many(count)))
    assert int(root.attrib["failures"]) == count
    assert len(root) == 5


def test_sample() -> None:
    root = check(render("junit", SAMPLE))
    assert {key: root.attrib[key] for key in ("failures", "errors", "skipped")} == {
        "failures": "7",
        "errors": "1",
        "skipped": "5",
    }


def test_a_clean_input_is_a_passed_test() -> None:
    root = check(render("junit", report(inputs=(Input("a.yaml", "linted"),))))
    (case,) = root.iter("testcase")
    assert case.attrib["name"] == "no findings"
    assert len(case) == 0


def test_forbidden_and_special_characters() -> None:
    text = render("junit", report(finding(message="\x00\x1b<&\">'\ud800\ufffe\n\t商]]>", file='"<&>\x0b')))
    root = check(text)
    (failure,) = root.iter("failure")
    assert failure.attrib["message"] == "<&\">'\n\t商]]>"
    assert failure.text
    assert failure.text.endswith("<&\">'\n\t商]]>\ndocs docs/rules/pod-security/privileged-container.md")
    assert root[0].attrib["name"] == '"<&>'


def test_two_hyphens_do_not_end_the_comment() -> None:
    check(render("junit", report(inputs=(Input("a", "skipped", "--> <evil/> ---"),))))


def test_names_differ_and_hold_no_line() -> None:
    first, second = finding(path="/a", line=1), finding(path="/a", line=2)
    names = [case.attrib["name"] for case in check(render("junit", report(first, second))).iter("testcase")]
    assert names == ["privileged-container Deployment/shop/api /a", "privileged-container Deployment/shop/api /a (2)"]


def test_findings_outside_the_inputs_are_kept() -> None:
    root = check(render("junit", report(finding(file="other.yaml"), inputs=(Input("a.yaml", "linted"),))))
    assert [suite.attrib["name"] for suite in root] == ["a.yaml", "other.yaml"]


def test_an_input_named_twice() -> None:
    root = check(render("junit", report(finding(file="a"), inputs=(Input("a", "linted"), Input("a", "linted")))))
    assert root.attrib["failures"] == "1"
