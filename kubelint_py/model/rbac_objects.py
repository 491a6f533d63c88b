"""Roles, bindings and service accounts, read from plain data.

Objects may be malformed in every way: what cannot be read grants nothing, and nothing raises. Roles and
bindings are those of the API group rbac.authorization.k8s.io, in any version; an object without
`apiVersion` is taken by its kind.
Source of the semantics: Kubernetes API, rbac.authorization.k8s.io/v1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kubelint_py.model.rbac_rule import Rule, read_rule
from kubelint_py.model.rbac_subject import Subject, read_subject
from kubelint_py.model.selector import Requirement, requirements

_GROUP = "rbac.authorization.k8s.io"
_SCOPED = {"Role": True, "RoleBinding": True, "ClusterRole": False, "ClusterRoleBinding": False}
_LIST_DEPTH = 8

Conditions = tuple[Requirement, ...] | None
"""What a label selector asks for, as `selector.requirements` reads it."""


class ObjectId(NamedTuple):
    """An object's kind, namespace ("" for a cluster-scoped kind) and name."""

    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True, eq=False)
class Role:
    """A Role or ClusterRole as written.

    `index` is the position of its object in the set, None for a role Kubernetes brings along.
    `selectors` are those of its aggregation rule, None without one; they replace `rules`.
    """

    id: ObjectId
    index: int | None
    rules: tuple[Rule, ...]
    labels: Mapping[str, str]
    selectors: tuple[Conditions, ...] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A RoleBinding or ClusterRoleBinding as written.

    `index` is the position of its object in the set. `role` is what it refers to, None where the
    reference can never be one. `subjects` holds each identity once, with its position in the list.
    """

    id: ObjectId
    index: int
    role: ObjectId | None
    subjects: tuple[tuple[int, Subject], ...]

    @property
    def namespace(self) -> str:
        """Where the rights hold: the binding's namespace, "" for the whole cluster."""
        return self.id.namespace


class Objects(NamedTuple):
    """What of a set concerns RBAC, in the order of the set."""

    roles: list[Role]
    bindings: list[Binding]
    service_accounts: list[Subject]


def read_objects(objects: Iterable[object], namespace: str) -> Objects:
    """Pick roles, bindings and service accounts; `namespace` is that of an object which has none."""
    found = Objects([], [], [])
    for index, item in enumerate(objects):
        for value, group, kind in _expand(item, "", "", _LIST_DEPTH):
            if kind in _SCOPED and group in {_GROUP, None}:
                _read(found, index, value, kind, namespace)
            elif kind == "ServiceAccount" and group in {"", None}:
                identity = _identity(value, kind, namespace)
                if identity is not None and identity.name:
                    found.service_accounts.append(Subject.service_account(identity.namespace, identity.name))
    return found


def _expand(value: object, version: str, kind: str, depth: int) -> Iterator[tuple[Mapping[str, Any], str | None, str]]:
    """Yield the objects in a value with API group (None when unwritten) and kind, list kinds expanded."""
    if not isinstance(value, Mapping):
        return
    version = _text(value.get("apiVersion")) or version
    kind = _text(value.get("kind")) or kind
    items = value.get("items")
    if depth and kind.endswith("List") and isinstance(items, list):
        inherited = ("", "") if kind == "List" else (version, kind[: -len("List")])
        for item in items:
            yield from _expand(item, *inherited, depth - 1)
    else:
        yield value, version.rpartition("/")[0] if version else None, kind


def _read(found: Objects, index: int, value: Mapping[str, Any], kind: str, namespace: str) -> None:
    identity = _identity(value, kind, namespace if _SCOPED[kind] else "")
    if identity is None:
        return
    if kind.endswith("Binding"):
        reference = _role_id(value.get("roleRef"), identity.namespace)
        found.bindings.append(Binding(identity, index, reference, _subjects(value.get("subjects"), identity.namespace)))
    else:
        rules = tuple(read_rule(rule) for rule in _list(value.get("rules")))
        selectors = _selectors(value.get("aggregationRule")) if kind == "ClusterRole" else None
        found.roles.append(Role(identity, index, rules, _labels(value), selectors))


def _identity(value: Mapping[str, Any], kind: str, namespace: str) -> ObjectId | None:
    """Return kind, namespace and name; `namespace` "" is a cluster-scoped kind, whose own does not count."""
    metadata = _mapping(value.get("metadata"))
    own = metadata.get("namespace")
    if own is not None and not isinstance(own, str):
        return None
    return ObjectId(kind, namespace and (own or namespace), _text(metadata.get("name")))


def _role_id(value: object, namespace: str) -> ObjectId | None:
    reference = _mapping(value)
    kind, name = reference.get("kind"), _text(reference.get("name"))
    if kind == "ClusterRole" and name:
        return ObjectId("ClusterRole", "", name)
    return ObjectId("Role", namespace, name) if kind == "Role" and name and namespace else None


def _subjects(value: object, namespace: str) -> tuple[tuple[int, Subject], ...]:
    first: dict[Subject, int] = {}
    for index, item in enumerate(_list(value)):
        subject = read_subject(item, namespace)
        if subject is not None:
            first.setdefault(subject, index)
    return tuple((index, subject) for subject, index in first.items())


def _selectors(value: object) -> tuple[Conditions, ...] | None:
    if not isinstance(value, Mapping):
        return None
    # A null item decodes to the empty selector.
    items = _list(value.get("clusterRoleSelectors"))
    return tuple(requirements({} if item is None else item) for item in items)


def _labels(value: Mapping[str, Any]) -> dict[str, str]:
    labels = _mapping(_mapping(value.get("metadata")).get("labels"))
    return {key: label or "" for key, label in labels.items() if label is None or isinstance(label, str)}


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
