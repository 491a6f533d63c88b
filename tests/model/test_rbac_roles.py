"""Aggregated ClusterRoles and the roles Kubernetes brings along."""

from __future__ import annotations

import gzip
import json
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from kubelint_py.rbac import ObjectId, Permissions, built_in_roles
from tests.model.rbac_objects import bind, bind_cluster, cluster_role, role, rule, user

BUILT_IN = Path(__file__).parent.parent / "data" / "rbac" / "built_in.jsonl.gz"
"""The bootstrap policy of an API server v1.37.2 with default features: its own roles, dumped."""

TO_VIEW = "rbac.authorization.k8s.io/aggregate-to-view"
TO_EDIT = "rbac.authorization.k8s.io/aggregate-to-edit"
TO_ADMIN = "rbac.authorization.k8s.io/aggregate-to-admin"


def held(*objects: Any, role: str = "sum", resources: str = "") -> str:
    """Return which of the resources alice may get through the role."""
    permissions = Permissions([*objects, bind_cluster(role, user("alice"))])
    return ",".join(item for item in resources.split(",") if permissions.allows("alice", verb="get", resource=item))


def parts() -> list[Any]:
    return [
        cluster_role("a", rule("get", "a"), labels={"tier": "front", "team": "x"}),
        cluster_role("b", rule("get", "b"), labels={"tier": "back"}),
        cluster_role("c", rule("get", "c"), labels={}),
        role("d", rule("get", "d")),
    ]


