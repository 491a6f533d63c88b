"""From parsing events to composed trees, aliases kept where they stand.

libyaml's events and those of the exact reader are both PyYAML's. As in go-yaml an anchor may be used again
for another node, and the last one counts. Nothing here recurses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from yaml import events as e

from kubelint_py.errors import InputLimitError, YamlSyntaxError
from kubelint_py.source.tree import Alias, Mapping, Root, Scalar, Sequence, TreeNode


def compose(events: Iterable[e.Event], depth: int) -> Iterator[Root]:
    """Yield each document as its last event is seen.

    Raises `YamlSyntaxError` at an alias that leads nowhere or into itself, `InputLimitError` beyond `depth`
    nested collections, and whatever the events raise.
    """
    composer = _Composer(depth)
    for event in events:
        if isinstance(event, e.DocumentStartEvent):
            composer = _Composer(depth)
        elif isinstance(event, e.DocumentEndEvent):
            yield Root(composer.root, composer.collections, composer.aliased, composer.tagged)
        elif isinstance(event, e.CollectionEndEvent):
            composer.close(event)
        elif isinstance(event, e.NodeEvent):
            composer.add(event)


class _Composer:
    """The document being composed."""

    def __init__(self, depth: int) -> None:
        self.root: TreeNode = None
        self.collections: list[TreeNode] = []
        self.aliased = self.tagged = False
        self._depth = depth
        self._anchors: dict[str, TreeNode] = {}
        self._open: list[tuple[TreeNode, list[TreeNode]]] = []
        """Collections that are not complete, each with the key that waits for its value."""

    def add(self, event: Any) -> None:
        node = self._node(event)
        if not self._open:
            self.root = node
        else:
            parent, waiting = self._open[-1]
            if parent.id == "sequence":
                parent.value.append(node)
            elif waiting:
                parent.value.append((waiting.pop(), node))
            else:
                waiting.append(node)
        if node.id in ("sequence", "mapping"):
            if len(self._open) >= self._depth:
                raise InputLimitError(f"more than {self._depth:,} nested collections", event.start_mark.index)
            self._open.append((node, []))
            self.collections.append(node)

    def close(self, event: Any) -> None:
        self._open.pop()[0].end_mark = event.end_mark

    def _node(self, event: Any) -> TreeNode:
        if type(event) is e.AliasEvent:
            return self._alias(event)
        node: TreeNode
        tag, start, end = event.tag or "", event.start_mark, event.end_mark
        if type(event) is e.ScalarEvent:
            node = Scalar(tag, event.value, start, end, event.style or "")
        elif type(event) is e.SequenceStartEvent:
            node = Sequence(tag, start, bool(event.flow_style))
        else:
            node = Mapping(tag, start, bool(event.flow_style))
        self.tagged = self.tagged or bool(tag)
        if event.anchor is not None:
            self._anchors[event.anchor] = node
        return node

    def _alias(self, event: Any) -> Alias:
        self.aliased = True
        target = self._anchors.get(event.anchor)
        if target is None:
            raise YamlSyntaxError(f"nothing above has the anchor '&{event.anchor}'", event.start_mark.index)
        if any(node is target for node, _ in self._open):
            raise YamlSyntaxError(f"the value of the anchor '&{event.anchor}' contains itself", event.start_mark.index)
        return Alias(target, event.start_mark, event.end_mark)
