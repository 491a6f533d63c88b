"""One document of a text: its verdict, its data and its places, on demand.

The tree is kept until `release`; whatever is asked for later composes it again from the text. A body travels
between processes without tree and text, and works again once `attach` has given it its source.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from kubelint_py.errors import DocumentError
from kubelint_py.source.build import (
    build,
    check_expansion,
    check_writable,
    keys_repeat,
    odd_mappings,
    scalar_value,
)
from kubelint_py.source.locate import Indexes, Range, key_range, repeated_keys, value_range
from kubelint_py.source.plain import scalar_fields
from kubelint_py.source.protocol import Location, Path
from kubelint_py.source.text import BREAK, Source, Span
from kubelint_py.source.tree import Root, TreeNode, is_empty, scalar_at

_NOT_FINITE = re.compile(r"\.[iInN][nNaA][fFnN](?![^\s,\]}:])")
_PREAMBLE = re.compile(r"(?:---(?=[\s]))?(?:[ \t]*(?:#[^\r\n]*)?[\r\n]|%[^\r\n]*[\r\n]|---[ \t]*(?=[\r\n#]))*[ \t]*")
_UNBUILT: Any = object()
_MOST_KEPT = 400


class Composed(NamedTuple):
    """A composed document, and those of its mappings that need a closer look."""

    root: Root
    odd: list[TreeNode]
    indexes: Indexes
    """What `locate` remembers of large mappings."""


class Place(NamedTuple):
    """Where a document's tree comes from."""

    begin: int
    end: int
    """The part of the source that is composed."""
    ordinal: int
    """Which of the documents in this part it is."""
    compose: Callable[[str, int], Composed | None]
    """Composes part and ordinal again."""


class Skimmed(NamedTuple):
    """What is known of a document that was judged without composing it: it is accepted and repeats no key."""

    start: int
    """Offset of its first key in the source."""
    header: dict[str, Any]
    """`apiVersion` and `kind`."""


def surveyed(root: Root) -> Composed:
    """Find what needs a closer look in a composed document."""
    return Composed(root, odd_mappings(root), {})


def _header(root: TreeNode) -> dict[str, Any]:
    """Return the scalar fields right below a root whose keys are their text, read without the rest."""
    pairs = root.value if root.id == "mapping" else ()
    return {key.value: scalar_value(value) for key, value in pairs if value.id == "scalar"}