@pytest.mark.parametrize(
    ("selectors", "resources"),
    [
        ([{"matchLabels": {"tier": "front"}}], "a"),
        ([{"matchLabels": {"tier": "front", "team": "y"}}], ""),
        ([{"matchLabels": {"tier": "front", "team": "x"}}], "a"),
        ([{"matchLabels": {"tier": "front"}}, {"matchLabels": {"tier": "back"}}], "a,b"),
        ([{"matchExpressions": [{"key": "tier", "operator": "In", "values": ["front", "back"]}]}], "a,b"),
        ([{"matchExpressions": [{"key": "tier", "operator": "Exists"}]}], "a,b"),
        ([{"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["front"]}]}], "b,c"),
        ([{"matchExpressions": [{"key": "tier", "operator": "DoesNotExist"}]}], "c"),
        ([{"matchLabels": {"tier": "front"}, "matchExpressions": [{"key": "team", "operator": "DoesNotExist"}]}], ""),
        ([{}], "a,b,c"),
        ([None], "a,b,c"),
        ([], ""),
        (["tier=front"], ""),
        ([{"matchLabels": {"tier": ["front"]}}], ""),
        ([{"matchExpressions": [{"key": "tier", "operator": "Like"}]}], ""),
        ([{"matchLabels": "tier"}, {"matchLabels": {"tier": "back"}}], "b"),
    ],
)
def test_selectors_replace_what_is_written(selectors: list[Any], resources: str) -> None:
    total = cluster_role("sum", rule("get", "written"), selectors=selectors)
    assert held(*parts(), total, resources="a,b,c,d,written") == resources


@pytest.mark.parametrize("rules", [None, {}, "all", []])
def test_an_aggregation_rule_without_selectors_leaves_nothing(rules: Any) -> None:
    total = cluster_role("sum", rule("get", "written")) | {"aggregationRule": {"clusterRoleSelectors": rules}}
    assert held(*parts(), total, resources="a,written") == ""
    absent = cluster_role("sum", rule("get", "written")) | {"aggregationRule": None}
    assert held(*parts(), absent, resources="a,written") == "written"


def test_aggregated_roles_are_followed_to_a_fixed_point() -> None:
    chain = [cluster_role("r0", rule("get", "end"), labels={"step": "0"})]
    chain += [
        cluster_role(
            f"r{n}", rule("get", f"own{n}"), labels={"step": str(n)}, selectors=[{"matchLabels": {"step": str(n - 1)}}]
        )
        for n in range(1, 40)
    ]
    for objects in (chain, chain[::-1]):
        assert held(*objects, role="r39", resources="end,own39,own38,own1") == "end"


def test_cycles_end_and_carry_only_what_plain_roles_write() -> None:
    ring = [
        cluster_role("a", rule("get", "a"), labels={"n": "a"}, selectors=[{"matchLabels": {"n": "b"}}]),
        cluster_role(
            "b",
            rule("get", "b"),
            labels={"n": "b"},
            selectors=[{"matchLabels": {"n": "a"}}, {"matchLabels": {"n": "c"}}],
        ),
        cluster_role("c", rule("get", "c"), labels={"n": "c"}),
        cluster_role("self", rule("get", "self"), labels={"n": "self"}, selectors=[{"matchLabels": {"n": "self"}}]),
    ]
    assert held(*ring, role="a", resources="a,b,c") == "c"
    assert held(*ring, role="b", resources="a,b,c") == "c"
    assert held(*ring, role="self", resources="self") == ""


def test_only_cluster_roles_aggregate() -> None:
    odd = role("sum", rule("get", "written")) | {"aggregationRule": {"clusterRoleSelectors": [{}]}}
    permissions = Permissions([*parts(), odd, bind("Role/sum", user("alice"))])
    assert permissions.allows("alice", verb="get", resource="written", namespace="default")
    assert not permissions.allows("alice", verb="get", resource="a", namespace="default")


def test_a_grant_names_where_an_aggregated_rule_is_written() -> None:
    objects = [*parts(), cluster_role("sum", selectors=[{"matchLabels": {"tier": "back"}}])]
    (grant,) = Permissions([*objects, bind_cluster("sum", user("alice"))]).rules_for("alice")
    assert (grant.role.name, grant.rule_role.name, grant.role_index, grant.rule_index) == ("sum", "b", 1, 0)
    assert grant.binding_index == 5


def test_equal_rules_count_once() -> None:
    twins = [cluster_role(name, rule("get", "x"), labels={"t": "1"}) for name in "ab"]
    permissions = Permissions([*twins, cluster_role("sum", selectors=[{"matchLabels": {"t": "1"}}])])
    assert len(permissions.rules(permissions.roles[2])) == 1


def test_a_role_without_a_name_is_aggregated_all_the_same() -> None:
    generated = cluster_role("x", rule("get", "a"), labels={"t": "1"})
    generated["metadata"] = {"generateName": "x-", "labels": {"t": "1"}}
    other = {**generated, "rules": [rule("get", "b")]}
    total = cluster_role("sum", selectors=[{"matchLabels": {"t": "1"}}])
    assert held(generated, other, total, resources="a,b") == "a,b"


@pytest.mark.parametrize(
    ("role_name", "request_", "allowed"),
    [
        ("cluster-admin", "anything widgets.example.com/part", True),
        ("admin", "create roles.rbac.authorization.k8s.io", True),
        ("admin", "escalate roles.rbac.authorization.k8s.io", False),
        ("admin", "create clusterroles.rbac.authorization.k8s.io", False),
        ("admin", "create localsubjectaccessreviews.authorization.k8s.io", True),
        ("admin", "get secrets", True),
        ("admin", "get pods/log", True),
        ("admin", "create endpoints", False),
        ("edit", "get secrets", True),
        ("edit", "deletecollection secrets", True),
        ("edit", "impersonate serviceaccounts", True),
        ("edit", "create serviceaccounts/token", True),
        ("edit", "create pods/exec", True),
        ("edit", "get pods/exec", True),
        ("edit", "create pods/eviction", True),
        ("edit", "patch deployments.apps", True),
        ("edit", "update cronjobs.batch", True),
        ("edit", "delete networkpolicies.networking.k8s.io", True),
        ("edit", "get leases.coordination.k8s.io", True),
        ("edit", "get configmaps", True),
        ("edit", "create endpoints", False),
        ("edit", "create roles.rbac.authorization.k8s.io", False),
        ("edit", "update resourcequotas", False),
        ("edit", "update pods/ephemeralcontainers", False),
        ("view", "list configmaps", True),
        ("view", "get pods/log", True),
        ("view", "get namespaces", True),
        ("view", "watch events.events.k8s.io", True),
        ("view", "get secrets", False),
        ("view", "get roles.rbac.authorization.k8s.io", False),
        ("view", "get pods/exec", False),
        ("view", "create pods", False),
        ("system:auth-delegator", "create tokenreviews.authentication.k8s.io", True),
        ("system:auth-delegator", "create subjectaccessreviews.authorization.k8s.io", True),
        ("system:auth-delegator", "get secrets", False),
        ("system:basic-user", "create selfsubjectaccessreviews.authorization.k8s.io", True),
        ("system:node", "get secrets", True),
        ("system:kube-scheduler", "create pods/binding", True),
        ("system:kube-controller-manager", "list secrets", True),
        ("system:kubelet-api-admin", "get nodes/proxy", True),
        (
            "system:controller:clusterrole-aggregation-controller",
            "escalate clusterroles.rbac.authorization.k8s.io",
            True,
        ),
        ("system:controller:clusterrole-aggregation-controller", "create events", False),
        ("system:controller:generic-garbage-collector", "delete secrets", True),
        ("system:controller:route-controller", "patch events.events.k8s.io", True),
        ("system:controller:horizontal-pod-autoscaler", "update deployments.apps/scale", True),
        ("system:unheard-of", "get pods", False),
    ],
)
def test_built_in_roles(role_name: str, request_: str, allowed: bool) -> None:
    verb, what = request_.split()
    what, _, subresource = what.partition("/")
    resource, _, api_group = what.partition(".")
    permissions = Permissions([bind_cluster(role_name, user("alice"))])
    asked = {"verb": verb, "resource": resource, "subresource": subresource, "api_group": api_group}
    assert permissions.allows("alice", **asked) is allowed
    assert not Permissions([]).allows("alice", **asked)


@pytest.mark.parametrize(
    ("role_name", "path", "allowed"),
    [
        ("cluster-admin", "/anything", True),
        ("system:discovery", "/apis/apps/v1", True),
        ("system:discovery", "/metrics", False),
        ("system:public-info-viewer", "/version", True),
        ("system:public-info-viewer", "/apis", False),
        ("system:monitoring", "/livez/ping", True),
        ("view", "/version", False),
    ],
)
def test_built_in_paths(role_name: str, path: str, allowed: bool) -> None:
    permissions = Permissions([bind_cluster(role_name, user("alice"))])
    assert permissions.allows("alice", verb="get", path=path) is allowed


def test_built_in_roles_of_a_namespace_are_found_there_only() -> None:
    asked = {"verb": "get", "resource": "configmaps", "name": "extension-apiserver-authentication"}
    for namespace in ("kube-system", "shop"):
        binding = bind("Role/extension-apiserver-authentication-reader", user("alice"), namespace=namespace)
        allowed = Permissions([binding]).allows("alice", **asked, namespace=namespace)
        assert allowed is (namespace == "kube-system")


def test_a_role_of_the_set_wins_over_the_built_in_one() -> None:
    mine = cluster_role("view", rule("get", "widgets"))
    assert held(mine, role="view", resources="widgets,pods") == "widgets"
    narrow = cluster_role("system:aggregate-to-view", rule("get", "widgets"), labels={TO_VIEW: "true"})
    assert held(narrow, role="view", resources="widgets,pods") == "widgets"


@pytest.mark.parametrize(
    ("label", "value", "widened"),
    [
        (TO_VIEW, "true", "view,edit,admin"),
        (TO_EDIT, "true", "edit,admin"),
        (TO_ADMIN, "true", "admin"),
        (TO_VIEW, "false", ""),
        (TO_VIEW, True, ""),
        ("aggregate-to-view", "true", ""),
    ],
)
def test_labelled_roles_of_the_set_widen_the_built_in_ones(label: str, value: Any, widened: str) -> None:
    extra = cluster_role("extra", rule("get", "widgets"), labels={label: value})
    names = [name for name in ("view", "edit", "admin") if held(extra, role=name, resources="widgets") == "widgets"]
    assert ",".join(names) == widened
    assert held(extra, role="cluster-admin", resources="widgets") == "widgets"


def test_a_role_of_the_set_can_be_made_of_built_in_ones() -> None:
    total = cluster_role("sum", selectors=[{"matchLabels": {TO_EDIT: "true"}}])
    assert held(total, resources="secrets,pods,roles") == "secrets,pods"


def test_built_in_roles_are_those_of_the_bootstrap_policy() -> None:
    with gzip.open(BUILT_IN, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    assert len(rows) == 80
    fields = ("verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs")
    expected = {
        ObjectId(row["kind"], row["namespace"], row["name"]): (
            {cell for rule in row["rules"] for cell in product(*(rule.get(field) or [""] for field in fields))},
            row["labels"],
            row["selectors"] is not None,
        )
        for row in rows
    }
    for identity, ours in built_in_roles().items():
        rights, labels, aggregated = expected.pop(identity)
        assert {cell for rule in ours.rules for cell in product(*(items or ("",) for items in rule))} == (
            set() if aggregated else rights
        ), identity
        assert (ours.labels, ours.selectors is not None) == (labels, aggregated), identity
    assert not expected


def test_no_built_in_role_is_empty_or_points_into_the_set() -> None:
    roles = built_in_roles()
    assert len(roles) > 60
    for identity, built_in in roles.items():
        assert built_in.index is None
        assert identity.kind == ("Role" if identity.namespace else "ClusterRole")
        assert built_in.rules or built_in.selectors, identity
        assert all(
            item.verbs and ((item.api_groups and item.resources) or item.non_resource_urls) for item in built_in.rules
        )
        assert "core" not in {group for item in built_in.rules for group in item.api_groups}
    assert ObjectId("ClusterRole", "", "cluster-admin") in roles


def test_a_label_of_built_in_roles_selects_cluster_roles_only() -> None:
    selector = {"matchLabels": {"kubernetes.io/bootstrapping": "rbac-defaults"}}
    permissions = Permissions([cluster_role("sum", selectors=[selector])])
    assert {written.role.id.kind for written in permissions.rules(permissions.roles[0])} == {"ClusterRole"}
    assert held(cluster_role("sum", selectors=[selector]), resources="anything") == "anything"
