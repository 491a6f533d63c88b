"""Changes of a document's data as edits of its text.

An edit replaces a range of the text; every other character stays as it is. What stands behind an alias or a merge
key, and what an alias elsewhere stands for, is not edited: the change would show in another place as well.
Whether the edited text says what was wanted is for the caller to check, as text is more varied than any editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from kubelint_py.errors import DocumentError
from kubelint_py.source.build import entries, is_merge, key_name, scalar_value
from kubelint_py.source.document import Document
from kubelint_py.source.edit_place import Edit, Layout
from kubelint_py.source.plain import is_shallow
from kubelint_py.source.protocol import Path
from kubelint_py.source.tree import TreeNode, descend

__all__ = ["Change", "Edit", "edits", "is_editable", "spliced", "with_changes"]

LONGEST = 500_000
"""Characters of a document that is edited: to prove edits takes seconds for that, and longer for deep nesting."""


class Change(NamedTuple):
    """The field at `path` gets a value, with what is missing above it; or the list there gets a further item."""

    path: Path
    value: Any
    append: bool = False


class Written(NamedTuple):
    """Edits, sorted and apart from each other, and the changes they make: positions in what was asked for."""

    edits: list[Edit]
    made: list[int]


class _Spot(NamedTuple):
    """The last field on the way to a path that exists, its key, and the keys that are missing below it."""

    node: TreeNode
    key: TreeNode | None
    trail: tuple[TreeNode, ...]
    rest: Path


def is_editable(document: Document) -> bool:
    """Whether a document is neither refused nor too large or too deep."""
    return document.error is None and len(document.text) <= LONGEST and is_shallow(document.data)


def edits(document: Document, changes: Iterable[Change]) -> Written:
    """Return the edits that make the changes. What cannot be written, or is so already, is left out.

    Of two changes that contradict each other the first one counts.
    """
    tree = document.tree() if is_editable(document) else None
    if tree is None or document.source is None:
        return Written([], [])
    plan = _Plan(tree[0], Layout(document.source, tree[1], tree[0]))
    made = []
    for number, change in enumerate(changes):
        try:
            taken = plan.take(change)
        except DocumentError:
            taken = False
        if taken:
            made.append(number)
    return Written(_in_order(plan.edits()), made)


class _Plan:
    """Collects what goes where, so that changes with a parent in common, be it missing, become one edit."""

    def __init__(self, root: TreeNode, layout: Layout) -> None:
        self._root = root
        self._layout = layout
        self._shared = {id(node.value) for node in descend(root) if node.id == "alias"}
        self._known: dict[int, tuple[dict[str, tuple[TreeNode, TreeNode]], set[str]]] = {}
        self._added: dict[int, tuple[_Spot, Any]] = {}
        self._appended: dict[int, tuple[_Spot, list[Any]]] = {}
        self._replaced: dict[int, tuple[_Spot, Any]] = {}

    def take(self, change: Change) -> bool:
        """Take up a change; False when it cannot be written or is no change."""
        spot = self._find(change.path)
        if spot is None:
            return False
        if change.append and spot.node.id == "sequence" and not spot.rest:
            self._appended.setdefault(id(spot.node), (spot, []))[1].append(change.value)
            return True
        value = _nested(spot.rest, [change.value] if change.append else change.value)
        if (spot.node.id == "mapping" and spot.rest) or _is_null(spot.node):
            return self._add(spot, value)
        if spot.node.id == "scalar" and not spot.rest and not change.append:
            return self._replace(spot, value)
        return False

    def _add(self, spot: _Spot, value: Any) -> bool:
        if value is None and spot.node.id == "scalar":
            return False
        known = self._added.get(id(spot.node))
        if known is None:
            self._added[id(spot.node)] = (spot, value)
            return True
        merged = _merged(known[1], value)
        if merged is None:
            return False
        self._added[id(spot.node)] = (spot, merged)
        return True

    def _replace(self, spot: _Spot, value: Any) -> bool:
        now = scalar_value(spot.node)
        if isinstance(value, (dict, list)) or (type(now) is type(value) and now == value):
            return False
        return bool(self._replaced.setdefault(id(spot.node), (spot, value))[1] == value)

    def _find(self, path: Path) -> _Spot | None:
        node, key = self._root, None
        trail: tuple[TreeNode, ...] = ()
        for depth, part in enumerate(path):
            if node.id == "alias" or id(node) in self._shared:
                return None
            trail = (*trail, node)
            if node.id == "mapping":
                own, merged = self._keys(node)
                if str(part) not in own:
                    return None if str(part) in merged else _Spot(node, key, trail, path[depth:])
                key, node = own[str(part)]
            elif node.id == "sequence" and isinstance(part, int) and 0 <= part < len(node.value):
                key, node = None, node.value[part]
            else:
                return _Spot(node, key, trail[:-1], path[depth:]) if _is_null(node) else None
        shared = node.id == "alias" or id(node) in self._shared
        return None if shared else _Spot(node, key, trail, ())

    def _keys(self, mapping: TreeNode) -> tuple[dict[str, tuple[TreeNode, TreeNode]], set[str]]:
        """Return the pairs that are written in a mapping, the last one of a name, and all names, merged ones too."""
        known = self._known.get(id(mapping))
        if known is None:
            own = {key_name(pair[0]): pair for pair in mapping.value if not is_merge(pair[0])}
            merges = any(is_merge(key) for key, _ in mapping.value)
            names = {key_name(key) for key, _ in entries(mapping)} if merges else set()
            known = self._known[id(mapping)] = (own, names)
        return known

    def edits(self) -> Iterator[Edit]:
        """Yield the edits, in no particular order."""
        layout = self._layout
        for spot, value in self._added.values():
            if spot.node.id == "mapping":
                yield from layout.add_keys(spot.node, value, spot.trail)
            else:
                yield from layout.fill_null(spot.node, spot.key, value, spot.trail)
        for spot, items in self._appended.values():
            yield from layout.add_items(spot.node, items)
        for spot, value in self._replaced.values():
            yield layout.replace(spot.node, value)


def _is_null(node: TreeNode) -> bool:
    return bool(node.id == "scalar" and scalar_value(node) is None)


def _nested(keys: Path, value: Any) -> Any:
    for key in reversed(keys):
        value = {str(key): value}
    return value


def _merged(value: Any, other: Any) -> Any:
    """Return a mapping with what both say, or None where they contradict each other."""
    if not isinstance(value, dict) or not isinstance(other, dict):
        return value if type(value) is type(other) and value == other else None
    found = dict(value)
    for key, below in other.items():
        found[key] = _merged(found[key], below) if key in found else below
        if found[key] is None and below is not None:
            return None
    return found


def _in_order(found: Iterable[Edit]) -> list[Edit]:
    """Return edits in the order of the text. Of insertions at one place the deeper one comes first."""
    ordered: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, edit.end, -edit.indent)):
        last = ordered[-1] if ordered else None
        if last and edit.start == last.end == last.start == edit.end:
            ordered[-1] = last._replace(text=last.text + edit.text)
        else:
            ordered.append(edit)
    return ordered


def spliced(text: str, found: Iterable[Edit]) -> str:
    """Return a text with edits made, which are sorted and apart from each other."""
    parts, at = [], 0
    for edit in found:
        parts += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*parts, text[at:]))


def with_changes(data: Any, changes: Iterable[Change]) -> Any:
    """Return data with changes made; what is on none of their paths is shared with the old data.

    Raises `LookupError` where a path leads through something that can hold no field.
    """
    top: list[Any] = [data]
    own: dict[int, Any] = {}
    for change in changes:
        holder, key = _reach(top, change.path, own)
        holder[key] = [*(holder[key] or ()), change.value] if change.append else change.value
    return top[0]


def _reach(top: list[Any], path: Path, own: dict[int, Any]) -> tuple[Any, Any]:
    """Return the collection and the key in it that a path leads to; what leads there is copied, once for all paths."""
    holder: Any = top
    key: Any = 0
    for part in path:
        below = {} if holder[key] is None else holder[key]
        if id(below) not in own:
            below = below.copy() if isinstance(below, (dict, list)) else below
            own[id(below)] = holder[key] = below
        holder, key = below, str(part) if isinstance(below, dict) else part
        if isinstance(holder, dict):
            holder.setdefault(key, None)
        elif not isinstance(holder, list) or not isinstance(key, int) or key >= len(holder):
            raise LookupError(part)
    return holder, key
