from __future__ import annotations

import re

import pytest

from kubelint_py.finding import Input, ObjectReference, Related, Report, Suppressed
from kubelint_py.outputs import render
from tests.outputs.sample import API, OPTIONS, SAMPLE, finding, many, privileged, report


def human(*findings: object, text: str = "", **options: object) -> str:
    lines = text.split("\n")
    shown = report(*findings)  # type: ignore[arg-type]
    return render("human", shown, excerpt=lambda _file, line: "".join(lines[line - 1 : line]), **options)


def test_no_findings_is_one_line() -> None:
    assert render("human", many(0)) == "No findings in 10 objects; 5 inputs linted; 0 skipped; 0 failed\n"


def test_no_objects_is_said() -> None:
    empty = report(inputs=(Input("values.yaml", "skipped", "helm-values"),), objects=0)
    expected = "No Kubernetes object was found; 0 inputs linted; 1 skipped: 1 helm-values; 0 failed\n"
    assert render("human", empty) == expected


def test_summary_counts_findings_not_entries() -> None:
    text = human(privileged("app", 0), privileged("proxy", 1), text=API)
    assert text.count("privileged-container]") == 1
    assert "= containers: app (13:25), proxy (20:25)\n" in text
    assert text.endswith("2 findings (2 critical) in 1 object; 1 input linted; 0 skipped; 0 failed\n")


def test_many_containers_are_cut() -> None:
    text = human(*(privileged(f"c{number}", 0) for number in range(50)), text=API)
    assert re.search(r"= containers: c0 \(13:25\), (c\d+ \(13:25\), ){19}and 30 more\n", text)


def test_suppressed_findings_are_only_counted() -> None:
    text = human(privileged("app", 0, suppressed=Suppressed("comment", "why")), text=API)
    assert text == "No findings in 1 object; 1 input linted; 0 skipped; 0 failed; 1 finding suppressed\n"


def test_reasons_are_grouped_and_cut() -> None:
    inputs = tuple(Input(f"{number}.yaml", "skipped", f"reason-{number}") for number in range(9))
    more = tuple(Input(f"x{number}.yaml", "failed", f"no permission: {number}") for number in range(3))
    text = render("human", report(inputs=inputs + more, objects=1))
    assert "9 skipped: 1 reason-0, 1 reason-1, 1 reason-2, 1 reason-3, 1 reason-4, 1 reason-5, 3 for other" in text
    assert "3 failed: 3 no permission\n" in text
    assert "x1.yaml: failed: no permission: 1\n" in text


@pytest.mark.parametrize(("line", "gutter"), [(7, " "), (42, "  "), (1234, "    ")])
def test_gutter_is_as_wide_as_the_number(line: int, gutter: str) -> None:
    text = human(
        finding(line=line, column=3, end_line=line, end_column=6, docs="D"), text="\n" * (line - 1) + "  abc: 1"
    )
    assert f"\n{gutter} |\n{line} |   abc: 1\n{gutter} |   ^^^\n{gutter} = docs: D\n" in text


def test_multi_line_span() -> None:
    text = human(finding(line=1, column=3, end_line=3, end_column=4), text="a b c  \nd\ne")
    assert "1 | a b c\n  |   ^^^\n  | ...\n" in text


def test_span_that_ends_with_its_line() -> None:
    text = human(finding(line=1, column=3, end_line=2, end_column=1, docs=""), text="a b c\nd\n")
    assert "1 | a b c\n  |   ^^^\n\n" in text


def test_no_excerpt() -> None:
    assert "|" not in human(finding())
    assert "|" not in render("human", report(finding()))


def test_without_position() -> None:
    nowhere = finding(
        line=0, column=0, end_line=0, end_column=0, path="/spec/a", related=(Related("f", 0, 0, "the other"),), docs=""
    )
    assert human(nowhere, text="text").startswith(
        "deploy/api.yaml: critical[privileged-container] container 'app' runs in privileged mode (Deployment/api)\n"
        "  = at: /spec/a\n"
        "  = see: f the other\n"
    )


def test_colour_only_when_asked() -> None:
    plain = render("human", SAMPLE, **OPTIONS)
    colored = render("human", SAMPLE, **OPTIONS, color=True)
    assert "\x1b" not in plain
    assert "\x1b[1;31mcritical[privileged-container]\x1b[0m" in colored
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


def test_hostile_text_reaches_no_terminal() -> None:
    evil = "\x1b]0;x\x07\u202e\n\r\x9b"
    hostile = finding(
        rule=f"r{evil}",
        message=evil,
        file=f"f{evil}",
        container=evil,
        path=evil,
        docs=evil,
        source=evil,
        related=(Related(evil, 1, 1, evil),),
        object=ObjectReference("v1", evil, evil, evil),
    )
    shown = report(hostile, hostile._replace(container="b"), inputs=(Input(evil, "failed", evil),))
    for name in ("human", "concise", "github", "markdown"):
        text = render(name, shown, excerpt=lambda _file, _line: evil * 3, remedy=lambda _rule: evil)
        assert all(character == "\n" or character.isprintable() for character in text), name


def test_each_line_is_fetched_once() -> None:
    asked: list[tuple[str, int]] = []

    def excerpt(file: str, line: int) -> str:
        asked.append((file, line))
        return '{"a":true,"b":true}'

    findings = [finding(message=str(number), column=number, end_column=number + 1) for number in range(1, 19)]
    render("human", report(*findings), excerpt=excerpt)
    assert asked == [("deploy/api.yaml", 1)]


@pytest.mark.parametrize("width", [1, 40, 80, 200])
def test_excerpts_fit_the_width(width: int) -> None:
    line = "商" * 500
    text = human(finding(column=250, end_column=255), text=line, width=width)
    excerpt = next(row for row in text.split("\n") if row.startswith("1 | "))
    assert len(excerpt) * 2 <= max(width, 40) + 8
    assert excerpt.count("…") == 2


def test_unchanged_report() -> None:
    before = Report(*SAMPLE)
    render("human", SAMPLE, **OPTIONS)
    assert before == SAMPLE
