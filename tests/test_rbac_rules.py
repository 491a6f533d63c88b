"""How the rules about permissions weigh what they find, what they point at, and what they leave unsaid."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from kubelint_py import Config, Finding, Report, check_text
from tests.model.rbac_objects import GROUP, Plain, account, bind, bind_cluster, cluster_role, group, role, rule, user
from tests.source.walk import paths, with_value
from tests.steps import lines_run


def check(objects: list[Plain], config: Config) -> Report:
    return check_text("".join(f"---\n{json.dumps(each)}\n" for each in objects), name="set.yaml", config=config)


def findings(*objects: Plain, select: str = "rbac", profile: str = "default") -> list[Finding]:
    return list(check(list(objects), Config(select=(select,), profile=profile)).findings)


def severity(*objects: Plain, select: str) -> list[str]:
    return [finding.severity for finding in findings(*objects, select=select)]


EXEC = cluster_role("shell", rule("create", "pods/exec"))
NAMED = cluster_role("shell", rule("create", "pods/exec", names="a"))
ALICE = user("alice")


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([EXEC], "high"),
        ([EXEC, bind_cluster("shell", ALICE)], "high"),
        ([EXEC, bind("ClusterRole/shell", ALICE, namespace="shop")], "medium"),
        ([EXEC, bind("ClusterRole/shell", ALICE, namespace="kube-system")], "high"),
        ([EXEC, bind("ClusterRole/shell", ALICE, namespace="shop"), bind_cluster("shell", ALICE)], "high"),
        ([EXEC, bind_cluster("shell", group("system:authenticated"))], "critical"),
        ([EXEC, bind("ClusterRole/shell", group("system:serviceaccounts:shop"), namespace="shop")], "high"),
        ([NAMED, bind_cluster("shell", ALICE)], "low"),
        ([role("shell", rule("create", "pods/exec"), namespace="shop")], "medium"),
        ([role("shell", rule("create", "pods/exec"), namespace="kube-system")], "high"),
    ],
)
def test_the_scope_the_names_and_the_subjects_weigh(objects: list[Plain], expected: str) -> None:
    assert severity(*objects, select="rbac-pod-exec") == [expected]


@pytest.mark.parametrize(
    ("name", "expected"), [("view", "medium"), ("cluster-admin", "critical")], ids=["harmless", "powerful"]
)
def test_a_powerful_name_limits_nothing(name: str, expected: str) -> None:
    binder = cluster_role("binder", rule("bind", "clusterroles", GROUP, names=name))
    assert severity(binder, bind_cluster("binder", ALICE), select="rbac-bind") == [expected]


def test_one_finding_a_role_with_the_other_places_and_the_bindings() -> None:
    deployer = cluster_role(
        "deployer", rule("create", "pods"), rule("get", "pods"), rule("patch", "deployments,statefulsets", "apps")
    )
    (finding,) = findings(deployer, bind_cluster("deployer", ALICE, account("ci", "ci")), select="rbac-create-pods")
    assert finding.path == "/rules/0/resources/0"
    assert [related.message for related in finding.related] == [
        "and here: drop patch on 'deployments', 'statefulsets'",
        "ClusterRoleBinding/cb gives it to User alice in the whole cluster",
        "ClusterRoleBinding/cb gives it to ServiceAccount ci/ci in the whole cluster",
    ]


def test_rights_through_an_aggregated_role_are_those_of_its_part() -> None:
    part = cluster_role("part", rule("create", "pods/exec"), labels={"team": "shop"})
    whole = cluster_role("whole", selectors=[{"matchLabels": {"team": "shop"}}])
    (finding,) = findings(part, whole, bind_cluster("whole", ALICE), select="rbac-pod-exec")
    assert finding.object is not None
    assert finding.object.name == "part"
    assert len(finding.related) == 1


@pytest.mark.parametrize(
    ("objects", "shown"),
    [
        ([cluster_role("r", rule("create", "pods/exec,pods/attach,pods/portforward"))], ["rbac-pod-exec"]),
        (
            [cluster_role("r", rule("bind,escalate,create", "clusterroles,clusterrolebindings", GROUP))],
            ["rbac-escalate"],
        ),
        ([cluster_role("r", rule("get,update", "secrets"))], ["rbac-read-secrets"]),
        ([cluster_role("r", rule("*", "services"))], ["rbac-wildcard-verb"]),
        ([cluster_role("r", rule("get", "*", "*"))], ["rbac-wildcard-resource"]),
    ],
)
def test_one_cause_is_one_finding(objects: list[Plain], shown: list[str]) -> None:
    report = check(objects, Config())
    assert [finding.rule for finding in report.findings if finding.category == "rbac"] == shown
    strict = check(objects, Config(profile="strict"))
    assert len([finding for finding in strict.findings if finding.category == "rbac"]) > len(shown)


def pod(name: str, **spec: Any) -> Plain:
    metadata = {"name": name, "namespace": "shop", "labels": {"app": name}}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": {"serviceAccountName": name, **spec}}


ADMIN = bind_cluster("cluster-admin", account("operator", "shop"), name="admin")
JOBS = [
    role("jobs", rule("create", "jobs", "batch"), namespace="shop"),
    bind("Role/jobs", account("web"), namespace="shop"),
]
SECRETS = [role("s", rule("get", "secrets"), namespace="shop"), bind("Role/s", account("web"), namespace="shop")]
FOREIGN = [bind("ClusterRole/edit", account("web", "shop"), namespace="edge")]
SERVICE = {
    "apiVersion": "v1",
    "kind": "Service",
    "metadata": {"name": "web", "namespace": "shop"},
    "spec": {"type": "LoadBalancer", "selector": {"app": "web"}},
}


@pytest.mark.parametrize(
    ("objects", "expected"),
    [
        ([*JOBS, ADMIN], "critical"),
        ([*SECRETS, ADMIN], "high"),
        ([*SECRETS, ADMIN, SERVICE], "critical"),
        ([cluster_role("r", rule("create", "pods")), bind_cluster("r", account("web", "shop"))], "high"),
        ([cluster_role("r", rule("create", "pods")), bind_cluster("r", account("web", "shop")), SERVICE], "critical"),
        (FOREIGN, "medium"),
        ([*FOREIGN, SERVICE], "high"),
    ],
)
def test_paths_weigh_by_end_certainty_and_exposure(objects: list[Plain], expected: str) -> None:
    assert severity(pod("web"), *objects, select="rbac-escalation-path") == [expected]


def test_each_hop_of_a_path_is_a_place() -> None:
    text = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  serviceAccountName: web
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: {name: jobs, namespace: shop}
rules:
  - apiGroups: [batch]
    resources: [jobs]
    verbs: [create]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: jobs, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: jobs}
subjects:
  - kind: ServiceAccount
    name: web
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {kind: ServiceAccount, name: operator, namespace: shop}
"""
    config = Config(select=("rbac-escalation-path",))
    (finding,) = check_text(text, name="shop.yaml", config=config).findings
    assert (finding.line, finding.column) == (5, 23)
    assert [(related.file, related.line, related.message) for related in finding.related] == [
        ("shop.yaml", 21, "RoleBinding shop/jobs gives ServiceAccount shop/web the Role shop/jobs"),
        ("shop.yaml", 11, "Role shop/jobs may create pods"),
        (
            "shop.yaml",
            28,
            "ClusterRoleBinding admin gives ServiceAccount shop/operator the built-in ClusterRole cluster-admin",
        ),
    ]


