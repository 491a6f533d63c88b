"""The levels that workloads reach and what leads to the next one, as a table and as JSON. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kubelint_py.finding import ObjectReference
from kubelint_py.model.assembled import follow
from kubelint_py.model.pss_policy import LEVELS, PRIVILEGED
from kubelint_py.outputs._json import dumps, outline
from kubelint_py.outputs._text import cells, plain, plural

if TYPE_CHECKING:
    from kubelint_py.finding import Input
    from kubelint_py.model.pss_changes import Change, Standing
    from kubelint_py.model.resource import Resource
    from kubelint_py.source.document import Node

HEAD = ("WORKLOAD", "LEVEL", "TO REACH", "CHANGES")
_PARTIAL = "at most "

Row = tuple[str, str, str, str]


def as_json(standings: Sequence[Standing], inputs: Iterable[Input], version: str) -> str:
    """Return the report as JSON: `version` 1, `policy_version` (v1.N), `summary`, `inputs`, `workloads`.

    A workload has `file, document, line, object {apiVersion, kind, namespace, name}, template, partial, level,
    next_level, changes [{path, field, action, value, controls}]`. `template` and `path` are JSON Pointers,
    `document` counts from 0, `line` from 1; `action` is set or remove.
    """
    report = {
        "version": 1,
        "policy_version": version,
        "summary": {"workloads": len(standings), **_counts(standings)},
        "inputs": [each._asdict() for each in inputs],
        "workloads": [_data(each) for each in standings],
    }
    return outline(report, 2) + "\n"


def _counts(standings: Iterable[Standing]) -> dict[str, int]:
    reached = [each.level for each in standings]
    return {level: reached.count(level) for level in reversed(LEVELS)}


def _data(standing: Standing) -> dict[str, Any]:
    resource, pod = standing.workload.resource, standing.workload.pod
    return {
        "file": resource.document.name,
        "document": resource.document.index,
        "line": _line(resource),
        "object": ObjectReference.of(resource)._asdict(),
        "template": pod.template.pointer,
        "partial": pod.partial,
        "level": standing.level,
        "next_level": standing.next_level,
        "changes": [_change(each, standing) for each in standing.changes],
    }


def _line(resource: Resource) -> int:
    located = resource.document.locate((*resource.node.path, "metadata", "name"))
    return located.span.start.line if located else resource.document.line


def _change(change: Change, standing: Standing) -> dict[str, Any]:
    return {
        "path": change.node.pointer,
        "field": field(change.node, standing.workload.pod.node),
        "action": change.action,
        "value": change.value,
        "controls": list(change.controls),
    }


def field(node: Node, spec: Node) -> str:
    """Return how a table calls a field: from the pod's spec where it is in there, with names for positions."""
    depth = len(spec.path) if node.path[: len(spec.path)] == spec.path else 0
    above = follow(node.document.root, node.path[:depth])
    words = ""
    for key in node.path[depth:]:
        above = above.child(key)
        words += _word(key, above)
    return words.removeprefix(".")


def _word(key: str | int, node: Node) -> str:
    if isinstance(key, int):
        return f"[{plain(node.child('name').as_str or node.as_str or str(key))}]"
    return f".{plain(key)}" if key.replace("-", "").isalnum() else f"[{plain(key)}]"


def as_text(standings: Sequence[Standing], version: str) -> str:
    """Return the report as a table, by file, with a line that counts the levels."""
    rows: list[Row | str] = [HEAD]
    crowded = _crowded(standings)
    file = None
    for each in standings:
        resource = each.workload.resource
        if resource.document.name != file:
            file = resource.document.name
            rows.append(plain(file))
        rows += _rows(each, id(resource) in crowded)
    widths = [max(cells(row[column]) for row in rows if not isinstance(row, str)) for column in range(3)]
    lines = [row if isinstance(row, str) else _line_of(row, widths) for row in rows]
    counts = ", ".join(f"{count} {level}" for level, count in _counts(standings).items())
    lines.append(f"{plural(len(standings), 'workload')} by the standards of {version}: {counts}")
    return "\n".join(lines) + "\n"


def _crowded(standings: Iterable[Standing]) -> set[int]:
    """Return the objects, by identity, that have more than one pod template."""
    seen: set[int] = set()
    crowded: set[int] = set()
    for each in standings:
        own = id(each.workload.resource)
        (crowded if own in seen else seen).add(own)
    return crowded


def _rows(standing: Standing, crowded: bool) -> list[Row]:
    resource, pod = standing.workload.resource, standing.workload.pod
    name = "/".join(part for part in (resource.namespace, resource.name) if part)
    place = f" ({field(pod.template, resource.node)})" if crowded else ""
    level = standing.level if standing.level == PRIVILEGED or not pod.partial else _PARTIAL + standing.level
    changes = [_words(each, pod.node) for each in standing.changes] or [""]
    first: Row = (f"  {resource.kind} {plain(name)}{place}", level, standing.next_level, changes[0])
    return [first, *(("", "", "", change) for change in changes[1:])]


def _words(change: Change, spec: Node) -> str:
    what = field(change.node, spec)
    if change.action == "remove":
        return f"remove {what}"
    value = change.value
    shown = f"[{', '.join(value)}]" if isinstance(value, list) else value
    return f"set {what}: {shown if isinstance(shown, str) else dumps(shown)}"


def _line_of(row: Row, widths: Sequence[int]) -> str:
    padded = [cell + " " * (width - cells(cell)) for cell, width in zip(row, widths, strict=False)]
    return "  ".join((*padded, row[3])).rstrip()
