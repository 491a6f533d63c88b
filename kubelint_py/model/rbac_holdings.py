"""Which marks an identity holds and where: the permissions reduced to what a graph asks for.

A caller says once per rule what it is good for (a mark is any hashable value: "reads-secrets", or a pair
with the names a rule is limited to); each role is looked at once, each subject merges its roles once.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Generic, TypeVar

from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_objects import Role
from kubelint_py.model.rbac_roles import WrittenRule
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.model.rbac_subject import Subject

Mark = TypeVar("Mark", bound=Hashable)
Held = dict[Mark, dict[str, Grant]]
"""Mark to scope ("" is the whole cluster) to the first grant that gives it, in the order of the set."""


class Holdings(Generic[Mark]):
    """Marks by subject. `classify` maps a rule to its marks; rules that grant nothing are not asked for."""

    __slots__ = ("_by_rules", "_by_subject", "_classify", "_permissions")

    def __init__(self, permissions: Permissions, classify: Callable[[Rule], Iterable[Mark]]) -> None:
        self._permissions = permissions
        self._classify = classify
        self._by_rules: dict[tuple[int, bool], dict[Mark, WrittenRule]] = {}
        self._by_subject: dict[Subject, Held[Mark]] = {}

    def direct(self, subject: Subject) -> Mapping[Mark, Mapping[str, Grant]]:
        """Return what bindings that name exactly this subject give."""
        held = self._by_subject.get(subject)
        if held is None:
            held = self._by_subject[subject] = {}
            for bound in self._permissions.bound(subject):
                scope = bound.binding.namespace
                for mark, written in self.marks(bound.role, scope).items():
                    scopes = held.setdefault(mark, {})
                    if scope not in scopes:
                        scopes[scope] = bound.grant(written)
        return held

    def of(self, subject: Subject) -> list[Mapping[Mark, Mapping[str, Grant]]]:
        """Return what the subject and the groups Kubernetes puts it in hold, one mapping each, none empty."""
        return [held for member in (subject, *subject.groups) if (held := self.direct(member))]

    def marks(self, role: Role, scope: str) -> Mapping[Mark, WrittenRule]:
        """Return what a role gives when bound in a scope, each mark with the first rule that gives it."""
        # Roles that aggregate each other share one tuple of rules, which lives as long as the permissions.
        rules = self._permissions.rules(role)
        key = (id(rules), bool(scope))
        marks = self._by_rules.get(key)
        if marks is None:
            marks = self._by_rules[key] = {}
            for written in rules:
                if written.rule.reaches(scope):
                    for mark in self._classify(written.rule):
                        marks.setdefault(mark, written)
        return marks
