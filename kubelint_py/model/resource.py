"""A Kubernetes object as a read-only view over a document.

Objects inside a list kind (`List`, `ConfigMapList`, …) are resources of their own, at their place.
Source of the list semantics: Kubernetes API conventions, "Lists and Simple kinds".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kubelint_py.source.document import Document, Node

_LIST_DEPTH = 8


class Resource:
    """One object. Everything is as written: `namespace` is "" where the manifest has none."""

    __slots__ = ("_annotations", "_labels", "api_version", "group", "kind", "name", "namespace", "node")

    def __init__(self, node: Node, api_version: str, kind: str) -> None:
        self.node = node
        self.api_version = api_version
        self.group = api_version.rpartition("/")[0]
        self.kind = kind
        metadata = _mapping(node.value.get("metadata") if isinstance(node.value, dict) else None)
        self.name = _text(metadata.get("name")) or _text(metadata.get("generateName"))
        self.namespace = _text(metadata.get("namespace"))
        self._labels: dict[str, str] | None = None
        self._annotations: dict[str, str] | None = None

    def __repr__(self) -> str:
        return f"Resource({self.api_version} {self.kind} {self.namespace}/{self.name})"

    @property
    def document(self) -> Document:
        """The document the object stands in."""
        return self.node.document

    @property
    def data(self) -> dict[str, Any]:
        """The object as plain data."""
        return _mapping(self.node.value)

    @property
    def labels(self) -> dict[str, str]:
        """Labels whose value is a string."""
        if self._labels is None:
            self._labels = string_map(self.node.at("metadata.labels").value)
        return self._labels

    @property
    def annotations(self) -> dict[str, str]:
        """Annotations whose value is a string."""
        if self._annotations is None:
            self._annotations = string_map(self.node.at("metadata.annotations").value)
        return self._annotations

    @property
    def title(self) -> str:
        """`Kind/name`, for messages."""
        return f"{self.kind}/{self.name}" if self.name else self.kind

    def is_(self, group: str, *kinds: str) -> bool:
        """Whether the object is of this API group and one of these kinds."""
        return self.kind in kinds and self.group == group


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def string_map(value: Any) -> dict[str, str]:
    """Return the entries of a mapping whose value is a string; empty for anything else."""
    if not isinstance(value, dict):
        return {}
    return {key: text for key, text in value.items() if isinstance(text, str)}


def resources(document: Document) -> Iterator[Resource]:
    """Yield the objects of a document, list kinds expanded."""
    yield from sorted_out(document)[0]


def sorted_out(document: Document) -> tuple[list[Resource], list[Node]]:
    """Return the objects of a document, list kinds expanded, and what stands where one should but lacks its type.

    The latter are mappings without an `apiVersion` or a `kind`.
    """
    found: list[Resource] = []
    untyped: list[Node] = []
    for node, api_version, kind in _expand(document.root, "", "", _LIST_DEPTH):
        if api_version and kind:
            found.append(Resource(node, api_version, kind))
        else:
            untyped.append(node)
    return found, untyped


def _expand(node: Node, api_version: str, kind: str, depth: int) -> Iterator[tuple[Node, str, str]]:
    """Yield what is no list of objects, with `apiVersion` and `kind`."""
    value = node.value
    if not isinstance(value, dict):
        return
    api_version = _text(value.get("apiVersion")) or api_version
    kind = _text(value.get("kind")) or kind
    items = value.get("items")
    if depth and api_version and kind.endswith("List") and isinstance(items, list):
        inherited = ("", "") if kind == "List" else (api_version, kind[: -len("List")])
        for item in node.child("items").items():
            yield from _expand(item, *inherited, depth - 1)
    else:
        yield node, api_version, kind