def test_system_and_bootstrapping_objects_stay_quiet() -> None:
    labels = {"kubernetes.io/bootstrapping": "rbac-defaults"}
    everything = rule("*", "*", "*")
    quiet = cluster_role("vendor", everything, labels=labels)
    named = cluster_role("system:vendor", everything)
    bound = bind_cluster("system:vendor", user("system:kube-scheduler"), name="system:vendor")
    assert [finding.rule for finding in findings(quiet, named, bound, profile="strict")] == []
    loud = cluster_role("vendor", everything)
    assert "rbac-wildcard-verb" in {finding.rule for finding in findings(loud, profile="strict")}


WRONG: list[Any] = [None, True, 7, "text", [], {}, [None], [7], [[]], [{}], {"a": None}]


def sound() -> list[Plain]:
    service_account = {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}}
    ingress = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"rules": [{"http": {"paths": [{"backend": {"service": {"name": "web"}}}]}}]},
    }
    source = {"serviceAccountToken": {"path": "t"}}
    volumes = [{"name": "t", "projected": {"sources": [source]}}, {"name": "s", "secret": {"secretName": "s"}}]
    env = [{"name": "WATCH_NAMESPACE", "valueFrom": {"fieldRef": {"fieldPath": "metadata.namespace"}}}]
    workload = pod("web", volumes=volumes, containers=[{"name": "c", "env": env}])
    return [workload, service_account, ingress, SERVICE, ADMIN, *SECRETS, *JOBS]