class TreeBody:
    """What is known of a document: see `kubelint_py.source.protocol.Body`."""

    __slots__ = (
        "_built",
        "_composed",
        "_place",
        "_source",
        "begin",
        "duplicate_keys",
        "end",
        "error",
        "header",
        "start",
    )

    def __init__(
        self,
        source: Source,
        place: Place,
        known: Composed | Skimmed | None,
        error: DocumentError | None = None,
        *,
        data: Any = _UNBUILT,
        duplicate_keys: bool = False,
    ) -> None:
        self._source: Source | None = source
        self._place = place
        skimmed, composed = (known, None) if isinstance(known, Skimmed) else (None, known)
        self._composed = composed
        self._built = data
        self.begin, self.end = place.begin, place.end
        self.duplicate_keys = duplicate_keys
        self.error = error
        self.start, self.header = skimmed or (self._find_start(source), scalar_fields(data))
        if composed:
            self._judge(composed, source.text)

    def _find_start(self, source: Source) -> int:
        if self._composed and (self._place.ordinal or not is_empty(self._composed.root.node)):
            return int(self._composed.root.node.start_mark.index) + self._place.begin
        match = _PREAMBLE.match(source.text, self._place.begin, self._place.end)
        return match.end() if match and match.end() < self._place.end else self._place.begin

    def _judge(self, composed: Composed, text: str) -> None:
        """Find out whether Kubernetes accepts the document, without building what nobody asks for."""
        root, odd, _ = composed
        start, end = (self._place.begin + mark.index for mark in (root.node.start_mark, root.node.end_mark))
        try:
            if root.aliased:
                check_expansion(root.node)
            self.duplicate_keys = True in [keys_repeat(mapping) for mapping in odd]
            if odd or root.aliased or root.tagged or _NOT_FINITE.search(text, start, end):
                data = build(root, odd)
                check_writable(data, root.node)
                self._built, self.header = data, scalar_fields(data)
            else:
                self.header = _header(root.node)
        except DocumentError as error:
            self.error = type(error)(error.message, error.offset + self._place.begin)
            self.duplicate_keys = False
            self._composed = None

    def build(self) -> Any:
        """Return plain data. Raises `LookupError` when the text is needed and `attach` was not called."""
        if self._built is not _UNBUILT:
            return self._built
        composed = self._tree()
        if composed is None:
            if self._source is None and self.error is None:
                raise LookupError("the data of this document needs its source: call attach() first")
            return None
        return build(composed.root, composed.odd)

    def _tree(self) -> Composed | None:
        if self._composed is None and self._source is not None and self.error is None:
            place = self._place
            self._composed = place.compose(self._source.text[place.begin : place.end], place.ordinal)
        return self._composed

    def locate(self, path: Path) -> Location | None:
        """Return where the value at `path` stands; a null written as nothing stands at its key."""
        return self._location(path, value_range)

    def locate_key(self, path: Path) -> Location | None:
        """Return where the key, or the first token of a list item, stands."""
        return self._location(path, key_range)

    def tree(self) -> tuple[TreeNode, int] | None:
        """Return the composed root and the offset in the source that its marks count from, or None."""
        composed = self._tree()
        return (composed.root.node, self._place.begin) if composed else None

    def _location(self, path: Path, find: Callable[..., Range | None]) -> Location | None:
        composed = self._tree()
        if composed is None or self._source is None:
            return None
        found = find(composed.root.node, path, self._source.text, self._place.begin, composed.indexes)
        if found is None:
            return None
        alias = self._span(*found.alias) if found.alias else None
        return Location(self._span(found.start, found.end), alias)

    def _span(self, start: int, end: int) -> Span:
        assert self._source is not None  # noqa: S101  only called with a source
        return self._source.span(start + self._place.begin, end + self._place.begin)

    def duplicates(self) -> list[tuple[Path, Span, Span]]:
        """Return each repeated key: its path, the span of the later and of the earlier one."""
        composed = self._tree() if self.duplicate_keys else None
        if composed is None or self._source is None:
            return []
        return [
            (
                path,
                self._span(later.start_mark.index, later.end_mark.index),
                self._span(first.start_mark.index, first.end_mark.index),
            )
            for path, later, first in repeated_keys(composed.root.node)
        ]

    def after_scalar(self, offset: int) -> int | None:
        """Return where the scalar around an offset ends, or None; the header of a block scalar is none."""
        composed = self._tree()
        if composed is None or self._source is None:
            return None
        base = self._place.begin
        node = scalar_at(composed.root.node, offset - base)
        if node is None:
            return None
        start = base + node.start_mark.index
        if node.id == "scalar" and node.style in ("|", ">") and not BREAK.search(self._source.text, start, offset):
            return None
        return base + int(node.end_mark.index)

    def release(self) -> None:
        """Drop the tree, and the data that `build` would give."""
        self._composed = None
        self._built = _UNBUILT

    def thin(self) -> None:
        """Drop a large tree: it is rarely asked for, and costs more to keep than to compose."""
        if self._composed and len(self._composed.root.collections) > _MOST_KEPT:
            self._composed = None

    def attach(self, source: Source) -> None:
        """Give a body that came from another process its source."""
        self._source = source

    def __getstate__(self) -> dict[str, Any]:
        kept = ("_place", "begin", "duplicate_keys", "end", "error", "header", "start")
        return {name: getattr(self, name) for name in kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in {"_source": None, "_composed": None, "_built": _UNBUILT, **state}.items():
            setattr(self, name, value)


def thinned(body: TreeBody) -> TreeBody:
    """Return a body that is kept beside others."""
    body.thin()
    return body
