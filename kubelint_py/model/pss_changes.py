"""How far a workload is from the next level of the Pod Security Standards: the fewest changes that lead there.

Each violation goes away by one change to one field; what the whole pod can say for its containers is one change.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kubelint_py.model.assembled import follow
from kubelint_py.model.pss import Violation
from kubelint_py.model.pss_policy import BASELINE, PRIVILEGED, RESTRICTED, Version
from kubelint_py.model.workload import PodSpec, Workload
from kubelint_py.source.document import Node

SET, REMOVE = "set", "remove"

_SETS: dict[str, Any] = {
    "allowPrivilegeEscalation": False,
    "hostProcess": False,
    "privileged": False,
    "runAsNonRoot": True,
}
"""Fields that get a value; those that are not here, and are no profile, are removed."""
_PROFILES = frozenset({"appArmorProfile", "seccompProfile"})
_SECURITY = ("spec", "securityContext")


class Change(NamedTuple):
    """A field to set to a value or to remove. `node` is the field, `controls` what asks for it."""

    node: Node
    action: str
    value: Any
    controls: tuple[str, ...]


class Standing(NamedTuple):
    """The level a workload reaches, the next one ("" after the strictest), and the fewest changes that lead there.

    Of a partial pod it is the strictest level it can reach, because what is not written may be filled in.
    """

    workload: Workload
    level: str
    next_level: str
    changes: tuple[Change, ...]


def standing(workload: Workload, version: Version) -> Standing:
    """Judge a workload by the standards of a version."""
    pod = workload.pod
    refused = ""
    missing: list[Violation] = []
    for level in (RESTRICTED, BASELINE):
        found = pod.judged(version, level)
        if not found:
            break
        refused, missing = level, found
    else:
        level = PRIVILEGED
    return Standing(workload, level, refused, tuple(_changes(pod, missing)))


def _changes(pod: PodSpec, found: list[Violation]) -> Iterator[Change]:
    merged: dict[tuple[str | int, ...], Change] = {}
    for violation in found:
        path, action, value = _change(pod, violation)
        node = follow(pod.template, path)
        known = merged.get(node.path)
        controls = (*known.controls, violation.control) if known else (violation.control,)
        merged[node.path] = Change(node, action, value, tuple(dict.fromkeys(controls)))
    yield from merged.values()


def _change(pod: PodSpec, violation: Violation) -> tuple[tuple[str | int, ...], str, Any]:
    path = violation.path
    field = path[-1]
    if field == "drop":
        return path, SET, ["ALL"]
    if field == "type" and path[-2] in _PROFILES:
        written = follow(pod.template, path[:-1]).as_map is not None
        return path if written else (*_SECURITY, *path[-2:]), SET, "RuntimeDefault"
    if violation.control == "sysctls":
        return path[:-1], REMOVE, None
    if field == "runAsNonRoot" and violation.value is None:
        path = (*_SECURITY, field)
    return (path, SET, _SETS[field]) if field in _SETS else (path, REMOVE, None)
