"""The rule test format: a manifest with the expected findings drawn under the offending lines.

    # case: what this input shows
    # with: {option: value}
    # kubernetes: "1.31"
    # fix: unsafe
    kind: Pod
    #     ^^^ rule-id: message

`# fix: unsafe` stands in `<rule>.fixed.yaml` only, over what safe fixes alone would leave otherwise.
A caret line belongs to the line above it. Where a finding starts in column 1, the `#` is its first
caret; what cannot be drawn (a start in column 2, one character in column 1) is written as
`# 2-4 rule-id: message`. A finding that spans lines is drawn to the end of its first line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ruamel.yaml import YAML

_CASE = re.compile(r"^# case: (.+)$")
_SETTING = re.compile(r"^# (with|kubernetes|fix): (.+)$")
_DRAWN = re.compile(r"^(#[ ]*\^+|#\^*) ([a-z0-9-]+): (.*)$")
_NUMBERS = re.compile(r"^# (\d+)-(\d+) ([a-z0-9-]+): (.*)$")


class Mark(NamedTuple):
    """An expected finding: line and columns in the text without caret lines, from 1, end exclusive."""

    line: int
    column: int
    end: int
    rule: str
    message: str


@dataclass
class Case:
    """One independent input of a test file."""

    title: str
    options: dict[str, Any] = field(default_factory=dict)
    kubernetes: str = "latest"
    settings: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(line + "\n" for line in self.lines)


def read_cases(path: Path) -> list[Case]:
    """Read a test file. Raises ValueError on text before the first case."""
    cases: list[Case] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        title = _CASE.match(line)
        if title:
            cases.append(Case(title[1]))
        elif not cases:
            raise ValueError(f"{path}: text before the first case: {line!r}")
        else:
            read_line(cases[-1], line)
    return cases


def read_line(case: Case, line: str) -> None:
    """Add a line of the file to its case."""
    setting = _SETTING.match(line)
    mark = _read_mark(line, len(case.lines))
    if setting and not case.lines:
        case.settings.append(line)
        value = YAML(typ="safe", pure=True).load(setting[2])
        if setting[1] == "with":
            case.options = value
        elif setting[1] == "kubernetes":
            case.kubernetes = str(value)
    elif mark:
        case.marks.append(mark)
    else:
        case.lines.append(line)


def _read_mark(line: str, above: int) -> Mark | None:
    drawn, numbers = _DRAWN.match(line), _NUMBERS.match(line)
    if numbers:
        return Mark(above, int(numbers[1]), int(numbers[2]), numbers[3], numbers[4])
    if not drawn or "^" not in drawn[1]:
        return None
    start = 1 if drawn[1].startswith("#^") else drawn[1].index("^") + 1
    return Mark(above, start, len(drawn[1]) + 1, drawn[2], drawn[3])


def draw(mark: Mark) -> str:
    """Return the line that shows a mark."""
    length = mark.end - mark.column
    if mark.column >= 3:
        return f"#{' ' * (mark.column - 2)}{'^' * length} {mark.rule}: {mark.message}"
    if mark.column == 1 and length > 1:
        return f"#{'^' * (length - 1)} {mark.rule}: {mark.message}"
    return f"# {mark.column}-{mark.end} {mark.rule}: {mark.message}"


def write_cases(path: Path, cases: list[Case]) -> None:
    """Write a test file with the marks of its cases."""
    out: list[str] = []
    for case in cases:
        out += [f"# case: {case.title}", *case.settings]
        for number, line in enumerate(case.lines, 1):
            out.append(line)
            out += [draw(mark) for mark in case.marks if mark.line == number]
    path.write_text("\n".join(out) + "\n", encoding="utf-8")
