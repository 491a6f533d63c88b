from __future__ import annotations

import pytest

from kubelint_py import Config, check_text
from kubelint_py.finding import Finding, Suppressed
from kubelint_py.outputs import render
from kubelint_py.outputs._masks import masks
from tests.outputs.sample import finding, report

VALUE = "hunter2"


def human(text: str, *findings: Finding) -> str:
    lines = text.split("\n")
    return render("human", report(*findings), excerpt=lambda _file, line: lines[line - 1])


def masked(line: int, column: int, end_line: int, end_column: int) -> Finding:
    return finding(rule="secret", tags=("masked",), line=line, column=column, end_line=end_line, end_column=end_column)


def test_value_is_hidden() -> None:
    text = human(f"  value: {VALUE}", masked(1, 10, 1, 17))
    assert VALUE not in text
    assert "1 |   value: ***\n  |          ^^^\n" in text


def test_the_rest_of_the_line_is_hidden() -> None:
    text = human(f"{{token: abc, password: {VALUE}}}", masked(1, 9, 1, 12))
    assert VALUE not in text
    assert "{token: ***\n" in text


def test_a_key_hides_its_value() -> None:
    text = human(f"  password: {VALUE}", masked(1, 3, 1, 11))
    assert VALUE not in text


def test_continuing_lines_are_not_shown() -> None:
    text = human(f"key: |\n  first\n  {VALUE}\n", masked(1, 6, 3, 10))
    assert VALUE not in text
    assert "first" not in text
    assert "key: ***" in text


def test_other_findings_on_the_line_do_not_show_it() -> None:
    line = f'{{"password":"{VALUE}","image":"nginx:latest"}}'
    start, image = line.index(VALUE), line.index("nginx")
    other = finding(rule="image", line=1, column=image + 1, end_line=1, end_column=image + 13)
    text = human(line, masked(1, start + 1, 1, start + 8), other)
    assert VALUE not in text
    assert '"image":"nginx:latest"}' in text


def test_other_findings_do_not_show_a_value_behind_a_masked_key() -> None:
    line = f"{{password: {VALUE}, image: nginx}}"
    other = finding(rule="image", line=1, column=1, end_line=1, end_column=2)
    assert VALUE not in human(line, masked(1, 2, 1, 10), other)


def test_other_findings_inside_a_masked_span() -> None:
    other = finding(rule="odd", line=2, column=3, end_line=2, end_column=10)
    text = human(f"key: |\n  {VALUE}\n", masked(1, 6, 2, 10), other)
    assert VALUE not in text
    assert "2 | ***\n  | ^^^" in text


def test_suppressed_findings_hide_too() -> None:
    line = f"a: {VALUE} # x"
    other = finding(rule="odd", line=1, column=1, end_line=1, end_column=2)
    hidden = masked(1, 4, 1, 11)._replace(suppressed=Suppressed("comment", "known"))
    assert VALUE not in human(line, hidden, other)


def test_many_secrets_far_apart() -> None:
    unit = f'{{"password":"{VALUE}"}},'
    line = unit * 300
    found = [masked(1, index * len(unit) + 14, 1, index * len(unit) + 21) for index in range(300)]
    other = finding(rule="odd", line=1, column=150 * len(unit) + 1, end_line=1, end_column=150 * len(unit) + 2)
    text = human(line, *found, other)
    assert VALUE not in text
    assert '"password":"***"},{"password":"***"},' in text


def test_within_is_bounded_to_what_is_asked() -> None:
    found = masks([masked(1, 6, 3, 10), masked(3, 8, 3, 20), masked(5, 1, 5, 4)], lambda _file, _line: "")
    file = finding().file
    assert found.spans[file] == [((1, 6), (3, 20)), ((5, 1), (5, 4))]
    assert found.within(file, 1, 0, 50) == [(5, 50)]
    assert found.within(file, 2, 10, 50) == [(10, 50)]
    assert found.within(file, 3, 0, 50) == [(0, 19)]
    assert found.within(file, 4, 0, 50) == []
    assert found.within(file, 5, 3, 50) == []
    assert found.within("other", 1, 0, 50) == []


@pytest.mark.parametrize(
    "text",
    [
        """{"kind":"List","apiVersion":"v1","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"},\
"data":{"user":"dmFsdWUtb25l","password":"dmFsdWUtdHdv"},"type":"a","type":"b"},\
{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"hostPID":true}}]}\n""",
        "kind: Secret\napiVersion: v1\nstringData: {u: dmFsdWUtb25l, token: dmFsdWUtdHdv, token: dmFsdWUtdHJl}\n",
        "{metadata: {name: a, name: b}, stringData: {user: dmFsdWUtb25l}, apiVersion: v1, kind: Secret}\n",
    ],
)
def test_neighbours_of_data_on_one_line_are_hidden(text: str) -> None:
    findings = check_text(text).findings
    assert findings
    assert "dmFsdWU" not in human(text, *findings)


def test_a_variable_on_the_line_of_another_finding_is_hidden() -> None:
    text = """\
apiVersion: v1
kind: Pod
metadata: {name: b}
spec:
  containers: [{name: c, image: "x:latest", env: [{name: PASSWORD, value: dmFsdWUtb25l}]}]
"""
    report = check_text(text, config=Config(select=("image-tag-missing-or-latest",)))
    drawn = human(text, *report.findings)
    assert '***"x:latest"***' in drawn
    assert "dmFsdWU" not in drawn
