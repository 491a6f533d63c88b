"""Which rights of a table a policy rule gives.

What a rule can never grant does not count: resourceNames on a request that carries no name, and a
cluster-scoped resource where the role is bound in one namespace only.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization", referring to resources.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from kubelint_py.model.rbac_rule import ANY, Rule

if TYPE_CHECKING:
    from kubelint_py.data.rbac_primitives import Right

Key = TypeVar("Key", bound=Hashable)
_NAMELESS = frozenset({"create", "deletecollection"})
_OWN_NAMESPACE = frozenset({"get", "update", "patch", "delete"})
_CUSTOM = frozenset({"clusterissuers", "clustersecretstores", "clusterexternalsecrets", "clusterpolicies"})


class Hit(NamedTuple):
    """What of a policy rule gives a right.

    `resources` and `verbs` are items of the rule as written, `verbs` those that count. `names` limit it.
    """

    resources: tuple[str, ...]
    verbs: tuple[str, ...]
    names: tuple[str, ...]


class Rights(Generic[Key]):
    """A table of rights by resource; each has a key."""

    __slots__ = ("_by_resource",)

    def __init__(self, table: Iterable[tuple[Key, Right]]) -> None:
        self._by_resource: dict[str, list[tuple[Key, Right]]] = {}
        for key, right in table:
            for resource in right.resources:
                self._by_resource.setdefault(resource, []).append((key, right))

    def given_by(self, rule: Rule, *, cluster: bool = True) -> dict[Key, Hit]:
        """Return the rights a rule gives, bound in the whole cluster or in one namespace."""
        found: dict[Key, tuple[dict[str, None], dict[str, None]]] = {}
        for item in rule.resources:
            for resource in self._covered(item):
                for key, right in self._by_resource[resource]:
                    verbs = _verbs(rule, right, resource, cluster)
                    if verbs:
                        resources, counting = found.setdefault(key, ({}, {}))
                        resources[item] = None
                        counting.update(dict.fromkeys(verbs))
        return {key: Hit(tuple(items), tuple(verbs), rule.resource_names) for key, (items, verbs) in found.items()}

    def _covered(self, item: str) -> Iterable[str]:
        """Return the resources of the table that an item of `resources` covers."""
        if item == ANY:
            return self._by_resource
        if item.startswith("*/"):
            return [name for name in self._by_resource if name.endswith(item[1:])]
        known = "userextras" if item.startswith("userextras/") else item
        return [name for name in (known, ANY) if name in self._by_resource]


def _verbs(rule: Rule, right: Right, resource: str, cluster: bool) -> list[str]:
    """Return the items of `verbs` that give the right on this resource."""
    if ANY not in rule.api_groups and set(right.api_groups).isdisjoint(rule.api_groups):
        return []
    if rule.resource_names and right.names and set(right.names).isdisjoint(rule.resource_names):
        return []
    possible = {verb for verb in right.verbs if _is_possible(rule, resource, verb, cluster)}
    return [verb for verb in rule.verbs if verb in possible or (verb == ANY and possible)]


def _is_possible(rule: Rule, resource: str, verb: str, cluster: bool) -> bool:
    if rule.resource_names and is_nameless(verb, resource):
        return False
    return cluster or works_in_namespace(resource, verb)


def is_nameless(verb: str, resource: str) -> bool:
    """Whether a request with this verb carries no name, so that resourceNames never match it."""
    return verb in _NAMELESS and "/" not in resource


def works_in_namespace(resource: str, verb: str) -> bool:
    """Whether a RoleBinding can give this verb on a resource.

    A Namespace counts as being in itself, `bind` is asked about in the namespace of the binding to be written, and
    `use` of a pod policy in the namespace of the pod.
    """
    if is_namespaced(resource):
        return True
    if resource == "namespaces":
        return verb in _OWN_NAMESPACE
    return (resource, verb) in {("clusterroles", "bind"), ("podsecuritypolicies", "use")}


def is_namespaced(resource: str) -> bool:
    """Whether objects of a resource are in namespaces; those of unknown kinds may be."""
    return resource.partition("/")[0] not in _cluster_scoped()


@cache
def _cluster_scoped() -> frozenset[str]:
    from kubelint_py.data.rbac_resources import VIRTUAL, api_resources  # noqa: PLC0415  large, and seldom needed

    known = (name for name, several in api_resources().items() if not any(each.namespaced for each in several))
    return VIRTUAL.union(known, _CUSTOM)