def test_no_rule_crashes_on_odd_types() -> None:
    objects = sound()
    config = Config(select=("rbac",))
    for path in paths(objects, 1_000)[1:]:
        for wrong in WRONG:
            changed = [each for each in with_value(objects, path, wrong) if isinstance(each, dict)]
            report = check(changed, config)
            assert [each.message for each in report.findings if each.rule == "internal-error"] == [], (path, wrong)


def many_rules(size: int) -> list[Plain]:
    rules = [rule(f"create,v{n}", "applications,secrets,pods", f"argoproj.io,,g{n}") for n in range(size)]
    return [cluster_role("r", *rules), bind_cluster("r", account("web", "shop")), pod("web")]


def many_holders(size: int) -> list[Plain]:
    rules = [rule(f"get,v{n}", "secrets,applications", ",argoproj.io") for n in range(20)]
    accounts = [account(f"a{n}", "shop") for n in range(size)]
    return [cluster_role("r", *rules), bind_cluster("r", *accounts), *(pod(f"a{n}") for n in range(size))]


def many_bindings(size: int) -> list[Plain]:
    rules = [rule("get,create", f"kind{n},secrets,pods") for n in range(20)]
    everybody = group("system:authenticated")
    bindings = [bind("ClusterRole/r", everybody, namespace=f"n{n}", name=f"b{n}") for n in range(size)]
    return [cluster_role("r", *rules), *bindings, *(pod(f"p{n}") for n in range(3))]


def many_items(size: int) -> list[Plain]:
    verbs, known, unknown = (",".join(f"{word}{n}" for n in range(size)) for word in ("do", "orders", "podz"))
    return [cluster_role("r", rule("get", known, "shop.example.com"), rule(verbs, unknown))]


@pytest.mark.parametrize("shape", [many_rules, many_holders, many_bindings, many_items])
def test_twice_as_much_is_twice_the_work(shape: Callable[[int], list[Plain]]) -> None:
    config = Config(select=("rbac",))
    check(shape(10), config)
    once, twice = (lines_run(partial(check, shape(size), config)) for size in (60, 120))
    assert twice < 2.3 * once


@pytest.mark.parametrize(
    ("external", "expected"),
    [
        ((), ["rbac-dangling-role-ref", "rbac-dangling-subject"]),
        (("ServiceAccount/ci-*",), ["rbac-dangling-role-ref"]),
        (("Role/deployer",), ["rbac-dangling-subject"]),
        (("ClusterRole/deployer", "Secret/*"), ["rbac-dangling-role-ref", "rbac-dangling-subject"]),
    ],
)
def test_what_exists_elsewhere_by_the_configuration_is_not_dangling(
    external: tuple[str, ...], expected: list[str]
) -> None:
    runner = account("ci-runner", "shop")
    objects = [
        {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "web", "namespace": "shop"}},
        role("reader", rule("get", "configmaps"), namespace="shop"),
        bind("Role/deployer", runner, namespace="shop"),
    ]
    select = ("rbac-dangling-role-ref", "rbac-dangling-subject")
    report = check(objects, Config(select=select, external=external))
    assert sorted({finding.rule for finding in report.findings}) == expected
