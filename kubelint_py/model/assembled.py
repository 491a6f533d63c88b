"""A mapping or a list put together from fields that stand in several places of an object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kubelint_py.source.document import Node


class Assembled(Node):
    """A node whose children stand elsewhere: they have the paths and documents they are written at.

    `home` is where it would be written as a whole, and decides whether it is present; a child that nothing
    provides is missing there.
    """

    __slots__ = ("places",)

    def __init__(self, home: Node, places: Mapping[str, Node] | Sequence[Node]) -> None:
        self.places: dict[str | int, Node] = {}
        value: Any
        if isinstance(places, Mapping):
            self.places.update(places.items())
            value = {key: node.value for key, node in places.items() if node.present or node.value is not None}
        else:
            self.places.update(enumerate(places))
            value = [node.value for node in places]
        super().__init__(home.document, home.path, value, home.present)

    def at(self, *keys: str | int) -> Node:
        """Return the field below, as `Node.at` does."""
        node: Node = self
        for key in super().at(*keys).path[len(self.path) :]:
            node = node.child(key)
        return node

    def child(self, key: str | int) -> Node:
        """Return the field under exactly this key, at the place where it is written."""
        place = self.places.get(str(key) if isinstance(self.value, dict) else key)
        return Node(self.document, (*self.path, key), None, False) if place is None else place

    def items(self) -> Iterator[Node]:
        """Yield the items of a list, each at its place."""
        if isinstance(self.value, list):
            yield from self.places.values()

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Yield key and field of a mapping, each at its place."""
        if isinstance(self.value, dict):
            for key in self.value:
                yield key, self.places[key]


def overlay(own: Node, under: Node) -> Node:
    """Return `own` with what it lacks taken from `under`: mappings are merged, all else is replaced.

    Null counts as lacking.
    """
    if own.value is None:
        return under if under.value is not None else own
    if isinstance(own.value, dict) and isinstance(under.value, dict):
        keys = [*own.value, *(key for key in under.value if key not in own.value)]
        return Assembled(own, {key: overlay(own.child(key), under.child(key)) for key in keys})
    return own


def implied(home: Node, value: Any) -> Node:
    """Return a value that a controller sets, as a node that is not present: whatever it lacks is missing at `home`."""
    if isinstance(value, dict):
        return Assembled(home, {key: implied(home.child(key), item) for key, item in value.items()})
    return Node(home.document, home.path, value, False)


def follow(node: Node, path: Iterable[str | int]) -> Node:
    """Return the field at the end of a path of exact keys."""
    for key in path:
        node = node.child(key)
    return node


def reach(node: Node, path: Sequence[str | int], any_key: str) -> Iterator[Node]:
    """Yield what a path leads to; `any_key` in it stands for every item of a list or value of a mapping."""
    if any_key not in path:
        yield follow(node, path)
        return
    index = path.index(any_key)
    for above in reach(node, path[:index], any_key):
        below = [child for _, child in above.entries()] or list(above.items())
        for child in below:
            yield from reach(child, path[index + 1 :], any_key)
