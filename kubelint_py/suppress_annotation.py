"""Directives in annotations: `kubelint.io/ignore: rule, …: reason`.

An annotation covers the object or template whose `metadata` holds it. `kubelint.io/ignore.<container>`
covers only the containers of that name in there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import Any, NamedTuple

from kubelint_py.finding import ObjectReference
from kubelint_py.model.resource import Resource
from kubelint_py.source.document import Document, Path, pointer_of
from kubelint_py.source.text import NOWHERE, Source
from kubelint_py.suppress_directive import Complaint, Directive, Policy, Spot, read_content
from kubelint_py.suppress_words import ANNOTATION, DOMAIN

KEY = DOMAIN + "ignore"
_HOLDER = ("metadata", "annotations")
_CONTAINER_LISTS = frozenset({"containers", "initContainers", "ephemeralContainers"})
_NAME = re.compile(r"[^\s,:]+")
_SEPARATOR = re.compile(r"[\s,]*")
Containers = Mapping[str, Sequence[str]]


class Annotation(NamedTuple):
    """A key of our domain, wherever it stands in a document."""

    document: Document
    path: Path
    key: str
    value: Any

    @property
    def spot(self) -> Spot:
        """Where the key stands."""
        found = self.document.locate_key(self.path)
        start, end = found.span if found else NOWHERE
        holder = _object_at(self.document, self.path)
        return Spot(start.line, start.column, end.column, self.document.index, pointer_of(self.path), holder)


def _object_at(document: Document, path: Path) -> ObjectReference | None:
    """Return the innermost object, lists expanded, that holds a field."""
    reference = None
    node = document.root
    for step in (*path, ""):
        data = node.value
        if isinstance(data, dict) and isinstance(data.get("apiVersion"), str) and isinstance(data.get("kind"), str):
            reference = ObjectReference.of(Resource(node, data["apiVersion"], data["kind"]))
        node = node.child(step)
    return reference


def read_annotations(
    source: Source | None, documents: Sequence[Document], policy: Policy
) -> Iterator[Directive | Complaint]:
    """Yield the directives in annotations and what is wrong with them, document by document."""
    for document in documents if source is None else _candidates(source.text, documents):
        # Each container of a pod may have an annotation of its own.
        containers = cache(partial(_containers, document))
        for annotation in _annotations(document):
            yield from _read_annotation(annotation, policy, containers)


def _candidates(text: str, documents: Sequence[Document]) -> list[Document]:
    starts = [document.begin for document in documents]
    found: dict[int, Document] = {}
    offset = text.find(DOMAIN)
    while offset >= 0 and documents:
        index = max(bisect_right(starts, offset) - 1, 0)
        found[index] = documents[index]
        end = starts[index + 1] if index + 1 < len(starts) else len(text)
        offset = text.find(DOMAIN, max(end, offset + 1))
    return list(found.values())


def _annotations(document: Document) -> Iterator[Annotation]:
    pending: list[tuple[Path, Any]] = [((), document.data)]
    while pending:
        path, value = pending.pop()
        if isinstance(value, dict):
            for key, child in reversed(value.items()):
                if key.startswith(DOMAIN):
                    yield Annotation(document, (*path, key), key, child)
                elif isinstance(child, dict | list):
                    pending.append(((*path, key), child))
        elif isinstance(value, list):
            pending += [((*path, index), child) for index, child in reversed(list(enumerate(value)))]


def _read_annotation(
    annotation: Annotation, policy: Policy, containers_below: Callable[[Path], Containers]
) -> Iterator[Directive | Complaint]:
    spot = annotation.spot
    unreadable = _unreadable(annotation)
    if unreadable:
        yield Complaint(unreadable, spot)
        return
    names, reason, complaint = _content(annotation.value, policy)
    said = read_content(names, reason, policy)
    container = annotation.key[len(KEY) + 1 :]
    scope = annotation.path[:-3]
    containers = tuple(containers_below(scope).get(container, ())) if container else ()
    missing = f"there is no container {container!r} here" if container and not containers else ""
    for each in (complaint, *said.complaints, missing):
        if each:
            yield Complaint(each, spot)
    yield Directive(ANNOTATION, said, spot, scope=pointer_of(scope), container=container, containers=containers)


def _unreadable(annotation: Annotation) -> str:
    if annotation.path[-3:-1] != _HOLDER:
        return f"{annotation.key} is read under metadata.annotations only"
    if annotation.key != KEY and not (annotation.key.startswith(KEY + ".") and len(annotation.key) > len(KEY) + 1):
        return f"unknown annotation {annotation.key}: there are {KEY} and {KEY}.<container>"
    if not isinstance(annotation.value, str):
        return f"{annotation.key} must be a string"
    return ""


def _content(value: str, policy: Policy) -> tuple[list[str], str, str]:
    """Return the rule names, the reason, and what is wrong with the list."""
    names, rest = _split(value.strip())
    reason = rest.removeprefix(":").strip()
    first = reason.split(maxsplit=1)[0].rstrip(",:") if reason else ""
    if not rest.startswith(":") and policy.registry.resolve(first):
        return names, reason, f"separate rules by commas: {first!r} is read as the reason"
    return names, reason, ""


def _split(value: str) -> tuple[list[str], str]:
    """Return the names that commas separate, and what follows them."""
    names, position, more = [], 0, True
    while more and (match := _NAME.match(value, position)):
        names.append(match[0])
        separator = _SEPARATOR.match(value, match.end())
        position = separator.end() if separator else match.end()
        more = "," in value[match.end() : position]
    return names, value[position:]


def _containers(document: Document, scope: Path) -> Containers:
    """Return where the containers of each name stand below a path."""
    found: dict[str, list[str]] = {}
    top = document.root
    for step in scope:
        top = top.child(step)
    pending = [top]
    while pending:
        node = pending.pop()
        for key, child in node.entries():
            if key in _CONTAINER_LISTS:
                for item in child.items():
                    found.setdefault(item.at("name").as_str or "", []).append(item.pointer)
            pending.append(child)
        pending += node.items()
    return found
