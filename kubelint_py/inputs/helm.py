"""Helm charts: which files are templates, and which template a rendered document came from.

Source of the semantics: Helm 3 and 4, layout of a chart and output of `helm template`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import PurePath

_COMMENT = "# Source: "
_LINE_ENDS = ("", " ", "\t", "\r", "\n")
_VALUES_NAME = re.compile(r"values(?:[-._].*)?\.ya?ml|.*[-._]values\.ya?ml|values\.schema\.json", re.IGNORECASE)


def helm_sources(text: str) -> Callable[[int], str]:
    """Return a function from an offset in a document to the chart's path of its template; empty for none.

    `helm template` writes a line `# Source: chart/templates/file.yaml` among the comments that open
    each document. A file of a chart's `crds/` directory is written as it is, so its further
    documents have no comment of their own and belong to the same path.
    """
    starts, paths = _sources(text) if _COMMENT in text else ([], [])
    if not starts:
        return _no_source
    ends: dict[int, int] = {}

    def source_of(offset: int) -> str:
        index = bisect_right(starts, offset) - 1
        if index < 0:
            return ""
        if index not in ends:
            ends[index] = _next_marker(text, starts[index])
        return paths[index] if offset < ends[index] or "/crds/" in paths[index] else ""

    return source_of


def _no_source(_offset: int) -> str:
    return ""


def _sources(text: str) -> tuple[list[int], list[str]]:
    """Return where each document with a comment starts, ascending, and the path in its first comment."""
    starts: list[int] = []
    paths: list[str] = []
    last, start = -1, -1
    for at in _comments(text):
        start = _document_start(text, at, last, start)
        path = text[at + len(_COMMENT) : _line_end(text, at)].strip()
        if start >= 0 and path and (not starts or starts[-1] != start):
            starts.append(start)
            paths.append(path)
        last = at
    return starts, paths


def _comments(text: str) -> Iterator[int]:
    """Yield where a line starts with the comment. One character is found faster than a text."""
    at = text.find("#")
    while at >= 0:
        if text.startswith(_COMMENT, at) and (at == 0 or text[at - 1] == "\n"):
            yield at
        at = text.find("#", at + 1)


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _document_start(text: str, at: int, last: int, last_start: int) -> int:
    """Return where the document starts whose opening comments hold the line at `at`, or -1 outside of them.

    The same is known of the comment at `last`.
    """
    while at > 0:
        line = text.rfind("\n", 0, at - 1) + 1
        if line == last:
            return last_start
        if _is_marker(text, line, "---") or _is_marker(text, line, "..."):
            return line
        content = text[line:at].lstrip()
        if content and not content.startswith("#"):
            return -1
        at = line
    return 0


def _is_marker(text: str, at: int, marker: str) -> bool:
    return text.startswith(marker, at) and text[at + 3 : at + 4] in _LINE_ENDS


def _next_marker(text: str, start: int) -> int:
    """Return where the next document starts after the one that starts at `start`."""
    at = start
    while (at := text.find("\n---", at)) >= 0:
        at += 1
        if _is_marker(text, at, "---"):
            return at
    return len(text) + 1


class ChartFiles:
    """Recognises files of charts by their place, and remembers which directories hold a `Chart.yaml`.

    `is_file` asks the file system.
    """

    __slots__ = ("_charts", "_is_file")

    def __init__(self, is_file: Callable[[PurePath], bool]) -> None:
        self._is_file = is_file
        self._charts: dict[PurePath, bool] = {}

    def role(self, path: PurePath) -> str:
        """Return what a file is to the chart it lies in: `helm-template`, `helm-values`, `helm-chart` or nothing.

        Subcharts are charts of their own; what lies in `crds/` is never a template.
        """
        for directory in path.parents:
            if directory.name == "templates" and self._is_chart(directory.parent):
                return "helm-template"
        if _VALUES_NAME.fullmatch(path.name):
            chart = path.parent.parent if path.parent.name == "ci" else path.parent
            return "helm-values" if self._is_chart(chart) or self._is_chart(path.parent) else ""
        return "helm-chart" if path.name == "requirements.yaml" and self._is_chart(path.parent) else ""

    def _is_chart(self, directory: PurePath) -> bool:
        if directory not in self._charts:
            self._charts[directory] = self._is_file(directory / "Chart.yaml")
        return self._charts[directory]
