"""What a document asks of the reader that made it."""

from __future__ import annotations

from typing import Any, NamedTuple, Protocol

from kubelint_py.errors import DocumentError
from kubelint_py.source.text import Source, Span
from kubelint_py.source.tree import TreeNode

Path = tuple[str | int, ...]
"""Keys and list indices from the root of a document to a field."""


def pointer_of(path: Path) -> str:
    """Return a path as a JSON Pointer (RFC 6901)."""
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


class Location(NamedTuple):
    """Where a field stands. `alias` is the place of the alias that led to an anchored value."""

    span: Span
    alias: Span | None = None


class Body(Protocol):
    """What a reader keeps of one document: how to build the data and where fields stand."""

    start: int
    """Offset of the document's first character in the source."""
    begin: int
    end: int
    """The part of the source that belongs to the document, comments around it included."""
    error: DocumentError | None
    duplicate_keys: bool
    header: dict[str, Any]
    """The scalar fields right below the root; `apiVersion` and `kind` at least."""

    def build(self) -> Any:
        """Return plain data."""

    def locate(self, path: Path) -> Location | None:
        """Return where the value at `path` stands, or None when the path leads nowhere.

        It stands behind its anchor and tag. A null that is written as nothing stands at its key.
        """

    def locate_key(self, path: Path) -> Location | None:
        """Return where the key (or for a list item its first token) of `path` stands."""

    def tree(self) -> tuple[TreeNode, int] | None:
        """Return the composed root and the offset in the source that its marks count from, or None."""

    def duplicates(self) -> list[tuple[Path, Span, Span]]:
        """Return each repeated key: its path, the span of the later and of the earlier one."""

    def after_scalar(self, offset: int) -> int | None:
        """Return where the scalar around an offset of the source ends, or None when it is in none."""

    def release(self) -> None:
        """Drop what can be composed again from the text."""

    def attach(self, source: Source) -> None:
        """Take up the source again after a journey between processes."""
