"""All places of a document, and other values there."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from itertools import islice
from typing import Any

from kubelint_py.source.document import Document, Path
from kubelint_py.source.protocol import Location


def paths(data: Any, most: int = 300) -> list[Path]:
    """Return the paths of the first so many fields, the root among them."""
    return list(islice(_paths(data), most))


def _paths(data: Any) -> Iterator[Path]:
    waiting: list[tuple[Path, Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        yield path
        if isinstance(value, dict):
            waiting += [((*path, key), below) for key, below in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), below) for index, below in enumerate(value)]


def with_value(data: Any, path: Path, value: Any) -> Any:
    """Return a copy of the data with another value at one of its paths."""
    copy = holder = deepcopy(data)
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return copy


def check_places(document: Document) -> None:
    """Check that everything asked of a document is answered, with places inside of its text."""
    if document.error is not None:
        assert document.data is None
        assert document.source is not None
        assert 0 <= document.error.offset <= len(document.source.text)
        assert document.error.message
        return
    for path in paths(document.data):
        if path or document.data is not None:
            _check(document, document.locate(path))
            _check(document, document.locate_key(path))
    assert document.begin <= document.start <= document.end
    document.release()
    _ = document.root.value


def _check(document: Document, location: Location | None) -> None:
    source = document.source
    assert source is not None
    assert location is not None
    for span in filter(None, location):
        assert span.start <= span.end
        start, end = source.offset(span.start), source.offset(span.end)
        assert document.begin <= start <= end <= document.end
        assert source.position(start) == span.start
        assert source.position(end) == span.end
