"""Each role of a set with the bindings that make it effective: who holds it, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from itertools import chain
from typing import NamedTuple

from kubelint_py.authoring import Bundle, Node, Resource
from kubelint_py.model.rbac_objects import Binding, Role
from kubelint_py.model.rbac_primitive import Part, rights
from kubelint_py.model.rbac_rights import Hit
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.model.rbac_subject import AUTHENTICATED, SERVICE_ACCOUNTS, UNAUTHENTICATED, Subject
from kubelint_py.rules.rbac._once import once
from kubelint_py.rules.rbac._role import is_system, policy_rules

KINDS = ("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding")
Allowed = Mapping[str, str]
NOBODY: Allowed = {}
KUBE_SYSTEM = "kube-system"
_BROAD = (AUTHENTICATED, UNAUTHENTICATED, SERVICE_ACCOUNTS)
AGGREGATED_BY = "rbac.authorization.k8s.io/aggregate-to-"


class Holder(NamedTuple):
    """A subject of a binding; `namespace` is where the rights hold, "" for the whole cluster."""

    subject: Subject
    namespace: str
    binding: Resource
    node: Node

    @property
    def is_broad(self) -> bool:
        """Whether the subject is everybody, or every service account of the cluster or of a namespace."""
        name = self.subject.name
        return self.subject.kind == "Group" and (name in _BROAD or name.startswith(f"{SERVICE_ACCOUNTS}:"))

    @property
    def is_control_plane(self) -> bool:
        """Whether the subject is a part of Kubernetes itself."""
        return self.subject.kind != "ServiceAccount" and self.subject.name.startswith("system:") and not self.is_broad


class HeldRole(NamedTuple):
    """A role, the rules its author answers for, and who holds it.

    `rights` is what each rule gives in the widest scope the role is bound in. `is_bound` is False where no
    binding of the set leads to it. `scopes` is where the role holds: namespaces in order, "" for the whole cluster;
    empty where nobody holds it.
    """

    role: Resource
    rules: tuple[tuple[Node, Rule], ...]
    rights: tuple[dict[Part, Hit], ...]
    holders: tuple[Holder, ...]
    is_bound: bool
    scopes: tuple[str, ...]

    def without(self, roles: Allowed, subjects: Allowed) -> HeldRole | None:
        """Return the role less the allowed subjects; None where it is allowed itself or nobody is left."""
        if not roles and not subjects:
            return None if self.is_bound and not self.holders else self
        if any(is_allowed(name, roles) for name in (self.role.name, f"{self.role.namespace}/{self.role.name}")):
            return None
        left = tuple(each for each in self.holders if not is_allowed(label(each.subject), subjects))
        return None if self.is_bound and not left else self._replace(holders=left, scopes=_scopes(left))


def is_allowed(name: str, allowed: Iterable[str]) -> bool:
    """Whether a pattern of an option covers a name."""
    return any(fnmatchcase(name, pattern) for pattern in allowed)


def label(subject: Subject) -> str:
    """Return `namespace/name` of a service account, the name of a user or group."""
    return f"{subject.namespace}/{subject.name}" if subject.namespace else subject.name


@once
def held_roles(bundle: Bundle) -> tuple[HeldRole, ...]:
    """Return the roles of a set, but those of Kubernetes itself, in the order of the set."""
    return tuple(_held_roles(bundle))


def judged_roles(bundle: Bundle, roles: Allowed, subjects: Allowed) -> Iterator[HeldRole]:
    """Yield the roles of a set that are not allowed, each less the subjects that are."""
    for role in held_roles(bundle):
        left = role.without(roles, subjects)
        if left is not None:
            yield left


def _held_roles(bundle: Bundle) -> Iterator[HeldRole]:
    bindings = _bindings_by_role(bundle)
    holders = {binding: tuple(_holders(bundle, binding)) for binding in bundle.permissions.bindings}
    for role in bundle.permissions.roles:
        resource = bundle.resources[role.index or 0]
        rules = tuple(policy_rules(resource))
        if rules:
            several = bindings.get(role, [])
            found = tuple(chain.from_iterable(holders[binding] for binding in several))
            cluster = _in_cluster(role, several)
            given = tuple(rights(rule, cluster) for _, rule in rules)
            yield HeldRole(resource, rules, given, found, bool(several), _scopes(found))


def _in_cluster(role: Role, bindings: list[Binding]) -> bool:
    """Whether the rights of a role hold in the whole cluster, or may."""
    return role.id.kind == "ClusterRole" and (not bindings or any(not binding.namespace for binding in bindings))


def _scopes(holders: Iterable[Holder]) -> tuple[str, ...]:
    return tuple(sorted({holder.namespace for holder in holders}))


def _holders(bundle: Bundle, binding: Binding) -> Iterator[Holder]:
    resource = bundle.resources[binding.index]
    if is_system(resource):
        return
    for index, subject in binding.subjects:
        holder = Holder(subject, binding.namespace, resource, resource.node.at("subjects", index))
        if not holder.is_control_plane:
            yield holder


def _bindings_by_role(bundle: Bundle) -> dict[Role, list[Binding]]:
    """Return the bindings through which each role has an effect, aggregation included."""
    permissions = bundle.permissions
    reached: dict[Role, list[Role]] = {}
    found: dict[Role, list[Binding]] = {}
    for binding in permissions.bindings:
        role = permissions.role_of(binding)
        if role is None:
            continue
        if role not in reached:
            reached[role] = list(dict.fromkeys([role, *(written.role for written in permissions.rules(role))]))
        for source in reached[role]:
            found.setdefault(source, []).append(binding)
    return found


def aggregated_into(role: Resource) -> list[str]:
    """Return the built-in roles a ClusterRole adds its rules to."""
    names = ("admin", "edit", "view")
    return [name for name in names if role.labels.get(AGGREGATED_BY + name) == "true"]
