"""A document of a source, and light views over its data.

`Document` knows how its data is built and where each field stands; both happen on demand only.
`Node` is a field of a document: a path and the plain value found there. A node is cheap, never
raises while walking, and asks for positions only when somebody reports it.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kubelint_py.errors import DocumentError
from kubelint_py.source.plain import is_shallow, scalar_fields
from kubelint_py.source.protocol import Body, Location, Path, pointer_of
from kubelint_py.source.text import Source, Span
from kubelint_py.source.tree import TreeNode

__all__ = ["Document", "Location", "Node", "Path", "pointer_of"]

_MISSING: Any = object()


class Document:
    """One document of a source.

    `data` is plain dict, list, str, int, float, bool or None. `error` says why the document is
    refused; its data is then None. `index` counts from 0, `line` from 1.

    A document can be pickled. It then carries its data, if that was built, but neither tree nor text;
    positions, and data that was not built, need `attach` first.
    """

    __slots__ = ("_body", "_data", "_line", "_name", "index", "source")

    def __init__(self, source: Source | None, index: int, body: Body | None, data: Any = _MISSING) -> None:
        self.source = source
        self.index = index
        self._body = body
        self._data = data
        self._name = source.name if source else ""
        self._line: int | None = None

    @classmethod
    def from_data(cls, data: Any, index: int) -> Document:
        """Return a document of plain data without text: no positions, line 0."""
        return cls(None, index, None, data)

    @property
    def data(self) -> Any:
        """Plain data, built on first use; None for a refused, empty or comment-only document."""
        if self._data is _MISSING:
            self._data = self._body.build() if self._body and self._body.error is None else None
        return self._data

    @property
    def header(self) -> dict[str, Any]:
        """The fields right below the root whose values are scalars, `apiVersion` and `kind` at least.

        They are known without building the data.
        """
        if self._body:
            return self._body.header
        return scalar_fields(self.data)

    @property
    def error(self) -> DocumentError | None:
        """Why the document is refused, or None."""
        return self._body.error if self._body else None

    @property
    def duplicate_keys(self) -> bool:
        """Whether strict reading complains of a repeated key."""
        return bool(self._body and self._body.duplicate_keys)

    @property
    def start(self) -> int:
        """Offset of the first character in the source."""
        return self._body.start if self._body else 0

    @property
    def begin(self) -> int:
        """Offset where the part of the source begins that belongs to the document, with its comments."""
        return self._body.begin if self._body else 0

    @property
    def end(self) -> int:
        """Offset where that part ends."""
        return self._body.end if self._body else 0

    @property
    def text(self) -> str:
        """The part of the source that belongs to the document; empty without text."""
        return self.source.text[self.begin : self.end] if self.source else ""

    @property
    def name(self) -> str:
        """Name of the source; empty when the document has no text."""
        return self._name

    @property
    def line(self) -> int:
        """Line of the first character, from 1; 0 when the document has no text."""
        if self._line is None:
            self._line = self.source.position(self.start).line if self.source and self._body else 0
        return self._line

    @property
    def root(self) -> Node:
        """The whole document as a node."""
        return Node(self, (), self.data)

    def locate(self, path: Path) -> Location | None:
        """Return the place of the value at `path`, or None without text or such a value."""
        return self._body.locate(path) if self._body else None

    def locate_key(self, path: Path) -> Location | None:
        """Return the place of the key at `path`, or None without text or such a key."""
        return self._body.locate_key(path) if self._body else None

    def tree(self) -> tuple[TreeNode, int] | None:
        """Return the composed root and the offset in the source that its marks count from; None without text."""
        return self._body.tree() if self._body else None

    def duplicates(self) -> list[tuple[Path, Span, Span]]:
        """Return each repeated key: its path, the span of the later and of the earlier one."""
        return self._body.duplicates() if self._body else []

    def after_scalar(self, offset: int) -> int | None:
        """Return where the scalar around an offset of the source ends, or None when it is in none."""
        return self._body.after_scalar(offset) if self._body else None

    def release(self) -> None:
        """Drop the composed tree; positions asked for later compose it again."""
        if self._body:
            self._body.release()

    def attach(self, source: Source) -> None:
        """Give a document that was pickled its source again: the same text under the same name."""
        self.source = source
        self._name = source.name
        if self._body:
            self._body.attach(source)

    def __getstate__(self) -> dict[str, Any]:
        state = {"index": self.index, "_body": self._body, "_name": self._name, "_line": self.line}
        if self._data is not _MISSING and (self._body is None or is_shallow(self._data)):
            state["_data"] = self._data
        return state

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in {"source": None, "_data": _MISSING, **state}.items():
            setattr(self, name, value)


@lru_cache(maxsize=4096)
def _split(path: str) -> Path:
    return tuple(int(part) if part.isdecimal() else part for part in path.split("."))


def _step(value: Any, key: str | int) -> Any:
    if isinstance(value, dict):
        return value.get(key if isinstance(key, str) else str(key), _MISSING)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return _MISSING


class Node:
    """A field of a document: its path and its plain value.

    Frozen by convention: nothing assigns to a node after it is made. A missing field is a node
    with `present == False` and value None.
    """

    __slots__ = ("document", "path", "present", "value")

    def __init__(self, document: Document, path: Path, value: Any, present: bool = True) -> None:
        self.document = document
        self.path = path
        self.value = value
        self.present = present

    def __repr__(self) -> str:
        return f"Node({self.pointer!r}, present={self.present})"

    def at(self, *keys: str | int) -> Node:
        """Return the field below. One string is a dotted path (`"a.b.0.c"`); several arguments, or a
        number, are exact keys (`"a", "b.c/d"`). Never raises."""
        steps: Path = _split(keys[0]) if len(keys) == 1 and isinstance(keys[0], str) else keys
        value = self.value if self.present else _MISSING
        for key in steps:
            value = _step(value, key)
            if value is _MISSING:
                return Node(self.document, self.path + steps, None, False)
        return Node(self.document, self.path + steps, value)

    def child(self, key: str | int) -> Node:
        """Return the field under exactly this key, dots and all."""
        value = _step(self.value, key) if self.present else _MISSING
        if value is _MISSING:
            return Node(self.document, (*self.path, key), None, False)
        return Node(self.document, (*self.path, key), value)

    @property
    def as_bool(self) -> bool | None:
        """The value if it is a boolean."""
        return self.value if isinstance(self.value, bool) else None

    @property
    def as_int(self) -> int | None:
        """The value if it is an integer."""
        return self.value if isinstance(self.value, int) and not isinstance(self.value, bool) else None

    @property
    def as_str(self) -> str | None:
        """The value if it is a string."""
        return self.value if isinstance(self.value, str) else None

    @property
    def as_list(self) -> list[Any] | None:
        """The plain value if it is a list."""
        return self.value if isinstance(self.value, list) else None

    @property
    def as_map(self) -> dict[str, Any] | None:
        """The plain value if it is a mapping."""
        return self.value if isinstance(self.value, dict) else None

    def items(self) -> Iterator[Node]:
        """Yield the items of a list; nothing for anything else."""
        if isinstance(self.value, list):
            for index, value in enumerate(self.value):
                yield Node(self.document, (*self.path, index), value)

    def entries(self) -> Iterator[tuple[str, Node]]:
        """Yield key and field of a mapping; nothing for anything else."""
        if isinstance(self.value, dict):
            for key, value in self.value.items():
                yield key, Node(self.document, (*self.path, key), value)

    @property
    def pointer(self) -> str:
        """The path as a JSON Pointer (RFC 6901)."""
        return pointer_of(self.path)

    @property
    def parent(self) -> Node:
        """The field above; the root is its own parent."""
        node = self.document.root
        for key in self.path[:-1]:
            node = node.child(key)
        return node
