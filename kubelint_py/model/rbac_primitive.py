"""Which of the rights worth more than they look a policy rule, or a whole role, gives.

The table is `data.rbac_primitives`. What a rule can never grant does not count: resourceNames on a request
that carries no name, and a cluster-scoped resource where the role is bound in one namespace only.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization", referring to resources;
Kubernetes documentation, "Role Based Access Control Good Practices".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kubelint_py.model.rbac_rule import ANY, Rule

if TYPE_CHECKING:
    from kubelint_py.data.rbac_primitives import Primitive, Right

_NAMELESS = frozenset({"create", "deletecollection"})
_OWN_NAMESPACE = frozenset({"get", "update", "patch", "delete"})


class Part(NamedTuple):
    """One right of the table: of `primitive`, number `right` of number `way`."""

    primitive: str
    way: int
    right: int


class Hit(NamedTuple):
    """What of a policy rule gives a right.

    `resources` and `verbs` are items of the rule as written, `verbs` those that count. `names` limit it.
    """

    resources: tuple[str, ...]
    verbs: tuple[str, ...]
    names: tuple[str, ...]


class Cell(NamedTuple):
    """One resource of one right: what the index of the table holds."""

    part: Part
    right: Right
    resource: str


@lru_cache(maxsize=4096)
def rights(rule: Rule, cluster: bool = True) -> dict[Part, Hit]:
    """Return the rights of the table a rule gives, bound in the whole cluster or in one namespace."""
    found: dict[Part, tuple[list[str], dict[str, None]]] = {}
    for item in rule.resources:
        for cell in _cells(item):
            verbs = _verbs(rule, cell, cluster)
            if verbs:
                resources, counting = found.setdefault(cell.part, ([], {}))
                if item not in resources:
                    resources.append(item)
                counting.update(dict.fromkeys(verbs))
    return {part: Hit(tuple(items), tuple(verbs), rule.resource_names) for part, (items, verbs) in found.items()}


def _verbs(rule: Rule, cell: Cell, cluster: bool) -> list[str]:
    """Return the items of `verbs` that give the right on this resource."""
    right = cell.right
    if ANY not in rule.api_groups and set(right.api_groups).isdisjoint(rule.api_groups):
        return []
    if rule.resource_names and right.names and set(right.names).isdisjoint(rule.resource_names):
        return []
    possible = {verb for verb in right.verbs if _is_possible(rule, cell, verb, cluster)}
    return [verb for verb in rule.verbs if verb in possible or (verb == ANY and possible)]


def _is_possible(rule: Rule, cell: Cell, verb: str, cluster: bool) -> bool:
    if rule.resource_names and verb in _NAMELESS and "/" not in cell.resource:
        return False
    return cluster or is_namespaced(cell.resource) or (cell.resource == "namespaces" and verb in _OWN_NAMESPACE)


def is_namespaced(resource: str) -> bool:
    """Whether a resource is one of namespaces; those of unknown API groups may be."""
    return resource.partition("/")[0] not in _cluster_scoped()


@cache
def _cluster_scoped() -> frozenset[str]:
    from kubelint_py.data.rbac_resources import VIRTUAL, api_resources  # noqa: PLC0415

    known = (name for name, several in api_resources().items() if not any(each.namespaced for each in several))
    custom = ("clusterissuers", "clustersecretstores", "clusterexternalsecrets", "clusterpolicies", "constrainttemplates")
    return frozenset(known) | VIRTUAL | frozenset(custom)


def ways(held: Iterable[dict[Part, Hit]], primitive: Primitive) -> Iterator[list[list[tuple[int, Hit]]]]:
    """Yield each way a role gives a primitive: for each right of it, the numbers of the rules that give it.

    `held` is what `rights` returns for each rule of the role.
    """
    rules = list(held)
    for number, way in enumerate(primitive.ways):
        parts = [
            [(index, rule[part]) for index, rule in enumerate(rules) if part in rule]
            for part in (Part(primitive.id, number, right) for right in range(len(way)))
        ]
        if all(parts):
            yield parts


@lru_cache(maxsize=4096)
def _cells(item: str) -> tuple[Cell, ...]:
    """Return what an item of `resources` covers in the table."""
    index = _index()
    if item == ANY:
        return tuple(cell for cells in index.values() for cell in cells)
    if item.startswith("*/"):
        return tuple(cell for name, cells in index.items() if name.endswith(item[1:]) for cell in cells)
    if item.startswith("userextras/"):
        item = "userextras"
    return index.get(item, ()) + index.get(ANY, ())


@cache
def _index() -> dict[str, tuple[Cell, ...]]:
    from kubelint_py.data.rbac_primitives import PRIMITIVES  # noqa: PLC0415

    index: dict[str, tuple[Cell, ...]] = {}
    for primitive in PRIMITIVES:
        for way_number, way in enumerate(primitive.ways):
            for right_number, right in enumerate(way):
                for resource in right.resources:
                    cell = Cell(Part(primitive.id, way_number, right_number), right, resource)
                    index[resource] = (*index.get(resource, ()), cell)
    return index
