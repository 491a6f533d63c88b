"""The roles a binding can refer to: those of the set, then those Kubernetes brings along.

A ClusterRole with an aggregation rule holds the rules of every ClusterRole its selectors match, and what
is written in it counts for nothing. The built-in admin, edit and view are aggregated too, so a ClusterRole
of the set with the label `rbac.authorization.k8s.io/aggregate-to-edit: "true"` widens them.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization", aggregated ClusterRoles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from kubelint_py.model.rbac_objects import Conditions, ObjectId, Role
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.model.selector import requirements, satisfied


class WrittenRule(NamedTuple):
    """A rule, the role it is written in and its position among that role's rules."""

    rule: Rule
    role: Role
    rule_index: int


class RoleSet:
    """The roles of a set; of two with one name the later counts, as if applied in turn."""

    __slots__ = ("_by_id", "_by_label", "_cluster_roles", "_effective", "_matched")

    def __init__(self, roles: Iterable[Role]) -> None:
        # A role without a name is no target of a reference, but its rules can be aggregated.
        named = {role.id if role.id.name else id(role): role for role in roles}
        self._by_id = {role.id: role for role in named.values()}
        self._cluster_roles = [role for role in named.values() if role.id.kind == "ClusterRole"]
        self._by_label: dict[str, list[Role]] | None = None
        self._effective: dict[Role, tuple[WrittenRule, ...]] = {}
        self._matched: dict[Conditions, list[Role]] = {}

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
        """Collect the rules of all roles reached: the fixed point the aggregation controller ends at."""
        rules: dict[Rule, WrittenRule] = {}
        seen, waiting = {role}, [role]
        while waiting:
            reached = waiting.pop()
            if reached.selectors is None:
                for written in _written(reached):
                    rules.setdefault(written.rule, written)
                continue
            fresh = dict.fromkeys(other for other in self._members(reached) if other not in seen)
            seen.update(fresh)
            waiting.extend(reversed(fresh))
        return tuple(rules.values())

    def _members(self, role: Role) -> Iterator[Role]:
        for conditions in role.selectors or ():
            if conditions not in self._matched:
                self._matched[conditions] = [
                    other for other in self._candidates(conditions) if satisfied(conditions, other.labels)
                ]
            yield from self._matched[conditions]

    def _candidates(self, conditions: Conditions) -> Iterable[Role]:
        """Narrow the ClusterRoles by a label the selector asks for.

        A selector that asks for none (the empty one, or the mere absence of labels) is taken over the
        roles of the set: a built-in role counts where a label it has is asked for.
        """
        for condition in conditions or ():
            if condition.operator in {"In", "Exists"}:
                return self._labelled().get(condition.key, ())
        return self._cluster_roles

    def _labelled(self) -> dict[str, list[Role]]:
        if self._by_label is None:
            self._by_label = {}
            built_in = (role for identity, role in built_in_roles().items() if identity not in self._by_id)
            for role in (*self._cluster_roles, *built_in):
                for key in role.labels if role.id.kind == "ClusterRole" else ():
                    self._by_label.setdefault(key, []).append(role)
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
