"""Nothing raises on malformed objects, what cannot be read grants nothing, and size costs in proportion."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py.model.rbac_roles import RoleSet
from kubelint_py.rbac import Holdings, Permissions
from tests.model.rbac_objects import VERSION, account, bind, bind_cluster, cluster_role, rule, user
from tests.steps import lines_run

WRONG: list[Any] = [None, True, 7, 1.5, "text", [], {}, [None], [7], [[]], [{}], {"a": None}, {7: 7}]
PATHS = [
    ("apiVersion",),
    ("kind",),
    ("metadata",),
    ("metadata", "name"),
    ("metadata", "namespace"),
    ("metadata", "labels"),
    ("rules",),
    ("rules", 0),
    *(("rules", 0, field) for field in ("verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs")),
    ("aggregationRule",),
    ("aggregationRule", "clusterRoleSelectors"),
    ("aggregationRule", "clusterRoleSelectors", 0),
    ("aggregationRule", "clusterRoleSelectors", 0, "matchLabels"),
    ("aggregationRule", "clusterRoleSelectors", 0, "matchExpressions"),
    ("roleRef",),
    *(("roleRef", field) for field in ("apiGroup", "kind", "name")),
    ("subjects",),
    ("subjects", 0),
    *(("subjects", 0, field) for field in ("kind", "name", "namespace", "apiGroup")),
]


def sound() -> list[dict[str, Any]]:
    return [
        cluster_role("r", rule("get", "pods"), labels={"a": "b"}, selectors=[{"matchLabels": {"a": "b"}}]),
        cluster_role("s", rule("get", "pods", names="x"), labels={"a": "b"}),
        bind_cluster("r", account("web", "shop")),
        bind("ClusterRole/s", account("web"), namespace="shop"),
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}},
        {"apiVersion": VERSION, "kind": "RoleList", "items": [cluster_role("t")]},
    ]


def ask_everything(objects: list[Any]) -> None:
    permissions = Permissions(objects)
    permissions.allows("alice", ["devs"], verb="get", resource="pods", namespace="shop", name="x")
    permissions.allows("alice", verb="get", path="/metrics")
    permissions.who_can("get", "", "pods", namespace=None, name=None)
    holdings = Holdings(permissions, lambda held: held.verbs)
    for subject in permissions.subjects():
        permissions.rules_for(subject)
        holdings.of(subject)
    for binding in permissions.bindings:
        permissions.role_of(binding)


def put(value: Any, path: tuple[Any, ...], wrong: Any) -> None:
    for key in path[:-1]:
        if not (isinstance(value, list) and key < len(value) if isinstance(key, int) else isinstance(value, dict)):
            return
        value = value[key] if isinstance(key, int) else value.get(key)
    if isinstance(value, dict) or (isinstance(value, list) and value and isinstance(path[-1], int)):
        value[path[-1]] = wrong


@pytest.mark.parametrize("path", PATHS, ids=lambda path: ".".join(map(str, path)))
def test_wrong_types_never_raise(path: tuple[Any, ...]) -> None:
    for wrong in WRONG:
        for position in range(len(sound())):
            objects = sound()
            put(objects[position], path, wrong)
            ask_everything(objects)
    ask_everything([*WRONG, *sound()])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(range(6)), st.sampled_from(PATHS), json_values)
def test_arbitrary_values_never_raise(position: int, path: tuple[Any, ...], value: Any) -> None:
    objects = sound()
    put(objects[position], path, value)
    ask_everything(objects)


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("verbs", ["get"], True),
        ("verbs", "get", False),
        ("verbs", None, False),
        ("verbs", ["get", 7], False),
        ("apiGroups", [None], True),
        ("apiGroups", None, False),
        ("apiGroups", [], False),
        ("resources", "pods", False),
        ("resources", {"pods": True}, False),
        ("resourceNames", [], True),
        ("resourceNames", None, True),
        ("resourceNames", "x", False),
        ("nonResourceURLs", 7, False),
    ],
)
def test_a_rule_that_cannot_be_decoded_grants_nothing(field: str, value: Any, allowed: bool) -> None:
    broken = rule("get", "pods") | {field: value}
    objects = [cluster_role("r", broken, rule("get", "services")), bind_cluster("r", user("alice"))]
    permissions = Permissions(objects)
    assert permissions.allows("alice", verb="get", resource="pods") is allowed
    assert permissions.rules_for("alice")[-1].rule_index == 1


def test_an_object_whose_namespace_is_no_text_is_not_there() -> None:
    binding = bind("ClusterRole/view", user("alice"))
    binding["metadata"]["namespace"] = 7
    assert Permissions([binding]).bindings == ()


def test_nesting_and_size_are_harmless() -> None:
    nested: Any = {"apiVersion": "v1", "kind": "List", "items": []}
    for _ in range(5000):
        nested = {"apiVersion": "v1", "kind": "List", "items": [nested]}
    deep: Any = "x"
    for _ in range(5000):
        deep = {"matchLabels": deep}
    ask_everything([nested, cluster_role("r", selectors=[deep]), bind_cluster("r", user("alice"))])


def big_set(size: int) -> list[Any]:
    roles = [
        cluster_role(f"r{n}", *(rule("get", f"kind{n + k}") for k in range(5)), labels={"n": str(n)})
        for n in range(2 * size)
    ]
    sums = [cluster_role(f"sum{n}", selectors=[{"matchLabels": {"n": str(n)}}, {}]) for n in range(20)]
    bindings = [
        bind(f"ClusterRole/r{n % (2 * size)}", account(f"sa{n % 97}"), user(f"u{n}"), namespace=f"ns{n % 50}")
        for n in range(5 * size)
    ]
    return [*roles, *sums, *bindings, bind_cluster("sum3", user("alice"))]


def ask_for_all(objects: list[Any]) -> None:
    permissions = Permissions(objects)
    holdings = Holdings(permissions, lambda held: held.resources)
    for subject in permissions.subjects():
        holdings.of(subject)
        permissions.allows(subject.username, ["system:authenticated"], verb="get", resource="x", namespace="ns1")


def test_two_thousand_roles_and_five_thousand_bindings_are_quick() -> None:
    objects = big_set(1000)
    started = time.process_time()
    ask_for_all(objects)
    assert time.process_time() - started < 3.0


def test_twice_the_set_is_twice_the_work() -> None:
    once, twice = (lines_run(partial(ask_for_all, big_set(size))) for size in (100, 200))
    assert once > 10_000
    assert twice < 2.2 * once


def circle(size: int) -> list[Any]:
    """Return roles that aggregate each other in a circle, and all that there are."""
    parts = [cluster_role(f"part{n}", rule("get", f"kind{n}")) for n in range(size)]
    ring = [
        cluster_role(f"r{n}", labels={"n": str(n)}, selectors=[{"matchLabels": {"n": str((n + 1) % size)}}, {}])
        for n in range(size)
    ]
    return [*parts, *ring, *(bind_cluster(f"r{n}", account(f"sa{n}", "shop"), name=f"b{n}") for n in range(size))]


def chain(size: int) -> list[Any]:
    """Return roles that each aggregate the next, and bindings to all of them."""
    links = [
        cluster_role(f"r{n}", labels={"n": str(n)}, selectors=[{"matchLabels": {"n": str(n + 1)}}]) for n in range(size)
    ]
    end = cluster_role("end", rule("get", "secrets"), labels={"n": str(size)})
    return [*links, end, *(bind_cluster(f"r{n}", account(f"sa{n}", "shop"), name=f"b{n}") for n in range(size))]


@pytest.mark.parametrize("shape", [circle, chain])
def test_aggregation_in_circles_and_chains_is_shared_work(shape: Callable[[int], list[Any]]) -> None:
    def resolve(objects: list[Any]) -> int:
        permissions = Permissions(objects)
        return sum(len(permissions.rules(each)) for each in permissions.roles if each.selectors is not None)

    assert resolve(shape(20)) == (400 if shape is circle else 20)
    once, twice = (lines_run(partial(resolve, shape(size))) for size in (100, 200))
    assert twice < 2.2 * once


def test_a_chain_longer_than_the_stack_is_resolved() -> None:
    permissions = Permissions(chain(3000))
    assert permissions.allows("system:serviceaccount:shop:sa0", verb="get", resource="secrets")


def test_the_count_of_work_sees_what_is_quadratic() -> None:
    def pairs(size: int) -> int:
        return sum(1 for a in range(size) for b in range(size) if a == b)

    once, twice = (lines_run(partial(pairs, size)) for size in (100, 200))
    assert twice > 3.5 * once


def test_allows_looks_at_the_bindings_of_the_caller_only(monkeypatch: pytest.MonkeyPatch) -> None:
    permissions = Permissions(big_set(100))
    asked: list[Any] = []

    def rules(_: RoleSet, asked_for: Any) -> tuple[()]:
        asked.append(asked_for)
        return ()

    monkeypatch.setattr(RoleSet, "rules", rules)
    permissions.allows("u7", ["devs"], verb="get", resource="pods", namespace="ns7")
    assert [role.id.name for role in asked] == ["r7"]
