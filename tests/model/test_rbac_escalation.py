"""Where rights lead: each kind of step, how steps add up, and what it costs."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kubelint_py.model.rbac_escalation import Escalation, Path
from kubelint_py.model.rbac_places import ADMIN, Running, Surroundings, token_secrets
from kubelint_py.rbac import Permissions, Subject
from tests.model.rbac_objects import GROUP, account, bind, bind_cluster, cluster_role, group, role, rule, user
from tests.steps import lines_run
from tools.rbac_set import rbac_set

WEB = Subject.service_account("shop", "web")
CERTIFICATES = "certificates.k8s.io"
ADMISSION = "admissionregistration.k8s.io"
EVERYTHING = cluster_role("everything", rule("*", "*", "*"))
NONE = Surroundings()


def running(name: str, namespace: str = "shop", *pods: str, token: bool = True) -> Running:
    return Running(namespace, name, pods, token)


def find(objects: list[Any], surroundings: Surroundings = NONE, start: Subject = WEB) -> Path | None:
    return Escalation(Permissions(objects), surroundings).path(start)


def told(path: Path | None) -> str:
    """Return the end of a path and what leads there, step by step."""
    return f"{path.end}: " + ", ".join(step.does for step in path.rights) if path else "nowhere"


CLUSTER_WIDE = {
    "everything": ([rule("*", "*", "*")], "cluster-admin: do everything"),
    "users": ([rule("impersonate", "users")], "cluster-admin: act as any user"),
    "groups alone": ([rule("impersonate", "groups")], "nowhere"),
    "groups": ([rule("impersonate", "groups,serviceaccounts")], "cluster-admin: act as any group"),
    "masters": ([rule("impersonate", "groups", names="system:masters"), rule("impersonate", "users", names="x")],
                "cluster-admin: act as group 'system:masters'"),
    "escalate": ([rule("escalate,update", "clusterroles", GROUP)], "cluster-admin: write any right into cluster roles"),
    "escalate without writing": ([rule("escalate", "clusterroles", GROUP)], "nowhere"),
    "writing without escalate": ([rule("create,update", "clusterroles,clusterrolebindings", GROUP)], "nowhere"),
    "bind": ([rule("bind", "clusterroles", GROUP), rule("create", "clusterrolebindings", GROUP)],
             "cluster-admin: bind any cluster role"),
    "bind on bindings": ([rule("bind,create", "clusterrolebindings", GROUP)], "nowhere"),
    "bind a role by name": (
        [rule("bind", "clusterroles", GROUP, names="view"), rule("create", "clusterrolebindings", GROUP)], "nowhere",
    ),
    "bind cluster-admin by name": (
        [rule("bind", "clusterroles", GROUP, names="cluster-admin"), rule("patch", "clusterrolebindings", GROUP)],
        "cluster-admin: bind the cluster role 'cluster-admin'",
    ),
    "bind edit by name": (
        [rule("bind", "clusterroles", GROUP, names="edit"), rule("patch", "clusterrolebindings", GROUP)],
        "kube-system: bind the cluster role 'edit'",
    ),
    "certificates": (
        [rule("create", "certificatesigningrequests", CERTIFICATES), rule("approve", "signers", CERTIFICATES),
         rule("update", "certificatesigningrequests/approval", CERTIFICATES)],
        "cluster-admin: have client certificates issued for anybody",
    ),
    "two thirds of certificates": (
        [rule("create", "certificatesigningrequests", CERTIFICATES), rule("approve", "signers", CERTIFICATES)],
        "nowhere",
    ),
    "webhooks": ([rule("patch", "mutatingwebhookconfigurations", ADMISSION)],
                 "cluster-admin: rewrite what others create"),
    "named webhooks": ([rule("patch", "mutatingwebhookconfigurations", ADMISSION, names="mine")], "nowhere"),
    "validating webhooks": ([rule("patch", "validatingwebhookconfigurations", ADMISSION)], "nowhere"),
    "mutating policies": ([rule("create", "mutatingadmissionpolicies,mutatingadmissionpolicybindings", ADMISSION)],
                          "cluster-admin: rewrite what others create"),
    "secrets": ([rule("list", "secrets")], "kube-system: read Secrets"),
    "tokens": ([rule("create", "serviceaccounts/token")], "kube-system: request tokens"),
    "accounts": ([rule("impersonate", "serviceaccounts")], "kube-system: act as service accounts"),
    "pods": ([rule("create", "pods")], "kube-system: create pods"),
    "controllers": ([rule("patch", "daemonsets", "apps")], "kube-system: create pods"),
    "a controller in the wrong group": ([rule("patch", "daemonsets")], "nowhere"),
    "exec": ([rule("get", "pods/exec")], "kube-system: run commands in pods"),
    "images": ([rule("patch", "pods")], "kube-system: replace the images of pods"),
    "kubelet": ([rule("get", "nodes/proxy")], "kube-system: reach the kubelet API"),
    "metrics of nodes": ([rule("get", "nodes/metrics")], "nowhere"),
    "volumes without pods": ([rule("create", "persistentvolumes")], "nowhere"),
    "reading": ([rule("get,list,watch", "pods,configmaps,services")], "nowhere"),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "expected"), CLUSTER_WIDE.values(), ids=CLUSTER_WIDE)
def test_what_a_right_leads_to_in_the_whole_cluster(rules: list[Any], expected: str) -> None:
    assert told(find([cluster_role("r", *rules), bind_cluster("r", account("web", "shop"))])) == expected


IN_ONE_NAMESPACE = {
    "everything": ([rule("*", "*", "*")], "namespace: create pods"),
    "users": ([rule("impersonate", "users,groups")], "nowhere"),
    "webhooks": ([rule("create", "mutatingwebhookconfigurations", ADMISSION)], "nowhere"),
    "kubelet": ([rule("get", "nodes/proxy")], "nowhere"),
    "secrets": ([rule("get", "secrets")], "namespace: read Secrets"),
    "escalate": ([rule("escalate,update", "roles", GROUP)], "namespace: write any right into a role"),
    "escalate on cluster roles": ([rule("escalate,update", "clusterroles", GROUP)], "nowhere"),
    "bind": ([rule("bind", "clusterroles", GROUP), rule("create", "rolebindings", GROUP)],
             "namespace: bind any cluster role"),
    "bind without writing": ([rule("bind", "clusterroles", GROUP)], "nowhere"),
    "tokens of one": ([rule("create", "serviceaccounts/token", names="x")], "namespace: request tokens"),
    "new secrets": ([rule("create", "secrets"), rule("get", "secrets", names="t")], "namespace: make and read tokens"),
    "new secrets, unread": ([rule("create", "secrets")], "nowhere"),
}  # fmt: skip


@pytest.mark.parametrize(("rules", "expected"), IN_ONE_NAMESPACE.values(), ids=IN_ONE_NAMESPACE)
def test_what_a_right_leads_to_in_another_namespace(rules: list[Any], expected: str) -> None:
    path = find([cluster_role("r", *rules), bind("ClusterRole/r", account("web", "shop"), namespace="edge")])
    assert told(path) == expected
    assert path is None or path.namespace == "edge"


def test_rights_in_the_own_namespace_lead_nowhere_by_themselves() -> None:
    assert (
        find([cluster_role("r", rule("*", "*", "*")), bind("ClusterRole/r", account("web"), namespace="shop")]) is None
    )


def test_steps_add_up_and_each_names_its_grant() -> None:
    path = find(
        [
            role("shell", rule("create", "pods/exec"), namespace="shop"),
            bind("Role/shell", account("web"), namespace="shop", name="b1"),
            role("tokens", rule("create", "serviceaccounts/token", names="ci"), namespace="infra"),
            bind("Role/tokens", account("worker", "shop"), namespace="infra", name="b2"),
            EVERYTHING,
            bind_cluster("everything", account("ci", "infra"), name="b3"),
        ],
        Surroundings((running("web"), running("worker"))),
    )
    assert told(path) == "cluster-admin: run commands in pods, request tokens, do everything"
    assert path is not None
    assert [grant.binding.name for step in path.rights for grant in step.grants] == ["b1", "b2", "b3"]
    assert [step.target for step in path.rights][-1] == ADMIN


@pytest.mark.parametrize(("token", "expected"), [(True, "cluster-admin"), (False, "nowhere")])
def test_a_pod_without_token_is_no_step(token: bool, expected: str) -> None:
    objects = [
        role("shell", rule("create", "pods/exec"), namespace="shop"),
        bind("Role/shell", account("web"), namespace="shop"),
        EVERYTHING,
        bind_cluster("everything", account("worker", "shop")),
    ]
    path = find(objects, Surroundings((running("worker", token=token),)))
    assert told(path).split(":", maxsplit=1)[0] == expected


def test_named_pods_are_the_only_ones_reached() -> None:
    objects = [
        role("shell", rule("create", "pods/exec", names="db-0"), namespace="shop"),
        bind("Role/shell", account("web"), namespace="shop"),
        EVERYTHING,
        bind_cluster("everything", account("worker", "shop")),
    ]
    assert find(objects, Surroundings((running("worker", "shop", "worker-0"),))) is None
    assert find(objects, Surroundings((running("worker", "shop", "db-0"),))) is not None


def test_a_named_secret_leads_to_the_account_whose_token_it_holds() -> None:
    objects: list[Any] = [
        role("reader", rule("get", "secrets", names="ci-token"), namespace="shop"),
        bind("Role/reader", account("web"), namespace="shop"),
        EVERYTHING,
        bind_cluster("everything", account("ci", "shop")),
    ]
    assert find(objects) is None
    secret = {
        "kind": "Secret",
        "type": "kubernetes.io/service-account-token",
        "metadata": {
            "name": "ci-token",
            "namespace": "shop",
            "annotations": {"kubernetes.io/service-account.name": "ci"},
        },
    }
    surroundings = Surroundings(token_secrets=token_secrets([secret, {"type": "Opaque"}, None, 7]))
    assert told(find(objects, surroundings)) == "cluster-admin: read Secrets, do everything"


def test_rights_of_groups_count() -> None:
    through = [EVERYTHING, bind_cluster("everything", group("system:serviceaccounts:shop"))]
    assert told(find(through)) == "cluster-admin: do everything"
    assert find(through, start=Subject.service_account("edge", "web")) is None
    halves = [
        cluster_role("binder", rule("bind", "clusterroles", GROUP)),
        bind_cluster("binder", group("system:authenticated"), name="b1"),
        cluster_role("writer", rule("create", "clusterrolebindings", GROUP)),
        bind_cluster("writer", account("web", "shop"), name="b2"),
    ]
    path = find(halves)
    assert path is not None
    assert [grant.binding.name for grant in path.rights[0].grants] == ["b1", "b2"]


def test_impersonated_users_bring_their_own_rights() -> None:
    objects = [
        cluster_role("act", rule("impersonate", "users", names="alice")),
        bind_cluster("act", account("web", "shop"), name="b1"),
        EVERYTHING,
        bind_cluster("everything", user("alice"), name="b2"),
    ]
    assert told(find(objects)) == "cluster-admin: act as user 'alice', do everything"


def test_the_shortest_way_to_the_most_is_told() -> None:
    objects = [
        cluster_role("reader", rule("get", "secrets")),
        bind_cluster("reader", account("web", "shop"), name="near kube-system"),
        role("jobs", rule("create", "jobs", "batch"), namespace="shop"),
        bind("Role/jobs", account("web"), namespace="shop", name="jobs"),
        EVERYTHING,
        bind_cluster("everything", account("a", "shop"), name="admin"),
    ]
    path = find(objects)
    assert path is not None
    assert path.end == "cluster-admin"
    assert len(path.rights) == 2


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([rule("get", "secrets"), rule("patch", "pods")], "kube-system: replace the images of pods"),
        ([rule("get,create", "secrets")], "kube-system: make and read tokens"),
        ([rule("get", "secrets"), rule("get", "nodes/proxy")], "kube-system: reach the kubelet API"),
    ],
)
def test_of_equally_short_ways_one_that_needs_no_luck_is_told(rules: list[Any], expected: str) -> None:
    path = find([cluster_role("r", *rules), bind_cluster("r", account("web", "shop"))])
    assert told(path) == expected
    assert path is not None
    assert all(step.certain for step in path.steps)
    unsure = find([cluster_role("r", rules[0]), bind_cluster("r", account("web", "shop"))])
    assert unsure is not None
    assert all(step.certain for step in unsure.steps) is ("create" in rules[0]["verbs"])


def test_within_kube_system_only_cluster_admin_counts() -> None:
    start = Subject.service_account("kube-system", "dns")
    reader = [cluster_role("reader", rule("get", "secrets")), bind_cluster("reader", account("dns", "kube-system"))]
    assert find(reader, start=start) is None
    assert told(find([*reader, EVERYTHING, bind_cluster("everything", account("x", "kube-system"))], start=start)) == (
        "cluster-admin: read Secrets, do everything"
    )


@pytest.mark.parametrize(
    ("unguarded", "expected"), [(("shop",), "kube-system: create privileged pods"), ((), "nowhere")]
)
def test_pods_take_over_their_node_where_nothing_forbids_it(unguarded: tuple[str, ...], expected: str) -> None:
    objects = [
        role("jobs", rule("create", "jobs", "batch"), namespace="shop"),
        bind("Role/jobs", account("web"), namespace="shop"),
    ]
    assert told(find(objects, Surroundings(unguarded=frozenset(unguarded)))) == expected


def test_volumes_and_pods_together_lead_to_a_node() -> None:
    objects = [
        cluster_role("volumes", rule("create", "persistentvolumes")),
        bind_cluster("volumes", account("web", "shop")),
        role("pods", rule("create", "pods"), namespace="shop"),
        bind("Role/pods", account("web"), namespace="shop"),
    ]
    assert told(find(objects)) == "kube-system: mount directories of a node"


def test_escalating_a_named_role_needs_that_role() -> None:
    rules = [rule("escalate,update", "clusterroles", GROUP, names="mine")]
    bound = [cluster_role("mine", *rules), bind_cluster("mine", account("web", "shop"))]
    assert told(find(bound)) == "cluster-admin: write any right into a role of its own"
    assert find([cluster_role("other", *rules), bind_cluster("other", account("web", "shop"))]) is None


def test_nothing_raises_without_anything() -> None:
    assert find([]) is None
    assert find([bind("Role/missing", account("web"), namespace="shop")]) is None


def follow_all(objects: list[Any]) -> int:
    pods = tuple(
        Running(each["metadata"]["namespace"], each["metadata"]["name"], (), True)
        for each in objects
        if each["kind"] == "Deployment"
    )
    escalation = Escalation(Permissions(objects), Surroundings(pods))
    return sum(escalation.path(each.subject) is not None for each in pods)


def test_a_large_set_takes_seconds() -> None:
    objects = rbac_set(2_000, 5_000)
    started = time.process_time()
    assert follow_all(objects) > 100
    assert time.process_time() - started < 4


def test_twice_a_large_set_is_twice_the_work() -> None:
    once, twice = (lines_run(partial(follow_all, rbac_set(2 * size, 5 * size))) for size in (200, 400))
    assert once > 10_000
    assert twice < 2.2 * once


def test_one_group_with_many_bindings_costs_in_proportion() -> None:
    objects = [cluster_role("reader", rule("get,create", "secrets,pods"))]
    objects += [
        bind("ClusterRole/reader", group("system:authenticated"), namespace=f"n{number}") for number in range(2_000)
    ]
    objects += [bind("ClusterRole/reader", account(f"a{number}", "shop"), namespace="shop") for number in range(2_000)]
    started = time.process_time()
    path = find(objects, start=Subject.service_account("shop", "a7"))
    assert told(path) == "namespace: create pods"
    assert time.process_time() - started < 5


def many_namespaces(size: int) -> list[Any]:
    rules = [rule("create,get", "secrets"), rule("escalate,bind,update", "roles,rolebindings", GROUP)]
    bindings = [
        bind("ClusterRole/r", account("web", "shop"), namespace=f"n{number}", name=f"b{number}")
        for number in range(size)
    ]
    return [cluster_role("r", *rules), *bindings]


def many_names(size: int) -> list[Any]:
    named = [rule("bind,escalate,update", "clusterroles", GROUP, names=f"reader,x{number}") for number in range(size)]
    roles = [cluster_role(f"r{number}", each) for number, each in enumerate(named)]
    bindings = [bind_cluster(each["metadata"]["name"], account("web", "shop")) for each in roles]
    reader = cluster_role("reader", *(rule("get", f"kind{number}") for number in range(size)))
    writer = cluster_role("writer", rule("create", "clusterrolebindings", GROUP))
    return [*roles, *bindings, reader, writer, bind_cluster("writer", account("web", "shop"))]


@pytest.mark.parametrize("shape", [many_namespaces, many_names])
def test_what_one_account_holds_in_many_ways_costs_in_proportion(shape: Callable[[int], list[Any]]) -> None:
    once, twice = (lines_run(partial(find, shape(size))) for size in (60, 120))
    assert twice < 2.2 * once
