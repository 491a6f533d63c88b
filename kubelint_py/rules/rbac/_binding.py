"""What the rules about bindings have in common: to which role, and to whom."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.authoring import Node, Resource
from kubelint_py.model.resource import string_map
from kubelint_py.rules.rbac._role import GROUP

BINDINGS = ("ClusterRoleBinding", "RoleBinding")


class RoleReference(NamedTuple):
    """What a binding refers to; all "" where it refers to nothing."""

    kind: str
    name: str


ADMIN = RoleReference("ClusterRole", "cluster-admin")


class Who(NamedTuple):
    """One item of `subjects`. `namespace` is that of a service account, "" for users and groups."""

    node: Node
    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.label!r}"

    @property
    def label(self) -> str:
        """`name`, or `namespace/name`."""
        return f"{self.namespace}/{self.name}" if self.namespace else self.name


def role_of(binding: Resource) -> RoleReference:
    """Return the role; a reference into another API group is none."""
    reference = string_map(binding.node.at("roleRef").value)
    if binding.group != GROUP or reference.get("apiGroup", "") not in ("", GROUP):
        return RoleReference("", "")
    return RoleReference(reference.get("kind", ""), reference.get("name", ""))


def subjects_of(binding: Resource) -> Iterator[Who]:
    """Yield the subjects that have a kind and a name."""
    if binding.group != GROUP:
        return
    for node in binding.node.at("subjects").items():
        subject = string_map(node.value)
        kind, name = subject.get("kind", ""), subject.get("name", "")
        if kind and name:
            own = (subject.get("namespace") or binding.namespace) if kind == "ServiceAccount" else ""
            yield Who(node, kind, own, name)


def place_of(binding: Resource) -> str:
    """Tell where the rights of a binding hold."""
    if binding.kind == "ClusterRoleBinding":
        return "in the whole cluster"
    return f"in namespace {binding.namespace!r}" if binding.namespace else "in its namespace"
