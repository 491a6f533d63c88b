"""Which rights lead where: the steps of the escalation graph that need a grant."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import NamedTuple

from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_holdings import Holdings
from kubelint_py.model.rbac_objects import ObjectId
from kubelint_py.model.rbac_places import ADMIN, CLUSTER, NODE, Place, Step, Surroundings, Vertex
from kubelint_py.model.rbac_rights import Rights
from kubelint_py.model.rbac_rule import Rule, is_everything
from kubelint_py.model.rbac_subject import Subject

EVERYTHING = "everything"
_MASTERS = "system:masters"
_TOGETHER = {
    # What leads to cluster-admin when all of it is held cluster-wide.
    (EVERYTHING,): "do everything",
    ("clients", "approval", "requests"): "have client certificates issued for anybody",
    ("webhooks",): "rewrite what others create",
    ("policies", "policy-bindings"): "rewrite what others create",
    ("users",): "act as any user",
    ("groups", "accounts"): "act as any group",
    ("escalate-cluster", "cluster-roles"): "write any right into cluster roles",
    ("bind-cluster", "cluster-bindings"): "bind any cluster role",
}


class Mark(NamedTuple):
    """A right of the table, by name, and the names it is limited to."""

    name: str
    names: tuple[str, ...] = ()


class Held(NamedTuple):
    """A mark that an identity holds: where ("" is the whole cluster), and through which grant."""

    names: tuple[str, ...]
    scope: str
    grant: Grant


def classify(rule: Rule) -> Iterator[Mark]:
    """Yield the marks a rule gives."""
    if is_everything(rule):
        yield Mark(EVERYTHING)
    given = _table().given_by(rule)
    for name in _does():
        if name in given:
            yield Mark(name, rule.resource_names)


@cache
def _table() -> Rights[str]:
    from kubelint_py.data.rbac_primitives import STEPS  # noqa: PLC0415

    return Rights((name, right) for name, (_, rights) in STEPS.items() for right in rights)


@cache
def _does() -> dict[str, str]:
    from kubelint_py.data.rbac_primitives import STEPS  # noqa: PLC0415

    return {name: does for name, (does, _) in STEPS.items()}


class Steps:
    """The steps from every identity a binding names."""

    def __init__(self, permissions: Permissions, surroundings: Surroundings) -> None:
        self._permissions = permissions
        self._unguarded = surroundings.unguarded
        self._holdings = Holdings(permissions, classify)
        self._held: dict[Subject, dict[str, list[Held]]] = {}
        self._first: dict[tuple[Subject, str, bool], dict[str, tuple[int, Grant]]] = {}
        self._owners: dict[str, list[Subject]] = {}
        self._tokens: dict[str, list[tuple[int, str, str]]] = {}
        self._pods: dict[tuple[str, str], list[Subject]] = {}
        for account in permissions.service_accounts:
            self._owners.setdefault(account.name, []).append(account)
        for position, ((namespace, secret), owner) in enumerate(surroundings.token_secrets.items()):
            self._tokens.setdefault(secret, []).append((position, namespace, owner))
        for running in surroundings.running:
            for name in running.names if running.has_token else ():
                for namespace in ("", running.namespace):
                    self._pods.setdefault((namespace, name), []).append(running.subject)

    def __iter__(self) -> Iterator[Step]:
        """Yield all steps, the most direct first, identities in order."""
        for subject in self._permissions.subjects():
            if any(self._own(subject)):
                yield from self._to_admin(subject)
                for follow in (self._through_namespaces, self._through_roles, self._named_roles, self._through_nodes):
                    yield from follow(subject)

    def _own(self, subject: Subject) -> dict[str, list[Held]]:
        """Return what bindings that name exactly this identity give, by mark."""
        held = self._held.get(subject)
        if held is None:
            held = self._held[subject] = {}
            for mark, scopes in self._holdings.direct(subject).items():
                for scope, grant in scopes.items():
                    held.setdefault(mark.name, []).append(Held(mark.names, scope, grant))
        return held

    def _all(self, subject: Subject, name: str) -> Iterator[Held]:
        for member in (subject, *subject.groups):
            yield from self._own(member).get(name, ())

    def _find(self, subject: Subject, name: str, scope: str = "", *, named: bool = False) -> Grant | None:
        """Return a grant of a right in a scope or the whole cluster; with `named`, names may limit it."""
        for member in (subject, *subject.groups):
            if name in self._own(member):
                firsts = self._firsts(member, name, named)
                found = [firsts[where] for where in {"", scope} if where in firsts]
                if found:
                    return min(found)[1]
        return None

    def _firsts(self, subject: Subject, name: str, named: bool) -> dict[str, tuple[int, Grant]]:
        """Return the first grant of a right in each scope, with its position among all of them."""
        found = self._first.get((subject, name, named))
        if found is None:
            found = self._first[subject, name, named] = {}
            for position, held in enumerate(self._own(subject)[name]):
                if named or not held.names:
                    found.setdefault(held.scope, (position, held.grant))
        return found

    def _together(self, subject: Subject, names: tuple[str, ...], scope: str = "") -> tuple[Grant, ...]:
        """Return a grant of each right, or nothing where one is missing or all are held by a group alone."""
        if not any(name in self._own(subject) for name in names):
            return ()
        grants = [self._find(subject, name, scope) for name in names]
        return tuple(dict.fromkeys(grant for grant in grants if grant)) if all(grants) else ()

    def _to_admin(self, subject: Subject) -> Iterator[Step]:
        for names, does in _TOGETHER.items():
            grants = self._together(subject, names)
            if grants:
                yield Step(subject, ADMIN, does, grants)
        yield from self._named_identities(subject)

    def _named_identities(self, subject: Subject) -> Iterator[Step]:
        """Yield the users and groups that may be impersonated by name; groups only together with somebody."""
        own = self._own(subject)
        somebody = any(True for name in ("users", "accounts") for _ in self._all(subject, name))
        makers: tuple[tuple[str, Callable[[str], Subject]], ...] = (("users", Subject.user), ("groups", Subject.group))
        for name, make in makers:
            for held in own.get(name, ()):
                if held.scope or (name == "groups" and not somebody):
                    continue
                for each in held.names:
                    target: Vertex = ADMIN if (name, each) == ("groups", _MASTERS) else make(each)
                    yield Step(subject, target, f"act as {name[:-1]} {each!r}", (held.grant,))

    def _through_namespaces(self, subject: Subject) -> Iterator[Step]:
        """Yield the ways into what runs, or may run, in a namespace."""
        own, does = self._own(subject), _does()
        into: tuple[tuple[str, Callable[[Held], Iterator[Vertex]]], ...] = (
            ("workloads", lambda held: iter((_namespace(held.scope),))),
            ("tokens", self._accounts),
            ("accounts", self._accounts),
            ("secrets", self._owners_of_secrets),
            ("commands", self._in_pods),
            ("images", self._in_pods),
        )
        for name, targets in into:
            for held in own.get(name, ()):
                for target in targets(held):
                    luck = name == "secrets" and isinstance(target, Place)
                    yield Step(subject, target, does[name], (held.grant,), not luck)
        for held in own.get("new-secrets", ()):
            readable = self._find(subject, "secrets", held.scope, named=True)
            if readable:
                yield Step(subject, _namespace(held.scope), "make and read tokens", (held.grant, readable))

    def _accounts(self, held: Held) -> Iterator[Vertex]:
        if not held.names:
            yield _namespace(held.scope)
        for name in held.names:
            known = self._owners.get(name, ()) if not held.scope else (Subject.service_account(held.scope, name),)
            yield from known

    def _owners_of_secrets(self, held: Held) -> Iterator[Vertex]:
        if not held.names:
            yield _namespace(held.scope)
            return
        known = (each for name in set(held.names) for each in self._tokens.get(name, ()))
        for _, namespace, account in sorted(known):
            if held.scope in ("", namespace):
                yield Subject.service_account(namespace, account)

    def _in_pods(self, held: Held) -> Iterator[Vertex]:
        if not held.names:
            yield Place("Pods", held.scope) if held.scope else NODE
        for name in held.names:
            yield from self._pods.get((held.scope, name), ())

    def _through_roles(self, subject: Subject) -> Iterator[Step]:
        """Yield what writing roles and bindings of a namespace, or of every one, leads to."""
        own = self._own(subject)
        pairs = (("escalate", "roles"), ("bind-cluster", "bindings"), ("bind", "bindings"))
        for pair in pairs:
            for scope in dict.fromkeys(held.scope for name in pair for held in own.get(name, ())):
                grants = self._together(subject, pair, scope)
                if grants:
                    yield Step(subject, _namespace(scope), _does()[pair[0]], grants)

    def _named_roles(self, subject: Subject) -> Iterator[Step]:
        """Yield what the roles lead to that may be bound, or written, by name."""
        own = self._own(subject)
        for held in own.get("bind-cluster", ()):
            for name in held.names:
                for binding, scope in (("cluster-bindings", ""), ("bindings", held.scope)):
                    writes = self._find(subject, binding, scope) if scope == held.scope else None
                    target = self._worth(name, scope) if writes else None
                    if writes and target:
                        yield Step(subject, target, f"bind the cluster role {name!r}", (held.grant, writes))
        named = [held for held in own.get("escalate-cluster", ()) if held.names and not held.scope]
        writes = self._find(subject, "cluster-roles", named=True)
        if named and writes:
            members = (subject, *subject.groups)
            bound = {each.role.id.name for member in members for each in self._permissions.bound(member, ("",))}
            for held in named:
                if not bound.isdisjoint(held.names):
                    yield Step(subject, ADMIN, "write any right into a role of its own", (held.grant, writes))

    def _worth(self, name: str, scope: str) -> Vertex | None:
        """Return where a cluster role leads that is bound in a scope; None where it leads nowhere at once."""
        role = self._permissions.find(ObjectId("ClusterRole", "", name))
        given = {mark.name for mark in self._holdings.marks(role, scope)} if role else set()
        if EVERYTHING in given and not scope:
            return ADMIN
        return _namespace(scope) if given.intersection({"secrets", "tokens", "accounts", "workloads"}) else None

    def _through_nodes(self, subject: Subject) -> Iterator[Step]:
        """Yield the ways onto a node, where the tokens of its pods lie."""
        own = self._own(subject)
        kubelet = next((held.grant for held in own.get("kubelet", ()) if not held.scope), None)
        if kubelet:
            yield Step(subject, NODE, _does()["kubelet"], (kubelet,))
        for held in own.get("workloads", ()):
            if held.scope in self._unguarded:
                yield Step(subject, NODE, "create privileged pods", (held.grant,))
        volumes = self._find(subject, "volumes")
        pods = next(self._all(subject, "workloads"), None)
        if volumes and pods and ("volumes" in own or "workloads" in own):
            yield Step(subject, NODE, "mount directories of a node", (volumes, pods.grant))


def _namespace(scope: str) -> Place:
    return Place("Namespace", scope) if scope else CLUSTER
