"""The authorizer: agreement with Kubernetes, then one table for each thing that goes wrong easily."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from kubelint_py.rbac import Permissions, Subject
from tests.model.rbac_objects import (
    VERSION,
    account,
    bind,
    bind_cluster,
    cluster_role,
    group,
    role,
    rule,
    user,
)

REQUESTS = Path(__file__).parent.parent / "data" / "rbac" / "requests.jsonl.gz"
KINDS = {
    "roles": "Role",
    "roleBindings": "RoleBinding",
    "clusterRoles": "ClusterRole",
    "clusterRoleBindings": "ClusterRoleBinding",
}
FIELDS = {"verb": "verb", "apiGroup": "api_group", "path": "path"}
FIELDS |= {field: field for field in ("resource", "subresource", "namespace", "name")}


def test_agrees_with_the_authorizer_on_generated_sets() -> None:
    with gzip.open(REQUESTS, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    answers = 0
    for row in rows:
        permissions = Permissions(
            [{"apiVersion": VERSION, "kind": kind, **item} for field, kind in KINDS.items() for item in row[field]]
        )
        for request in row["requests"]:
            asked = {name: request[field] for field, name in FIELDS.items() if field in request}
            allowed = permissions.allows(request["user"], request["groups"], **asked)
            assert allowed is request["allowed"], (row["id"], request)
            answers += 1
    assert (len(rows), answers) == (300, 4200)


def ask(rules: list[Any], **request: str) -> bool:
    objects = [cluster_role("r", *rules), bind_cluster("r", user("alice"))]
    return Permissions(objects).allows("alice", **request)


@pytest.mark.parametrize(
    ("held", "request_", "allowed"),
    [
        (rule("get", "pods"), "get pods", True),
        (rule("get", "pods"), "list pods", False),
        (rule("*", "pods"), "anything pods", True),
        (rule("ge*", "pods"), "get pods", False),
        (rule("GET", "pods"), "get pods", False),
        (rule("get", "pods"), "get pods/log", False),
        (rule("get", "pods/log"), "get pods/log", True),
        (rule("get", "pods/log"), "get pods", False),
        (rule("get", "*"), "get pods/log", True),
        (rule("get", "*/log"), "get pods/log", True),
        (rule("get", "*/log"), "get pods", False),
        (rule("get", "*/log"), "get pods/logs", False),
        (rule("get", "*/og"), "get pods/log", False),
        (rule("get", "pods/*"), "get pods/log", False),
        (rule("get", "pods/*"), "get pods", False),
        (rule("get", "pod"), "get pods", False),
        (rule("get", "Pods"), "get pods", False),
        (rule("get", "secrets,pods"), "get pods", True),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_verbs_and_resources(held: Any, request_: str, allowed: bool) -> None:
    verb, what = request_.split()
    resource, _, subresource = what.partition("/")
    assert ask([held], verb=verb, resource=resource, subresource=subresource) is allowed


@pytest.mark.parametrize(
    ("held", "wanted", "allowed"),
    [
        ("", "", True),
        ("apps", "apps", True),
        ("*", "example.com", True),
        ("core", "", False),
        ("v1", "", False),
        ("apps/v1", "apps", False),
        ("*.example.com", "a.example.com", False),
        ("batch,apps", "apps", True),
        ("apps", "", False),
    ],
)
def test_api_groups(held: str, wanted: str, allowed: bool) -> None:
    assert ask([rule("get", "things", held)], verb="get", api_group=wanted, resource="things") is allowed


@pytest.mark.parametrize(
    ("held", "verb", "name", "allowed"),
    [
        ("a", "get", "a", True),
        ("a", "get", "b", False),
        ("a,b", "get", "b", True),
        ("*", "get", "a", False),
        ("*", "get", "*", True),
        ("a", "create", "", False),
        ("a", "list", "a", True),
        ("a", "deletecollection", "", False),
        ("", "create", "", True),
    ],
)
def test_resource_names_are_compared_for_every_verb(held: str, verb: str, name: str, allowed: bool) -> None:
    assert ask([rule("*", "secrets", names=held)], verb=verb, resource="secrets", name=name) is allowed


@pytest.mark.parametrize(
    ("held", "path", "allowed"),
    [
        ("/metrics", "/metrics", True),
        ("/metrics", "/metrics/", False),
        ("/metrics", "/metrics/cadvisor", False),
        ("/logs/*", "/logs/kubelet", True),
        ("/logs/*", "/logs/", True),
        ("/logs/*", "/logs", False),
        ("/health*", "/healthz", True),
        ("/api/**", "/api/v1", True),
        ("/*/status", "/a/status", False),
        ("*", "/anything", True),
        ("/a,/b", "/b", True),
    ],
)
def test_paths(held: str, path: str, allowed: bool) -> None:
    assert ask([rule("get", urls=held)], verb="get", path=path) is allowed
    assert not ask([rule("get", urls=held)], verb="post", path=path)


def test_a_path_is_no_resource_and_a_resource_no_path() -> None:
    assert not ask([rule("*", "*", "*")], verb="get", path="/metrics")
    assert not ask([rule("*", urls="*")], verb="get", resource="pods")


def test_each_rule_is_a_product_of_its_own_lists_only() -> None:
    rules = [rule("get", "pods"), rule("list", "secrets")]
    assert not ask(rules, verb="list", resource="pods")
    assert not ask(rules, verb="get", resource="secrets")
    assert ask(rules, verb="list", resource="secrets")


def test_a_role_binding_holds_in_its_namespace_only_and_grants_no_path() -> None:
    permissions = Permissions(
        [
            cluster_role("wide", rule("*", "*", "*"), rule("*", urls="*")),
            bind("ClusterRole/wide", user("alice"), namespace="shop"),
        ]
    )
    asked = {"verb": "get", "resource": "secrets"}
    assert permissions.allows("alice", **asked, namespace="shop")
    assert not permissions.allows("alice", **asked, namespace="bank")
    assert not permissions.allows("alice", **asked)
    assert not permissions.allows("alice", verb="get", path="/metrics")
    assert not permissions.allows("alice", verb="get", path="/metrics", namespace="shop")


def test_a_role_binding_reaches_its_own_namespace_object() -> None:
    """A request for a Namespace carries its name as namespace."""
    permissions = Permissions(
        [role("r", rule("patch", "namespaces"), namespace="shop"), bind("Role/r", user("alice"), namespace="shop")]
    )
    assert permissions.allows("alice", verb="patch", resource="namespaces", namespace="shop", name="shop")
    assert not permissions.allows("alice", verb="patch", resource="namespaces", namespace="bank", name="bank")


@pytest.mark.parametrize(
    ("binding", "allowed"),
    [
        (bind("Role/r", user("alice"), namespace="shop"), True),
        (bind("Role/r", user("alice"), namespace="bank"), False),
        (bind("Role/r", user("alice")), False),
        (bind("Role/missing", user("alice"), namespace="shop"), False),
        (bind("role/r", user("alice"), namespace="shop"), False),
        (bind("/r", user("alice"), namespace="shop"), False),
        (bind("ClusterRole/r", user("alice"), namespace="shop"), False),
        (bind_cluster("Role/r", user("alice")), False),
        (bind_cluster("r", user("alice")), False),
    ],
)
def test_a_role_is_found_in_the_namespace_of_the_binding(binding: Any, allowed: bool) -> None:
    permissions = Permissions([role("r", rule("get", "pods"), namespace="shop"), binding])
    assert permissions.allows("alice", verb="get", resource="pods", namespace="shop") is allowed


def test_objects_without_a_namespace_are_in_the_configured_one() -> None:
    objects = [
        role("r", rule("get", "pods")),
        bind("Role/r", account("web")),
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web"}},
    ]
    for namespace in ("default", "shop"):
        permissions = Permissions(objects, namespace=namespace)
        web = Subject.service_account(namespace, "web")
        assert permissions.allows(web.username, verb="get", resource="pods", namespace=namespace)
        assert permissions.subjects() == [web]


@pytest.mark.parametrize(
    ("version", "counts"),
    [
        ("rbac.authorization.k8s.io/v1", True),
        ("rbac.authorization.k8s.io/v1beta1", True),
        (None, True),
        ("v1", False),
        ("authorization.openshift.io/v1", False),
        ("rbac.authorization.k8s.io", False),
        ("iam.example.com/v1", False),
    ],
)
@pytest.mark.parametrize("which", [0, 1])
def test_only_the_rbac_api_group_counts(version: str | None, counts: bool, which: int) -> None:
    objects = [cluster_role("r", rule("get", "pods")), bind_cluster("r", user("alice"))]
    if version is None:
        del objects[which]["apiVersion"]
    else:
        objects[which]["apiVersion"] = version
    assert Permissions(objects).allows("alice", verb="get", resource="pods") is counts


def test_list_kinds_are_expanded() -> None:
    items = [role("r", rule("get", "pods")), bind("Role/r", user("alice"))]
    typed = [{"apiVersion": VERSION, "kind": f"{item['kind']}List", "items": [item]} for item in items]
    for item in typed:
        del item["items"][0]["kind"]
        del item["items"][0]["apiVersion"]
    again = [role("r", rule("get", "pods")), bind("Role/r", user("alice"))]
    for objects in (typed, [{"apiVersion": "v1", "kind": "List", "items": again}]):
        permissions = Permissions(objects)
        assert permissions.allows("alice", verb="get", resource="pods", namespace="default")
        assert permissions.bindings[0].index == len(objects) - 1


def test_of_two_roles_with_one_name_the_later_counts_and_bindings_add_up() -> None:
    permissions = Permissions(
        [
            cluster_role("r", rule("get", "pods")),
            cluster_role("r", rule("get", "secrets")),
            bind_cluster("r", user("alice")),
            bind_cluster("r", user("bob")),
        ]
    )
    for name in ("alice", "bob"):
        assert permissions.allows(name, verb="get", resource="secrets")
        assert not permissions.allows(name, verb="get", resource="pods")


def test_groups_count_exactly_as_passed_and_nobody_bypasses() -> None:
    permissions = Permissions(
        [cluster_role("r", rule("get", "pods")), bind_cluster("r", group("system:authenticated"))]
    )
    asked = {"verb": "get", "resource": "pods"}
    assert permissions.allows("alice", ["system:authenticated"], **asked)
    assert not permissions.allows("alice", ["system:masters"], **asked)
    assert not permissions.allows("system:serviceaccount:shop:web", **asked)
    assert not permissions.allows("system:authenticated", **asked)
    assert not Permissions([]).allows("admin", ["system:masters"], **asked)


def test_a_namespace_written_on_a_cluster_scoped_object_does_not_count() -> None:
    objects = [cluster_role("r", rule("get", "pods")), bind_cluster("r", user("alice"), account("web"))]
    for item in objects:
        item["metadata"]["namespace"] = "shop"
    permissions = Permissions(objects)
    assert permissions.allows("alice", verb="get", resource="pods", namespace="bank")
    assert not permissions.allows("system:serviceaccount:shop:web", verb="get", resource="pods", namespace="shop")
