"""The effective permissions a set of roles and bindings gives.

`Permissions.allows` is the RBAC authorizer alone: nobody bypasses it, no binding counts that is not in
the set, and a built-in role counts when the set binds it. The other questions turn the same rules round:
what an identity holds, who can do something, and (in `rbac_holdings`) marks for a graph.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization"; Kubernetes API,
rbac.authorization.k8s.io/v1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial
from typing import NamedTuple

from kubelint_py.model.rbac_objects import Binding, ObjectId, Role, read_objects
from kubelint_py.model.rbac_roles import RoleSet, WrittenRule
from kubelint_py.model.rbac_rule import Request, Rule
from kubelint_py.model.rbac_subject import Subject


class Grant(NamedTuple):
    """A rule that somebody holds, and where it comes from.

    `namespace` is where it holds, "" for the whole cluster. `subject` is the identity the binding names
    (for a service account that may be one of its groups), at `subjects[subject_index]` of object
    `binding_index`. `role` is what the binding refers to. The rule stands at `rules[rule_index]` of
    object `role_index`, whose identity is `rule_role`: another than `role` where that is aggregated.
    `role_index` is None for a built-in role.
    """

    rule: Rule
    namespace: str
    subject: Subject
    subject_index: int
    binding: ObjectId
    binding_index: int
    role: ObjectId
    rule_role: ObjectId
    role_index: int | None
    rule_index: int


class Bound(NamedTuple):
    """One subject of a binding whose role exists."""

    binding: Binding
    role: Role
    subject: Subject
    subject_index: int

    def grant(self, written: WrittenRule) -> Grant:
        """Return the grant of one rule of the role."""
        (bound, role, who, at), (rule, source, rule_index) = self, written
        return Grant(
            rule, bound.namespace, who, at, bound.id, bound.index, role.id, source.id, source.index, rule_index
        )


class Permissions:
    """Roles and bindings of a set of objects, indexed by subject and scope.

    `objects` are plain mappings as a document's data gives them, of any kind; positions in it are the
    indexes everything here reports. `namespace` is that of an object which has none. `roles`, `bindings`
    and `service_accounts` are those of the set, in its order.
    """

    __slots__ = ("_bound", "_roles", "bindings", "roles", "service_accounts")

    def __init__(self, objects: Iterable[object], *, namespace: str = "default") -> None:
        found = read_objects(objects, namespace)
        self.roles = tuple(found.roles)
        self.bindings = tuple(found.bindings)
        self.service_accounts = tuple(found.service_accounts)
        self._roles = RoleSet(found.roles)
        self._bound: dict[Subject, dict[str, list[Bound]]] = {}
        for bound in self._all_bound():
            scopes = self._bound.setdefault(bound.subject, {})
            scopes.setdefault(bound.binding.namespace, []).append(bound)

    def _all_bound(self) -> Iterator[Bound]:
        for binding in self.bindings:
            role = self.role_of(binding)
            if role is not None:
                for index, subject in binding.subjects:
                    yield Bound(binding, role, subject, index)

    def allows(
        self,
        user: str = "",
        groups: Iterable[str] = (),
        *,
        verb: str,
        api_group: str = "",
        resource: str = "",
        subresource: str = "",
        namespace: str = "",
        name: str = "",
        path: str = "",
    ) -> bool:
        """Whether the RBAC authorizer lets the request pass.

        Groups count exactly as passed. `name` is compared for every verb. A `path` makes it a
        non-resource request, which no RoleBinding can allow.
        """
        request = Request(verb, api_group, resource, subresource, name, path)
        held = (Subject.user(user), *map(Subject.group, groups))
        scopes = ("", "" if path else namespace)
        roles = {bound.role for subject in held for bound in self.bound(subject, scopes)}
        return any(self._first(role, request) for role in roles)

    def rules_for(self, subject: Subject | str, namespace: str | None = None) -> list[Grant]:
        """Return everything an identity holds, that of the groups Kubernetes puts it in included.

        A string is a user name. With a namespace, only what holds there; "" is what holds cluster-wide.
        """
        return list(self.grants(subject, namespace))

    def grants(self, subject: Subject | str, namespace: str | None = None) -> Iterator[Grant]:
        """Yield what `rules_for` returns, which may be much where a group is bound often."""
        identity = Subject.user(subject) if isinstance(subject, str) else subject
        for member in (identity, *identity.groups):
            yield from self.direct(member, namespace)

    def direct(self, subject: Subject, namespace: str | None = None) -> Iterator[Grant]:
        """Yield what bindings that name exactly this subject give."""
        for bound in self.bound(subject, None if namespace is None else ("", namespace)):
            for written in self.rules(bound.role):
                if written.rule.reaches(bound.binding.namespace):
                    yield bound.grant(written)

    def who_can(  # noqa: PLR0917
        self,
        verb: str,
        api_group: str = "",
        resource: str = "",
        subresource: str = "",
        namespace: str | None = "",
        name: str | None = "",
        path: str = "",
    ) -> list[Grant]:
        """Return a grant for each binding and subject that allows the request, in the order of the set.

        Subjects are as the bindings name them, groups not resolved. `namespace` None asks for a right
        in any scope, `name` None for a right on any name.
        """
        first = cache(partial(self._first, request=Request(verb, api_group, resource, subresource, name, path)))
        anywhere, scopes = namespace is None and not path, {"", "" if path else namespace}
        return [
            bound.grant(written)
            for bound in self._all_bound()
            if (anywhere or bound.binding.namespace in scopes) and (written := first(bound.role))
        ]

    def subjects(self) -> list[Subject]:
        """Return every identity a binding names and every service account of the set, sorted."""
        named = {subject for binding in self.bindings for _, subject in binding.subjects}
        return sorted(named.union(self.service_accounts))

    def role_of(self, binding: Binding) -> Role | None:
        """Return the role a binding refers to, from the set or built in; None for a dangling reference."""
        return self.find(binding.role)

    def find(self, role: ObjectId | None) -> Role | None:
        """Return the role of this identity, from the set or built in."""
        return self._roles.find(role)

    def rules(self, role: Role) -> tuple[WrittenRule, ...]:
        """Return what a role grants when bound, aggregation resolved, each rule once."""
        return self._roles.rules(role)

    def bound(self, subject: Subject, scopes: Iterable[str] | None = None) -> Iterator[Bound]:
        """Yield where bindings name exactly this subject and their role exists, in these scopes or in any."""
        held = self._bound.get(subject, {})
        for scope in held if scopes is None else dict.fromkeys(scopes):
            yield from held.get(scope, ())

    def _first(self, role: Role, request: Request) -> WrittenRule | None:
        return next((written for written in self.rules(role) if written.rule.allows(request)), None)
