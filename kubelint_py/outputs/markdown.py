"""`--format markdown`: a compact table for comments on pull requests (GitHub Flavored Markdown).

The text stays below the size hosts accept for a comment: the most severe findings first, then how
many were left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kubelint_py.outputs._fold import Entry, fold
from kubelint_py.outputs._order import by_severity
from kubelint_py.outputs._text import place, plain, relative, unlocated
from kubelint_py.outputs._totals import failures, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kubelint_py.finding import Finding, ObjectReference, Report

LIMIT = 60_000
_FAILURES = 10
_CONTAINERS = 10
_CELL = 300
_PUNCTUATION = re.compile(r"[\\`*_~\[\]<>&|]")
# Mentions, references to issues and bare addresses become links even where they are escaped.
_LINKS = re.compile(r"(?<![A-Za-z0-9])@(?=[A-Za-z0-9])|#(?=\d)|(?<=[A-Za-z]):(?=//)|\bwww(?=\.)", re.IGNORECASE)
_BREAK = "\u200b"


def render(report: Report, *, locate: Callable[[str], str] = unlocated) -> str:
    """Return a heading with the counts, the failed inputs and a table of the findings.

    `locate(file)` returns the path of a reported file from the root of the repository.
    """
    text = totals(report)
    lines = [f"**kubelint**: {escape(text)}"]
    failed = failures(report)
    lines += [f"- failed: {escape(relative(each.file, locate))}: {escape(each.reason)}" for each in failed[:_FAILURES]]
    if len(failed) > _FAILURES:
        lines.append(f"- and {len(failed) - _FAILURES} more failed inputs")
    if len(lines) > 1:
        lines.insert(1, "")
    entries = fold(by_severity(report.active()))
    if entries:
        lines += ["", "| severity | rule | place | object | message |", "|---|---|---|---|---|"]
        lines += _rows(entries, locate, LIMIT - sum(map(len, lines)))
    return "".join(f"{line}\n" for line in lines)


def escape(text: str) -> str:
    """Return a text that Markdown shows as it is, in a table cell too, without links of its own."""
    broken = _LINKS.sub(lambda match: match[0] + _BREAK, plain(text, _CELL))
    return _PUNCTUATION.sub(lambda match: f"&#{ord(match[0])};", broken)


def _rows(entries: list[Entry], locate: Callable[[str], str], room: int) -> Iterable[str]:
    rows: list[str] = []
    for entry in entries:
        row = _row(entry, locate)
        room -= len(row) + 1
        if room < 0:
            left = sum(max(len(each.members), 1) for each in entries[len(rows) :])
            return [*rows, "", f"and {left} more {'finding' if left == 1 else 'findings'}"]
        rows.append(row)
    return rows


def _row(entry: Entry, locate: Callable[[str], str]) -> str:
    finding = entry.finding
    cells = (
        finding.severity,
        _rule(finding),
        escape(place(relative(finding.file, locate), finding.line, finding.column)),
        escape(_object(finding.object)),
        escape(finding.message) + _containers(entry),
    )
    return f"| {' | '.join(cells)} |"


def _rule(finding: Finding) -> str:
    name = escape(finding.rule)
    if not finding.docs.startswith(("https://", "http://")) or re.search(r"[^!#-;=?-Z_a-z~]|[()\[\]]", finding.docs):
        return name
    return f"[{name}]({finding.docs})"


def _object(target: ObjectReference | None) -> str:
    return "/".join(part for part in (target.kind, target.namespace, target.name) if part) if target else ""


def _containers(entry: Entry) -> str:
    if not entry.members:
        return ""
    names = [escape(each.container) for each in entry.members[:_CONTAINERS]]
    if len(entry.members) > _CONTAINERS:
        names.append(f"and {len(entry.members) - _CONTAINERS} more")
    return f" (containers {', '.join(names)})"
