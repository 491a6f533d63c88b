"""Directives in comments: `# kubelint: ignore[rule, …] reason`.

At the end of a line a directive is for that line. On a line of its own it is for the outermost field,
item or document that starts on the next line with content.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from kubelint_py.source.comments import Comment, find
from kubelint_py.source.document import Document
from kubelint_py.source.text import Source
from kubelint_py.suppress_directive import Complaint, Directive, Policy, Spot, read_content
from kubelint_py.suppress_words import COMMENT, IN_COMMENTS

_DIRECTIVE = re.compile(r"kubelint\s*:\s*ignore\s*\[([^\[\]]*)\]")
_ATTEMPT = re.compile(
    r"(?:^|#)\s*(kubelint)(?:\s*[:\[]|[\s._-]+(?:allow|disable|enable|exclude|ignore|nolint|noqa|off|skip|suppress)\b)",
    re.IGNORECASE,
)
_MARKERS = frozenset({"---", "..."})
_UNREADABLE = "this is no directive: write `# kubelint: ignore[rule, …] reason`"


def read_comments(source: Source, documents: Sequence[Document], policy: Policy) -> Iterator[Directive | Complaint]:
    """Yield the directives of a text and what is wrong with them, in the order of the lines."""
    named = (comment for word in IN_COMMENTS for document in documents for comment in find(document, word))
    found = {comment.offset: comment for comment in named}
    comments = [found[at] for at in sorted(found) if _ATTEMPT.search(_body(found[at])) or _directives(found[at])]
    neighbours = _Neighbours(source, [comment.position.line for comment in comments])
    starts = [document.begin for document in documents]
    for comment in comments:
        index = documents[max(bisect_right(starts, comment.offset) - 1, 0)].index if documents else 0
        yield from _read_comment(comment, index, neighbours, policy)


def _body(comment: Comment) -> str:
    return comment.text.lstrip("#")


def _directives(comment: Comment) -> list[re.Match[str]]:
    return list(_DIRECTIVE.finditer(_body(comment)))


def _read_comment(
    comment: Comment, document: int, neighbours: _Neighbours, policy: Policy
) -> Iterator[Directive | Complaint]:
    line, column = comment.position
    body, found = _body(comment), _directives(comment)
    spot = Spot(line, column, column + len(comment.text), document)
    read = {match.start() for match in found}
    if any(match.start(1) not in read for match in _ATTEMPT.finditer(body)):
        yield Complaint(_UNREADABLE, spot)
    if not found:
        return
    lines, trailing, misplaced = neighbours.scope(line, column)
    if misplaced:
        yield Complaint(misplaced, spot)
        return
    ends = [*(match.start() for match in found[1:]), len(body)]
    for match, end in zip(found, ends, strict=True):
        reason = body[match.end() : end].rstrip(" \t#").lstrip(" \t:-–—")  # noqa: RUF001
        said = read_content((name.strip() for name in match[1].split(",")), reason, policy)
        for complaint in said.complaints:
            yield Complaint(complaint, spot)
        yield Directive(COMMENT, said, spot, lines, trailing)


class _Neighbours:
    """The lines around comments. Looking further than the next comment is done once, so that it stays linear."""

    def __init__(self, source: Source, lines: Sequence[int]) -> None:
        self._source = source
        self._below: dict[int, int] = {}
        self._above: dict[int, int] = {}
        for line in reversed(lines):
            self._below[line] = self._content(line, 1, self._below)
        for line in lines:
            self._above[line] = self._content(line, -1, self._above)

    def _content(self, line: int, step: int, known: dict[int, int]) -> int:
        """Return the next line with content in a direction; 0 when there is none."""
        line += step
        while 1 <= line <= self._source.line_count:
            if _has_content(self._source.line_text(line)):
                return line
            if line in known:
                return known[line]
            line += step
        return 0

    def scope(self, line: int, column: int) -> tuple[tuple[int, ...], bool, str]:
        """Return the lines a comment is for, whether it stands at the end of one, and what is wrong with its place."""
        before = self._source.line_text(line)[: column - 1].strip()
        if before and before not in _MARKERS and not _only_opens(before):
            return (line,), True, ""
        below = line if _only_opens(before) and before else self._below[line]
        text = self._source.line_text(below)
        if not below or text.lstrip()[:1] in {"]", "}"}:
            return (), False, "no field starts below this comment: put it above the key or item it is for"
        if not before and self._belongs_above(line, column, text):
            return (
                (),
                False,
                "this comment is indented like what stands above it: put it above the key or item it is for",
            )
        return self._opened(below), False, ""

    def _belongs_above(self, line: int, column: int, below: str) -> bool:
        indent = len(below) - len(below.lstrip())
        above = self._source.line_text(self._above[line])
        return column - 1 > indent and len(above) - len(above.lstrip(" -")) > indent

    def _opened(self, line: int) -> tuple[int, ...]:
        """Return a line and, where it only opens an item, the lines its content starts on."""
        lines = [line]
        while _only_opens(self._source.line_text(lines[-1])):
            following = self._content(lines[-1], 1, {})
            if not following:
                break
            lines.append(following)
        return tuple(lines)


def _has_content(text: str) -> bool:
    content = text.split("#", 1)[0].strip()
    return bool(content) and content not in _MARKERS and not text.startswith(("%YAML", "%TAG"))


def _only_opens(text: str) -> bool:
    """Whether a line holds nothing but dashes, anchors and tags."""
    for word in text.split():
        if word.startswith("#"):
            break
        if word not in {"-", "---"} and word[0] not in "&!":
            return False
    return bool(text.strip())
