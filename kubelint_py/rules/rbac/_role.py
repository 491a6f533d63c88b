"""What the rules about roles have in common: which rules of a role count, and how they are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kubelint_py.authoring import Node, Resource
from kubelint_py.model.rbac_cover import uncovered
from kubelint_py.model.rbac_objects import ObjectId
from kubelint_py.model.rbac_roles import built_in_roles
from kubelint_py.model.rbac_rule import ANY, Rule, read_rule

GROUP = "rbac.authorization.k8s.io"
ROLES = ("ClusterRole", "Role")
_DEFAULTS = ("kubernetes.io/bootstrapping", "rbac-defaults")
_SHOWN = 3


def is_default(resource: Resource) -> bool:
    """Whether the object says that Kubernetes itself created it and keeps it up to date."""
    return resource.labels.get(_DEFAULTS[0]) == _DEFAULTS[1]


def is_system(resource: Resource) -> bool:
    """Whether an object is one of Kubernetes itself, by what it says or by its name."""
    return is_default(resource) or resource.name.startswith("system:")


def has_author(role: Resource) -> bool:
    """Whether the rules of a role are its author's: not Kubernetes' own, nor put together by a controller."""
    return role.group == GROUP and not is_system(role) and not role.data.get("aggregationRule")


def policy_rules(role: Resource) -> Iterator[tuple[Node, Rule]]:
    """Yield the rules of a role that its author answers for, each with its place.

    Those of an aggregated ClusterRole are left out, because the controller overwrites them, and so are those of
    Kubernetes itself, and what a built-in role of that name has anyway.
    """
    if not has_author(role):
        return
    for node in role.node.at("rules").items():
        rule = read_rule(node.value)
        if rule.verbs and not _built_in(role, rule):
            yield node, rule


def _built_in(role: Resource, rule: Rule) -> bool:
    namespace = role.namespace if role.kind == "Role" else ""
    known = built_in_roles().get(ObjectId(role.kind, namespace, role.name))
    return known is not None and not uncovered(rule, known.rules)


def item(node: Node, field: str, value: str) -> Node:
    """Return the item of a list of strings that equals a value, or the list."""
    values = node.at(field)
    return next((each for each in values.items() if each.value == value), values)


def title(role: Resource) -> str:
    """Name a role in a message."""
    return f"{'cluster role' if role.kind == 'ClusterRole' else 'role'} {role.name!r}"


def listed(names: Sequence[str]) -> str:
    """Name the first few of many things."""
    shown = ", ".join(repr(name) for name in names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"


def is_wildcard(resource: str) -> bool:
    """Whether an item of `resources` means every resource, or a subresource of every resource."""
    return resource == ANY or resource.startswith("*/")


def shipped(groups: Sequence[str]) -> bool:
    """Whether one of these API groups comes with Kubernetes rather than with a CustomResourceDefinition."""
    from kubelint_py.data.rbac_resources import api_groups  # noqa: PLC0415  start-up does not need the table

    return not groups or ANY in groups or not api_groups().isdisjoint(groups)


def groups(names: Sequence[str]) -> str:
    """Name API groups in a message."""
    return "every API group" if ANY in names or not names else f"API group {listed([name or 'core' for name in names])}"
