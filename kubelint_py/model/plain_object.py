"""Objects as plain data, read without trust: what has the wrong type counts as absent, and nothing raises.

Source of the list semantics: Kubernetes API conventions, "Lists and Simple kinds".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

_LIST_DEPTH = 8


class PlainObject(NamedTuple):
    """An object. `position` is where it, or the list it is in, stands in the set."""

    position: int
    value: Mapping[str, Any]
    api_version: str
    kind: str

    @property
    def group(self) -> str:
        """The API group, "" for the core group and where no `apiVersion` is written."""
        return self.api_version.rpartition("/")[0]


def expand(objects: Iterable[object]) -> Iterator[PlainObject]:
    """Yield the objects of a set, those of list kinds one by one."""
    for position, item in enumerate(objects):
        yield from _expand(position, item, "", "", _LIST_DEPTH)


def _expand(position: int, value: object, version: str, kind: str, depth: int) -> Iterator[PlainObject]:
    if not isinstance(value, Mapping):
        return
    version = text(value.get("apiVersion")) or version
    kind = text(value.get("kind")) or kind
    items = value.get("items")
    if depth and kind.endswith("List") and isinstance(items, list):
        inherited = ("", "") if kind == "List" else (version, kind[: -len("List")])
        for item in items:
            yield from _expand(position, item, *inherited, depth - 1)
    else:
        yield PlainObject(position, value, version, kind)


def mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, Mapping) else {}


def text(value: object) -> str:
    """Return a string as it is, and an empty one for anything else."""
    return value if isinstance(value, str) else ""
