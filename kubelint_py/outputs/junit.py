"""`--format junit`: one XML document, one suite an input, whose counts add up.

A finding is a failed test, an input without findings a passed one, an input that could not be read
an error; skipped inputs and suppressed findings are skipped tests.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kubelint_py.outputs._order import by_file, by_place
from kubelint_py.outputs._text import place, relative, unlocated
from kubelint_py.outputs._totals import totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from kubelint_py.finding import Finding, Input, Report

# XML 1.0, production 2: the characters a document may hold.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ENTITIES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)


class _Case(NamedTuple):
    """One test. `outcome` is failure, error, skipped or empty for a passed one."""

    name: str
    line: int = 0
    outcome: str = ""
    message: str = ""
    kind: str = ""
    text: str = ""


class _Suite(NamedTuple):
    """The tests of one file."""

    file: str
    cases: list[_Case]

    def count(self, outcome: str) -> int:
        return sum(case.outcome == outcome for case in self.cases)


def render(report: Report, *, locate: Callable[[str], str] = unlocated) -> str:
    """Return the report as a `testsuites` document. `locate(file)` returns a file's path in the repository."""
    suites = list(_suites(report, locate))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites{_counts('kubelint', suites)}>"]
    for suite in suites:
        lines += [f"  <testsuite{_counts(suite.file, [suite])}>", *_cases(suite), "  </testsuite>"]
    lines += [f"  <!-- {_comment(totals(report))} -->", "</testsuites>"]
    return "".join(f"{line}\n" for line in lines).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _suites(report: Report, locate: Callable[[str], str]) -> Iterator[_Suite]:
    findings: dict[str, list[Finding]] = {}
    for finding in by_place(report.findings):
        findings.setdefault(finding.file, []).append(finding)
    for each in by_file(report.inputs):
        # A file given twice is reported once.
        cases = [*_input_cases(each), *_finding_cases(findings.pop(each.file, ()))]
        yield _Suite(relative(each.file, locate), cases or [_Case("no findings")])
    for file, found in findings.items():
        yield _Suite(relative(file, locate), list(_finding_cases(found)))


def _input_cases(each: Input) -> Iterator[_Case]:
    if each.status == "failed":
        yield _Case("input", outcome="error", message=each.reason, kind="input-failed", text=each.reason)
    elif each.status == "skipped":
        yield _Case("input", outcome="skipped", message=each.reason)


def _finding_cases(findings: Iterable[Finding]) -> Iterator[_Case]:
    turns: dict[str, int] = {}
    for finding in findings:
        name = _name(finding)
        turn = turns[name] = turns.get(name, 0) + 1
        unique = name if turn == 1 else f"{name} ({turn})"
        if finding.suppressed:
            message = f"suppressed by {finding.suppressed.by}: {finding.suppressed.reason}"
            yield _Case(unique, finding.line, "skipped", message)
        else:
            yield _Case(unique, finding.line, "failure", finding.message, finding.severity, _details(finding))


def _name(finding: Finding) -> str:
    # Without lines, so that a test keeps its history when lines are inserted above it.
    target = finding.object
    parts = (target.kind, target.namespace, target.name) if target else ()
    return " ".join(part for part in (finding.rule, "/".join(filter(None, parts)), finding.path) if part)


def _details(finding: Finding) -> str:
    where = place(finding.file, finding.line, finding.column)
    lines = [f"{where}: {finding.severity}[{finding.rule}] {finding.message}"]
    lines += [f"see {place(each.file, each.line, each.column)} {each.message}" for each in finding.related]
    lines += [f"{name} {value}" for name, value in (("from", finding.source), ("docs", finding.docs)) if value]
    return "\n".join(lines)


def _counts(name: str, suites: list[_Suite]) -> str:
    counts = {"tests": sum(len(suite.cases) for suite in suites)}
    for attribute, outcome in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        counts[attribute] = sum(suite.count(outcome) for suite in suites)
    return _attributes(name=name, **{key: str(value) for key, value in counts.items()}, time="0")


def _cases(suite: _Suite) -> Iterator[str]:
    for case in suite.cases:
        line = {"line": str(case.line)} if case.line else {}
        opening = f"    <testcase{_attributes(classname=suite.file, name=case.name, file=suite.file, **line, time='0')}"
        if not case.outcome:
            yield f"{opening}/>"
            continue
        kind = {"type": case.kind} if case.kind else {}
        outcome = f"<{case.outcome}{_attributes(message=case.message, **kind)}"
        body = f"{outcome}>{_text(case.text)}</{case.outcome}>" if case.text else f"{outcome}/>"
        yield f"{opening}>{body}</testcase>"


def _attributes(**values: str) -> str:
    return "".join(f' {name}="{_attribute(value)}"' for name, value in values.items())


def _attribute(value: str) -> str:
    return _FORBIDDEN.sub("", value).translate(_ENTITIES)


def _text(value: str) -> str:
    return _FORBIDDEN.sub("", value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _comment(value: str) -> str:
    # Two hyphens would end the comment, and character references mean nothing inside one.
    return re.sub("-(?=-)", "- ", value.encode("ascii", "replace").decode("ascii"))
