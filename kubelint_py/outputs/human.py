"""`--format human`: each finding with the line it points at, then the counts."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kubelint_py.finding import VERSION_TAG
from kubelint_py.outputs._color import paint
from kubelint_py.outputs._excerpt import draw
from kubelint_py.outputs._fold import Entry, fold
from kubelint_py.outputs._masks import TAG, Masks, holds_data, masks
from kubelint_py.outputs._order import by_place
from kubelint_py.outputs._text import place, plain, subject
from kubelint_py.outputs._totals import failures, totals

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kubelint_py.finding import Finding, Report

_WIDTH = 120
_NARROWEST = 40
_LISTED = 20


class _View(NamedTuple):
    """Where excerpts and remedies come from, and how to draw."""

    excerpt: Callable[[str, int], str]
    remedy: Callable[[str], str]
    hidden: Masks
    color: bool
    width: int


def _no_excerpt(_file: str, _line: int) -> str:
    return ""


def _no_remedy(_rule: str) -> str:
    return ""


def render(
    report: Report,
    *,
    excerpt: Callable[[str, int], str] = _no_excerpt,
    remedy: Callable[[str], str] = _no_remedy,
    color: bool = False,
    width: int = 0,
) -> str:
    """Return the report for people.

    `excerpt(file, line)` returns a line's text and `remedy(rule)` a rule's remedy in one line, both
    empty when there is none. `width` is in columns, 0 for 120. Suppressed findings are only counted.
    """
    # Findings come file by file and often several a line: fetch each line once.
    lines = lru_cache(maxsize=8)(excerpt)
    hidden = masks(by_place(report.findings), lines)
    view = _View(lines, cache(remedy), hidden, color, max(width or _WIDTH, _NARROWEST))
    parts = ["".join(f"{line}\n" for line in _entry(entry, view)) for entry in fold(by_place(report.active()))]
    parts.append("".join(f"{line}\n" for line in _ending(report, color)))
    return "\n".join(parts)


def _entry(entry: Entry, view: _View) -> Iterator[str]:
    finding = entry.finding
    where = paint(place(finding.file, finding.line, finding.column), "place", view.color)
    severity = paint(f"{finding.severity}[{plain(finding.rule)}]", finding.severity, view.color)
    yield f"{where}: {severity} {plain(finding.message)}{subject(finding)}"
    gutter = len(str(finding.line))
    line = view.excerpt(finding.file, finding.line) if finding.line else ""
    if line:
        yield from _drawing(finding, line, gutter, view)
    for name, text in _notes(entry, view):
        yield f"{' ' * gutter} = {paint(name, 'note', view.color)}: {text}"


def _drawing(finding: Finding, line: str, gutter: int, view: _View) -> Iterator[str]:
    start = finding.column - 1
    single = finding.end_line == finding.line
    end = finding.end_column - 1 if single else len(line.rstrip())

    def hidden(first: int, last: int) -> list[tuple[int, int]]:
        if not finding.path and line[start : start + 1] == "#":
            # A finding on a comment says nothing of the value before it, which may be a secret.
            value = line.find(":", 0, start) + 1
            return [(value, start)] if line[value:start].strip() else []
        if holds_data(line):
            shown = start if TAG in finding.tags else end
            return [
                (one, other) for one, other in ((first, min(start, last)), (max(shown, first), last)) if one < other
            ]
        if TAG not in finding.tags:
            return view.hidden.within(finding.file, finding.line, first, last)
        if finding.object is None and not finding.path:
            # A document that cannot be read: nobody knows where its values stand.
            indent = len(line) - len(line.lstrip())
            return [(one, other) for one, other in ((indent, start), (end, len(line))) if one < other]
        before = view.hidden.within(finding.file, finding.line, first, min(start, last))
        return [*before, (start, len(line))] if start < len(line) else before

    shown = draw(line, start, end, hidden, view.width - gutter - 3)
    bar = paint("|", "faint", view.color)
    number = paint(str(finding.line), "faint", view.color)
    carets = paint("^" * shown.length, finding.severity, view.color)
    yield f"{' ' * gutter} {bar}"
    yield f"{number} {bar} {shown.text}".rstrip()
    yield f"{' ' * gutter} {bar} {' ' * shown.indent}{carets}"
    # A span that ends before the first character of the next line ends with its line.
    if finding.end_line > finding.line and (finding.end_line, finding.end_column) != (finding.line + 1, 1):
        yield f"{' ' * gutter} {bar} ..."


def _notes(entry: Entry, view: _View) -> Iterator[tuple[str, str]]:
    finding = entry.finding
    if entry.members:
        yield "containers", _containers(entry)
    if finding.path and not finding.line:
        yield "at", plain(finding.path)
    remedy = plain(view.remedy(finding.rule))
    if remedy:
        yield "fix", remedy
    versions = ", ".join(tag.removeprefix(VERSION_TAG) for tag in finding.tags if tag.startswith(VERSION_TAG))
    if versions:
        yield "holds", f"in Kubernetes {versions}"
    for related in finding.related:
        yield "see", f"{place(related.file, related.line, related.column)} {plain(related.message)}"
    if finding.source:
        yield "from", plain(finding.source)
    if finding.docs:
        yield "docs", plain(finding.docs)


def _containers(entry: Entry) -> str:
    named = [_container(each) for each in entry.members[:_LISTED]]
    if len(entry.members) > _LISTED:
        named.append(f"and {len(entry.members) - _LISTED} more")
    return ", ".join(named)


def _container(finding: Finding) -> str:
    name = plain(finding.container, 80)
    return f"{name} ({finding.line}:{finding.column})" if finding.line else name


def _ending(report: Report, color: bool) -> Iterator[str]:
    for each in failures(report):
        failed = paint("failed", "critical", color)
        yield f"{paint(place(each.file), 'place', color)}: {failed}: {plain(each.reason)}"
    text = totals(report)
    yield text[:1].upper() + text[1:]
