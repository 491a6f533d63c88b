"""The roles a binding can refer to: those of the set, then those Kubernetes brings along.

A ClusterRole with an aggregation rule holds the rules of every ClusterRole its selectors match, and what
is written in it counts for nothing. The built-in admin, edit and view are aggregated too, so a ClusterRole
of the set with the label `rbac.authorization.k8s.io/aggregate-to-edit: "true"` widens them.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization", aggregated ClusterRoles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from operator import itemgetter
from typing import NamedTuple

from kubelint_py.model.rbac_objects import Conditions, ObjectId, Role
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.model.selector import requirements, satisfied


class WrittenRule(NamedTuple):
    """A rule, the role it is written in and its position among that role's rules."""

    rule: Rule
    role: Role
    rule_index: int


class _Selector(NamedTuple):
    """A selector of an aggregation rule."""

    conditions: Conditions


Node = Role | _Selector
"""What aggregation is about: roles lead to their selectors, selectors to the roles they match."""


class RoleSet:
    """The roles of a set; of two with one name the later counts, as if applied in turn."""

    __slots__ = ("_by_id", "_by_label", "_cluster_roles", "_collected", "_effective", "_matched")

    def __init__(self, roles: Iterable[Role]) -> None:
        # A role without a name is no target of a reference, but its rules can be aggregated.
        named = {role.id if role.id.name else id(role): role for role in roles}
        self._by_id = {role.id: role for role in named.values()}
        self._cluster_roles = [role for role in named.values() if role.id.kind == "ClusterRole"]
        self._by_label: dict[tuple[str, str | None], list[tuple[int, Role]]] | None = None
        self._effective: dict[Role, tuple[WrittenRule, ...]] = {}
        self._matched: dict[Conditions, list[Role]] = {}
        self._collected: dict[Node, tuple[WrittenRule, ...]] = {}

    def find(self, identity: ObjectId | None) -> Role | None:
        """Return a role of the set or a built-in one; None for a dangling reference."""
        if identity is None:
            return None
        return self._by_id.get(identity) or built_in_roles().get(identity)

    def rules(self, role: Role) -> tuple[WrittenRule, ...]:
        """Return what a role grants, each rule once."""
        rules = self._effective.get(role)
        if rules is None:
            rules = _written(role) if role.selectors is None else self._aggregate(role)
            self._effective[role] = rules
        return rules

    def _aggregate(self, role: Role) -> tuple[WrittenRule, ...]:
        """Collect the rules of all roles reached: the fixed point the aggregation controller ends at.

        Roles and selectors are one graph, and what is in a cycle ends up with the same rules. So each cycle is
        collected once, after everything that it leads to (Tarjan's strongly connected components, without recursion).
        """
        if role in self._collected:
            return self._collected[role]
        order: dict[Node, int] = {role: 0}
        lowest: dict[Node, int] = {role: 0}
        open_nodes: list[Node] = [role]
        path: list[tuple[Node, Iterator[Node]]] = [(role, self._next(role))]
        while path:
            node, following = path[-1]
            other = next((each for each in following if each not in self._collected), None)
            if other is None:
                path.pop()
                if path:
                    lowest[path[-1][0]] = min(lowest[path[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    self._collect(open_nodes, node)
            elif other in order:
                lowest[node] = min(lowest[node], order[other])
            else:
                order[other] = lowest[other] = len(order)
                open_nodes.append(other)
                path.append((other, self._next(other)))
        return self._collected[role]

    def _next(self, node: Node) -> Iterator[Node]:
        """Yield what a role's selectors are, or which aggregated roles a selector matches."""
        if isinstance(node, Role):
            return iter(dict.fromkeys(_Selector(each) for each in node.selectors or ()))
        return (other for other in self._members(node.conditions) if other.selectors is not None)

    def _collect(self, open_nodes: list[Node], first: Node) -> None:
        """Give every node of a finished cycle the rules all of them lead to."""
        cycle = [open_nodes.pop()]
        while cycle[-1] is not first:
            cycle.append(open_nodes.pop())
        rules: dict[Rule, WrittenRule] = {}
        for node in reversed(cycle):
            inner = node.selectors if isinstance(node, Role) else self._members(node.conditions)
            for each in inner or ():
                reached: Node = each if isinstance(each, Role) else _Selector(each)
                several = self._collected.get(reached, ())
                if isinstance(reached, Role) and reached.selectors is None:
                    several = self.rules(reached)
                for written in several:
                    rules.setdefault(written.rule, written)
        self._collected.update(dict.fromkeys(cycle, tuple(rules.values())))

    def _members(self, conditions: Conditions) -> list[Role]:
        if conditions not in self._matched:
            self._matched[conditions] = [
                other for other in self._candidates(conditions) if satisfied(conditions, other.labels)
            ]
        return self._matched[conditions]

    def _candidates(self, conditions: Conditions) -> Iterable[Role]:
        """Narrow the ClusterRoles by a label the selector asks for.

        A selector that asks for none (the empty one, or the mere absence of labels) is taken over the
        roles of the set: a built-in role counts where a label it has is asked for.
        """
        for condition in conditions or ():
            if condition.operator == "In":
                found = (self._labelled().get((condition.key, value), ()) for value in set(condition.values))
                return [role for _, role in sorted(chain.from_iterable(found), key=itemgetter(0))]
            if condition.operator == "Exists":
                return [role for _, role in self._labelled().get((condition.key, None), ())]
        return self._cluster_roles

    def _labelled(self) -> dict[tuple[str, str | None], list[tuple[int, Role]]]:
        """Return the ClusterRoles by label, and by label with any value, each with its position."""
        if self._by_label is None:
            self._by_label = {}
            built_in = (role for identity, role in built_in_roles().items() if identity not in self._by_id)
            for position, role in enumerate((*self._cluster_roles, *built_in)):
                for key, value in role.labels.items() if role.id.kind == "ClusterRole" else ():
                    for entry in ((key, value), (key, None)):
                        self._by_label.setdefault(entry, []).append((position, role))
        return self._by_label


def _written(role: Role) -> tuple[WrittenRule, ...]:
    unique: dict[Rule, WrittenRule] = {}
    for index, rule in enumerate(role.rules):
        if rule.verbs:
            unique.setdefault(rule, WrittenRule(rule, role, index))
    return tuple(unique.values())


@cache
def built_in_roles() -> dict[ObjectId, Role]:
    """Return the roles every cluster has from the start, by identity."""
    from kubelint_py.data.rbac_built_in import AGGREGATED, bootstrap_roles, labels  # noqa: PLC0415

    roles = {}
    for namespace, name, rules in bootstrap_roles():
        identity = ObjectId("Role" if namespace else "ClusterRole", namespace, name)
        selectors = (requirements({"matchLabels": AGGREGATED[name]}),) if name in AGGREGATED else None
        roles[identity] = Role(identity, None, tuple(Rule(*rule) for rule in rules), labels(name), selectors)
    return roles
