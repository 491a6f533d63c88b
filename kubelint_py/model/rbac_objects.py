"""Roles, bindings and service accounts, read from plain data.

Objects may be malformed in every way: what cannot be read grants nothing, and nothing raises. Roles and
bindings are those of the API group rbac.authorization.k8s.io, in any version; an object without
`apiVersion` is taken by its kind.
Source of the semantics: Kubernetes API, rbac.authorization.k8s.io/v1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from kubelint_py.model.plain_object import PlainObject, expand, mapping, text
from kubelint_py.model.rbac_rule import Rule, read_rule
from kubelint_py.model.rbac_subject import Subject, read_subject
from kubelint_py.model.selector import Requirement, requirements

_GROUP = "rbac.authorization.k8s.io"
_SCOPED = {"Role": True, "RoleBinding": True, "ClusterRole": False, "ClusterRoleBinding": False}

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
    for each in expand(objects):
        if each.kind in _SCOPED and (each.group == _GROUP or not each.api_version):
            _read(found, each, namespace)
        elif each.kind == "ServiceAccount" and not each.group:
            identity = _identity(each.value, each.kind, namespace)
            if identity is not None and identity.name:
                found.service_accounts.append(Subject.service_account(identity.namespace, identity.name))
    return found


def _read(found: Objects, each: PlainObject, namespace: str) -> None:
    position, value, _, kind = each
    identity = _identity(value, kind, namespace if _SCOPED[kind] else "")
    if identity is None:
        return
    if kind.endswith("Binding"):
        reference = _role_id(value.get("roleRef"), identity.namespace)
        found.bindings.append(
            Binding(identity, position, reference, _subjects(value.get("subjects"), identity.namespace))
        )
    else:
        rules = tuple(read_rule(rule) for rule in _list(value.get("rules")))
        selectors = _selectors(value.get("aggregationRule")) if kind == "ClusterRole" else None
        found.roles.append(Role(identity, position, rules, _labels(value), selectors))


def _identity(value: Mapping[str, Any], kind: str, namespace: str) -> ObjectId | None:
    """Return kind, namespace and name; `namespace` "" is a cluster-scoped kind, whose own does not count."""
    metadata = mapping(value.get("metadata"))
    own = metadata.get("namespace")
    if own is not None and not isinstance(own, str):
        return None
    return ObjectId(kind, namespace and (own or namespace), text(metadata.get("name")))


def _role_id(value: object, namespace: str) -> ObjectId | None:
    reference = mapping(value)
    kind, name = reference.get("kind"), text(reference.get("name"))
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
    labels = mapping(mapping(value.get("metadata")).get("labels"))
    return {key: label or "" for key, label in labels.items() if label is None or isinstance(label, str)}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
