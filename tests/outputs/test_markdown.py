from __future__ import annotations

import pytest

from kubelint_py.finding import Input
from kubelint_py.outputs import render
from kubelint_py.outputs.markdown import escape
from tests.outputs.sample import SAMPLE, finding, many, privileged, report

HEAD = "| severity | rule | place | object | message |"


def rows(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("| ") and line != HEAD]


@pytest.mark.parametrize("count", [0, 1, 200])
def test_one_row_a_finding(count: int) -> None:
    text = render("markdown", many(count))
    assert len(rows(text)) == count
    assert (HEAD in text) == bool(count)
    assert all(row.count("|") == 6 for row in rows(text))


def test_hosts_accept_the_size() -> None:
    text = render("markdown", many(5_000))
    assert len(text) <= 60_100
    assert text.splitlines()[-1] == f"and {5_000 - len(rows(text))} more findings"
    assert rows(text)[0].startswith("| critical |")


def test_most_severe_first_and_folded() -> None:
    text = render("markdown", report(finding(severity="info", line=9), privileged("app", 0), privileged("b", 1)))
    assert len(rows(text)) == 2
    assert rows(text)[0].endswith("| container 'app' runs in privileged mode (containers app, b) |")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a|b", "a&#124;b"),
        ("<img src=x>", "&#60;img src=x&#62;"),
        ("`x` *y* _z_ ~~w~~", "&#96;x&#96; &#42;y&#42; &#95;z&#95; &#126;&#126;w&#126;&#126;"),
        ("[a](http://b)", "&#91;a&#93;(http:\u200b//b)"),
        ("![a](b)", "!&#91;a&#93;(b)"),
        ("&amp; \\", "&#38;amp; &#92;"),
        ("cc @user #12", "cc @\u200buser #\u200b12"),
        ("nginx@sha256:0", "nginx@sha256:0"),
        ("www.x.org", "www\u200b.x.org"),
        ("a\nb", "a&#92;nb"),
    ],
)
def test_escape(text: str, shown: str) -> None:
    assert escape(text) == shown


def test_only_good_addresses_become_links() -> None:
    def rule(docs: str) -> str:
        return rows(render("markdown", report(finding(docs=docs))))[0].split(" | ")[1]

    assert rule("https://example.com/a-b_c#d") == "[privileged-container](https://example.com/a-b_c#d)"
    for docs in ("docs/rules/x.md", "javascript:alert(1)", "https://x/) ![](y", "https://x/|", "https://x/<b>", ""):
        assert rule(docs) == "privileged-container"


def test_failed_inputs() -> None:
    text = render("markdown", SAMPLE)
    assert "\n\n- failed: broken.yaml: not UTF-8 text: byte 3 cannot be decoded\n\n|" in text
    many_failed = tuple(Input(f"{number:02}", "failed", "x") for number in range(12))
    assert "- and 2 more failed inputs\n" in render("markdown", report(inputs=many_failed))
