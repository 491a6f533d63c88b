"""The questions rules and commands ask: what is held, who can, where it is written, and marks for a graph."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from typing import Any

import pytest

from kubelint_py.rbac import Grant, Holdings, Permissions, Request, Rule, Subject, uncovered
from tests.model.rbac_objects import account, bind, bind_cluster, cluster_role, group, role, rule, user
from tests.model.test_rbac import KINDS, REQUESTS, VERSION

WEB = Subject.service_account("shop", "web")
NOISE = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}


def objects() -> list[Any]:
    return [
        NOISE,
        role("local", rule("get", "pods"), rule("list", "secrets"), namespace="shop"),
        cluster_role("wide", rule("get", urls="/metrics"), rule("get", "nodes")),
        bind("Role/local", user("alice"), account("web"), namespace="shop", name="b1"),
        bind("ClusterRole/wide", account("web"), namespace="shop", name="b2"),
        bind_cluster("wide", group("system:serviceaccounts:shop"), name="b3"),
        bind("Role/missing", account("web"), namespace="shop", name="b4"),
        bind_cluster("view", group("system:authenticated"), name="b5"),
    ]


def places(grants: list[Grant]) -> list[tuple[str, str, int, int, int | None, int]]:
    return [(g.binding.name, g.namespace, g.binding_index, g.subject_index, g.role_index, g.rule_index) for g in grants]


def test_rules_for_lists_what_an_identity_holds_with_its_places() -> None:
    grants = Permissions(objects()).rules_for(WEB)
    own = [grant for grant in grants if grant.role_index is not None]
    assert places(own) == [
        ("b1", "shop", 3, 1, 1, 0),
        ("b1", "shop", 3, 1, 1, 1),
        ("b2", "shop", 4, 0, 2, 1),
        ("b3", "", 5, 0, 2, 0),
        ("b3", "", 5, 0, 2, 1),
    ]
    assert {str(grant.subject) for grant in own} == {str(WEB), "Group system:serviceaccounts:shop"}
    built_in = [grant for grant in grants if grant.role_index is None]
    assert {grant.role.name for grant in built_in} == {"view"}
    assert {grant.rule_role.name for grant in built_in} == {"system:aggregate-to-view"}


def test_rules_for_takes_a_user_name_and_a_namespace() -> None:
    permissions = Permissions(objects())
    assert permissions.rules_for(WEB.username) == permissions.rules_for(WEB)
    assert {grant.namespace for grant in permissions.rules_for(WEB, "shop")} == {"", "shop"}
    assert {grant.namespace for grant in permissions.rules_for(WEB, "bank")} == {""}
    assert {grant.namespace for grant in permissions.rules_for(WEB, "")} == {""}
    assert permissions.rules_for(Subject.group("system:unauthenticated")) == []


def test_who_can_names_each_subject_with_its_grant() -> None:
    permissions = Permissions(objects())
    grants = permissions.who_can("list", "", "secrets", namespace="shop")
    assert [(str(g.subject), g.binding.name, g.rule_index) for g in grants] == [
        ("User alice", "b1", 1),
        (str(WEB), "b1", 1),
    ]
    assert permissions.who_can("list", "", "secrets", namespace="bank") == []
    assert permissions.who_can("list", "", "secrets") == []
    assert permissions.who_can("list", "", "secrets", namespace=None) == grants
    assert [g.binding.name for g in permissions.who_can("get", "", "nodes")] == ["b3"]
    assert [g.binding.name for g in permissions.who_can("get", "", "nodes", namespace=None)] == ["b2", "b3"]


def test_who_can_on_paths_and_names() -> None:
    limited = [cluster_role("one", rule("get", "secrets", names="a")), bind_cluster("one", user("bob"))]
    permissions = Permissions([*objects(), *limited])
    for namespace in ("", "shop", None):
        found = permissions.who_can("get", path="/metrics", namespace=namespace)
        assert [grant.binding.name for grant in found] == ["b3"]
    assert permissions.who_can("get", "", "secrets") == []
    assert [g.subject.name for g in permissions.who_can("get", "", "secrets", name="a")] == ["bob"]
    assert [g.subject.name for g in permissions.who_can("get", "", "secrets", name=None)] == ["bob"]


def test_who_can_and_rules_for_agree_with_the_authorizer() -> None:
    with gzip.open(REQUESTS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines][::5]
    for row in rows:
        permissions = Permissions(
            [{"apiVersion": VERSION, "kind": kind, **item} for field, kind in KINDS.items() for item in row[field]]
        )
        for asked in row["requests"]:
            who = {Subject.user(asked["user"]), *map(Subject.group, asked["groups"])}
            what = [asked.get(key, "") for key in ("apiGroup", "resource", "subresource", "namespace", "name", "path")]
            grants = permissions.who_can(asked["verb"], *what)
            assert any(grant.subject in who for grant in grants) is asked["allowed"]
            request = Request(asked["verb"], *what[:3], what[4], what[5])
            scopes = {"", "" if what[5] else what[3]}
            listed = [grant for subject in who for grant in permissions.rules_for(subject, what[3])]
            own = [grant for grant in listed if grant.subject in who and grant.namespace in scopes]
            assert any(grant.rule.allows(request) for grant in own) is asked["allowed"]


def test_dangling_references_are_told_apart() -> None:
    permissions = Permissions(objects())
    found = {binding.id.name: permissions.role_of(binding) for binding in permissions.bindings}
    assert [name for name, target in found.items() if target is None] == ["b4"]
    assert found["b5"] is not None
    assert found["b5"].index is None


def classify(held: Rule) -> Iterator[str]:
    if held.allows(Request("list", resource="secrets", name=None)):
        yield "secrets"
    if held.allows(Request("get", resource="nodes", name=None)):
        yield "nodes"
    if held.allows(Request("get", path="/metrics")):
        yield "metrics"


def test_holdings_say_which_marks_an_identity_holds_and_where() -> None:
    holdings = Holdings(Permissions(objects()), classify)
    own, accounts = holdings.of(WEB)
    assert {mark: list(scopes) for mark, scopes in own.items()} == {"secrets": ["shop"], "nodes": ["shop"]}
    assert {mark: list(scopes) for mark, scopes in accounts.items()} == {"nodes": [""], "metrics": [""]}
    assert own["secrets"]["shop"].rule_index == 1
    assert accounts["nodes"][""].binding.name == "b3"
    assert holdings.direct(Subject.user("alice")).keys() == {"secrets"}
    assert holdings.of(Subject.user("nobody")) == []


def test_holdings_look_at_each_rule_once_a_kind_of_scope() -> None:
    asked: list[Rule] = []

    def count(held: Rule) -> tuple[str, ...]:
        asked.append(held)
        return ("x",)

    bindings = [bind("ClusterRole/r", user(f"u{n}"), namespace=f"n{n}") for n in range(20)]
    holdings = Holdings(Permissions([cluster_role("r", rule("get", "pods")), *bindings]), count)
    for number in range(20):
        (held,) = holdings.of(Subject.user(f"u{number}"))
        assert list(held["x"]) == [f"n{number}"]
    assert len(asked) == 1


RULES = {
    "all": Rule(("*",), ("*",), ("*",)),
    "pods": Rule(("get", "list"), ("",), ("pods",)),
    "log": Rule(("get",), ("",), ("pods/log",)),
    "any log": Rule(("get",), ("*",), ("*/log",)),
    "get": Rule(("get",), ("",), ("pods", "secrets")),
    "named": Rule(("get",), ("",), ("secrets",), ("a",)),
    "names": Rule(("get",), ("",), ("secrets",), ("a", "b")),
    "secrets": Rule(("get",), ("",), ("secrets",)),
    "paths": Rule(("get",), non_resource_urls=("/logs/*",)),
    "path": Rule(("get",), non_resource_urls=("/logs/a", "/metrics")),
}


@pytest.mark.parametrize(
    ("wanted", "held", "rest"),
    [
        ("pods", "all", []),
        ("all", "pods", [RULES["all"]]),
        ("all", "all", []),
        ("pods", "get", [Rule(("list",), ("",), ("pods",))]),
        ("get", "pods", [Rule(("get",), ("",), ("secrets",))]),
        ("get", "pods+secrets", []),
        ("log", "any log", []),
        ("log", "pods", [RULES["log"]]),
        ("any log", "log", [RULES["any log"]]),
        ("names", "named", [Rule(("get",), ("",), ("secrets",), ("b",))]),
        ("named", "names", []),
        ("secrets", "names", [RULES["secrets"]]),
        ("names", "secrets", []),
        ("path", "paths", [Rule(("get",), non_resource_urls=("/metrics",))]),
        ("path", "all", [RULES["path"]]),
        ("paths", "path", [RULES["paths"]]),
    ],
)
def test_uncovered(wanted: str, held: str, rest: list[Rule]) -> None:
    assert uncovered(RULES[wanted], [RULES[name] for name in held.split("+")]) == rest


def test_uncovered_parts_are_exactly_what_no_held_rule_covers() -> None:
    wanted = Rule(("get", "list"), ("", "apps"), ("a", "b", "b/c"), ("x", "y"))
    held = [
        Rule(("get",), ("",), ("a",)),
        Rule(("list", "watch"), ("*",), ("*/c", "a"), ("y",)),
        Rule(("*",), ("apps",), ("b",), ("x",)),
    ]
    rest = uncovered(wanted, held)
    for verb in wanted.verbs:
        for api_group in wanted.api_groups:
            for resource in wanted.resources:
                for name in wanted.resource_names:
                    plain, _, sub = resource.partition("/")
                    request = Request(verb, api_group, plain, sub, name)
                    left = [part for part in rest if part.allows(request)]
                    assert len(left) == (not any(item.allows(request) for item in held))
