"""How values are added to a text in the style of their surroundings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kubelint_py.source.locate import after_key, content_end, content_start
from kubelint_py.source.scalars import resolve
from kubelint_py.source.text import BREAK, BREAKS, Source
from kubelint_py.source.tree import TreeNode, is_empty

_REST_OF_LINE = re.compile(f"[ \t]*(?:(?<=[ \t])#[^{BREAKS}]*)?(?=[{BREAKS}]|\\Z)")
_PLAIN = re.compile("[A-Za-z][A-Za-z0-9_./-]*")
_STEP = 2


class Edit(NamedTuple):
    """Replace the characters from `start` to `end` (offsets in the source, end exclusive) by `text`.

    `indent` is how deep the lines stand that it adds.
    """

    start: int
    end: int
    text: str
    indent: int = 0


class Layout:
    """A text and a document in it; the marks of the document's nodes count from `base`."""

    def __init__(self, source: Source, base: int, root: TreeNode) -> None:
        self._source = source
        self._text = text = source.text
        self._base = base
        self._json = bool(
            root.id in ("mapping", "sequence")
            and root.flow_style
            and (root.id == "sequence" or not root.value or root.value[0][0].style == '"')
        )
        self._steps: dict[int, int] = {}
        self._compact = self._json and '": ' not in text[base : base + root.end_mark.index]

    def replace(self, scalar: TreeNode, value: Any) -> Edit:
        """Return the edit that writes another value in place of a scalar; its anchor and tag stay."""
        return Edit(self._base + self._start(scalar), self._base + scalar.end_mark.index, self._flow(value))

    def add_keys(self, mapping: TreeNode, values: dict[str, Any], trail: Sequence[TreeNode]) -> Iterator[Edit]:
        """Yield the edits that add keys at the end of a mapping; `trail` leads to it, itself included."""
        if mapping.flow_style or not mapping.value:
            yield from self._add_flow(mapping, self._pairs(values))
            return
        column = self._column(mapping.value[0][0].start_mark.index)
        yield from self._after_line(self._end(mapping), self._lines(values, column, self._step(trail)), column)

    def add_items(self, sequence: TreeNode, values: Sequence[Any]) -> Iterator[Edit]:
        """Yield the edits that add items at the end of a list."""
        if sequence.flow_style or not sequence.value:
            yield from self._add_flow(sequence, [self._flow(value) for value in values])
            return
        column = self._column(self._start(sequence))
        lines = [f"{' ' * column}- {self._flow(value)}" for value in values]
        yield from self._after_line(self._end(sequence), lines, column)

    def fill_null(self, null: TreeNode, key: TreeNode | None, value: Any, trail: Sequence[TreeNode]) -> Iterator[Edit]:
        """Yield the edits that give a null a value; `trail` leads to the collection it stands in."""
        if null.value:
            yield self.replace(null, value)
            return
        at = self._base + null.end_mark.index
        if key is not None and is_empty(null):
            at = self._base + after_key(key, self._text, self._base)
            if at == self._base + key.end_mark.index:
                return
        within = trail[-1] if trail else None
        if isinstance(value, dict) and key is not None and within is not None and not within.flow_style:
            step = self._step(trail)
            column = self._column(within.value[0][0].start_mark.index) + step
            yield from self._after_line(at, self._lines(value, column, step), column)
        else:
            yield Edit(at, at, ("" if self._compact else " ") + self._flow(value))

    def _after_line(self, at: int, lines: list[str], indent: int) -> Iterator[Edit]:
        """Yield the edit that adds lines below the one that holds `at`, where nothing but a comment may follow."""
        rest = _REST_OF_LINE.match(self._text, at)
        if rest:
            newline = self._newline(rest.end())
            yield Edit(rest.end(), rest.end(), "".join(newline + line for line in lines), indent)

    def _add_flow(self, node: TreeNode, items: list[str]) -> Iterator[Edit]:
        """Yield the edits that add items before the closing bracket, on lines of their own if the last one has."""
        opening, closing = self._base + self._start(node), self._base + node.end_mark.index - 1
        if self._text[opening : opening + 1] not in ("{", "[") or self._text[closing] not in "}]":
            return
        if not node.value:
            yield Edit(opening + 1, opening + 1, ("," if self._compact else ", ").join(items))
            return
        last = node.value[-1]
        start = self._base + (last[0] if node.id == "mapping" else last).start_mark.index
        end = self._end(node)
        gap = self._gap(opening, start, len(node.value))
        tail = self._text[end:closing]
        comma = "" if tail.lstrip().startswith(",") else " ," if self._text[end - 1] == ":" else ","
        if "#" not in tail:
            at = closing - len(tail) + (tail.index(",") + 1 if not comma else 0)
            yield Edit(at, at, comma + ",".join(gap + item for item in items))
            return
        breaks = list(BREAK.finditer(self._text, end, closing))
        if breaks:
            indent = breaks[-1][0] + " " * self._column(start - self._base)
            yield Edit(end, end, comma)
            yield Edit(breaks[-1].start(), breaks[-1].start(), ",".join(indent + item for item in items))

    def _gap(self, opening: int, start: int, count: int) -> str:
        """Return what stands between a comma and an item: what stands before the last one."""
        at = start
        while at > opening + 1 and self._text[at - 1] in " \t\r\n":
            at -= 1
        gap = self._text[at:start]
        if BREAK.search(gap) or count > 1:
            return gap
        return "" if self._compact else " "

    def _end(self, node: TreeNode) -> int:
        """Return where the last thing in a collection ends.

        The blank lines that a block scalar keeps belong to it, save for the last line break.
        """
        while True:
            key, last = node.value[-1] if node.id == "mapping" else (None, node.value[-1])
            if key is not None and is_empty(last):
                return self._base + after_key(key, self._text, self._base)
            if last.id not in ("mapping", "sequence") or last.flow_style or not last.value:
                break
            node = last
        if last.id == "scalar" and last.style in ("|", ">"):
            start, end = self._base + last.start_mark.index, self._base + last.end_mark.index
            breaks = list(BREAK.finditer(self._text, start, end))
            if breaks and "+" in self._text[start : breaks[0].start()].partition("#")[0]:
                return breaks[-1].start() if breaks[-1].end() == end else end
        return self._base + content_end(last, self._text, self._base)

    def _start(self, node: TreeNode) -> int:
        return content_start(node, self._text, self._base)

    def _column(self, index: int) -> int:
        """Return how many characters stand left of a mark in its line."""
        return self._source.position(self._base + index).column - 1

    def _newline(self, at: int) -> str:
        """Return the line break at an offset; at the end of the text the first one there is."""
        match = BREAK.match(self._text, at) or BREAK.search(self._text)
        return match[0] if match else "\n"

    def _step(self, trail: Sequence[TreeNode]) -> int:
        """Return by how much mappings are indented below mappings around here."""
        found = (self._step_below(node) for node in reversed(trail))
        return next((step for step in found if step), _STEP)

    def _step_below(self, node: TreeNode) -> int:
        """Return by how much a mapping indents the mappings below it, or 0."""
        if id(node) not in self._steps:
            self._steps[id(node)] = self._measure(node)
        return self._steps[id(node)]

    def _measure(self, node: TreeNode) -> int:
        if node.id != "mapping" or node.flow_style:
            return 0
        column = self._column(node.value[0][0].start_mark.index)
        for _, below in node.value:
            if below.id == "mapping" and below.value and not below.flow_style:
                step = self._column(below.value[0][0].start_mark.index) - column
                return step if 0 < step <= 16 else _STEP
        return 0

    def _lines(self, values: dict[str, Any], column: int, step: int) -> list[str]:
        lines = []
        for key, value in values.items():
            if isinstance(value, dict) and value:
                lines += [f"{' ' * column}{_yaml(key)}:", *self._lines(value, column + step, step)]
            else:
                lines.append(f"{' ' * column}{_yaml(key)}: {self._flow(value)}")
        return lines

    def _pairs(self, values: dict[str, Any]) -> list[str]:
        colon = ":" if self._compact else ": "
        return [f"{self._scalar(key)}{colon}{self._flow(value)}" for key, value in values.items()]

    def _flow(self, value: Any) -> str:
        comma = "," if self._compact else ", "
        if isinstance(value, dict):
            return "{" + comma.join(self._pairs(value)) + "}"
        if isinstance(value, list):
            return "[" + comma.join(self._flow(item) for item in value) + "]"
        return self._scalar(value)

    def _scalar(self, value: Any) -> str:
        return json.dumps(value) if self._json else _yaml(value)


def _yaml(value: Any) -> str:
    """Return a scalar; quoted unless it is a plain word that is read as a string."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and resolve(value) == value:
        return value
    return json.dumps(value)
