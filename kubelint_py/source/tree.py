"""The composed tree of a document: what a reader hands on before any plain data is built.

PyYAML's own nodes have this shape too, so a tree composed by libyaml is used as it is. A mark's
`index` counts characters from the start of the text the tree was composed from. An untagged node has
an empty tag; an untagged plain scalar has an empty style and is all that the resolver looks at.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple, TypeAlias

TreeNode: TypeAlias = Any
"""`id`, `tag`, `value`, `start_mark`, `end_mark`; a scalar has `style`, a collection `flow_style`."""


class Mark:
    """A place in the text."""

    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


class Scalar:
    """A scalar; `value` is its text."""

    __slots__ = ("end_mark", "start_mark", "style", "tag", "value")
    id = "scalar"

    def __init__(self, tag: str, value: str, start_mark: Mark, end_mark: Mark, style: str) -> None:
        self.tag = tag
        self.value = value
        self.start_mark = start_mark
        self.end_mark = end_mark
        self.style = style


class Sequence:
    """A sequence; `value` is the list of its items."""

    __slots__ = ("end_mark", "flow_style", "start_mark", "tag", "value")
    id = "sequence"

    def __init__(self, tag: str, start_mark: Mark, flow_style: bool) -> None:
        self.tag = tag
        self.value: list[TreeNode] = []
        self.start_mark = self.end_mark = start_mark
        self.flow_style = flow_style


class Mapping:
    """A mapping; `value` is the list of its key and value pairs."""

    __slots__ = ("end_mark", "flow_style", "start_mark", "tag", "value")
    id = "mapping"

    def __init__(self, tag: str, start_mark: Mark, flow_style: bool) -> None:
        self.tag = tag
        self.value: list[tuple[TreeNode, TreeNode]] = []
        self.start_mark = self.end_mark = start_mark
        self.flow_style = flow_style


class Alias:
    """An alias; `value` is the anchored node, which is never an alias itself."""

    __slots__ = ("end_mark", "start_mark", "value")
    id = "alias"
    tag = ""

    def __init__(self, value: TreeNode, start_mark: Mark, end_mark: Mark) -> None:
        self.value = value
        self.start_mark = start_mark
        self.end_mark = end_mark


class Root(NamedTuple):
    """A composed document."""

    node: TreeNode
    collections: Collection[TreeNode]
    """All collections of the document but perhaps empty ones, in any order."""
    aliased: bool
    """Whether it holds aliases."""
    tagged: bool
    """Whether it may hold tags."""


def children(node: TreeNode) -> Iterator[TreeNode]:
    """Yield the nodes right below, in the order of the text; nothing for a scalar or an alias."""
    if node.id == "mapping":
        for pair in node.value:
            yield from pair
    elif node.id == "sequence":
        yield from node.value


def descend(node: TreeNode) -> Iterator[TreeNode]:
    """Yield the node and all below, each before what it holds, in no particular order otherwise."""
    waiting = [node]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(children(node))


def is_empty(node: TreeNode) -> bool:
    """Tell whether a node is a null written as nothing."""
    return bool(node.id == "scalar" and node.start_mark.index == node.end_mark.index)


def scalar_at(node: TreeNode, offset: int) -> TreeNode | None:
    """Return the scalar or alias that the offset falls into, or None."""
    while node.id in ("mapping", "sequence"):
        at = bisect_right(node.value, offset, key=_start) - 1
        if at < 0:
            return None
        node = node.value[at]
        if type(node) is tuple:
            key, value = node
            node = key if offset < key.end_mark.index else value
    return node if node.start_mark.index <= offset < node.end_mark.index else None


def _start(part: Any) -> int:
    """Return where an item, or the key of a pair, starts."""
    return int((part[0] if type(part) is tuple else part).start_mark.index)
