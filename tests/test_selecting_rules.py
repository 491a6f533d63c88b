"""What the case files of rules do not show: severities, hints, and what a stronger rule already says."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_py import Config, Finding, check_paths, check_text

POD = """
apiVersion: v1
kind: Pod
metadata: {name: %s, namespace: shop, labels: {%s}}
spec: {containers: [{name: web}]}
---"""
SERVICE = """
apiVersion: v1
kind: Service
metadata: {name: web, namespace: %s}
spec: {selector: {app: web, tier: front}}
---"""
ROLE = """
apiVersion: rbac.authorization.k8s.io/v1
kind: %s
metadata: {name: shop, namespace: shop}
rules:
  - %s
---"""
CALICO = """
apiVersion: crd.projectcalico.org/v1
kind: %s
metadata: {name: all%s}
---"""
NAMESPACE = """
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---"""


def findings(text: str, *rules: str) -> list[Finding]:
    return list(check_text(text, config=Config(select=rules)).findings)


def hints(text: str) -> list[tuple[int, str]]:
    (finding,) = findings(text, "dangling-service")
    return [(related.line, related.message) for related in finding.related]


def test_pods_of_another_namespace_are_shown() -> None:
    pod = POD % ("web", "app: web, tier: front")
    assert hints(pod + SERVICE % "store") == [(4, "Pod/web is in namespace 'shop'")]


def test_the_label_that_differs_is_shown_before_one_that_lacks() -> None:
    lacking, other = POD % ("a", "app: web"), POD % ("b", "app: web, tier: back")
    assert hints(lacking + SERVICE % "shop") == [(4, "Pod/a lacks the label tier")]
    assert hints(lacking + other + SERVICE % "shop") == [(9, "Pod/b has tier=back")]


def test_a_workload_of_the_same_name_is_shown() -> None:
    assert hints(POD % ("web", "app: shop") + SERVICE % "shop") == [(4, "Pod/web has app=shop")]
    assert hints(POD % ("orders", "app: orders") + SERVICE % "shop") == []


@pytest.mark.parametrize(
    ("policy", "severity"),
    [
        ("", "medium"),
        (CALICO % ("NetworkPolicy", ", namespace: shop"), "info"),
        (CALICO % ("NetworkPolicy", ", namespace: store"), "medium"),
        (CALICO % ("NetworkPolicy", ""), "info"),
        (CALICO % ("GlobalNetworkPolicy", ""), "info"),
        (CALICO % ("IPPool", ""), "medium"),
    ],
)
def test_policies_that_are_not_evaluated_weaken_what_is_said_of_their_namespace(policy: str, severity: str) -> None:
    rules = ("workload-without-network-policy", "namespace-without-default-deny")
    found = findings(NAMESPACE + POD % ("web", "app: web") + policy, *rules)
    assert [(finding.rule, finding.severity) for finding in found] == [(rule, severity) for rule in reversed(rules)]


@pytest.mark.parametrize(
    ("container", "severities"),
    [
        ("{name: a, ports: [{containerPort: 80}]}", ["medium"]),
        ("{name: a}", ["low"]),
        ("{name: a}, {name: b}", ["low"] * 2),
    ],
)
def test_a_container_without_ports_weighs_less(container: str, severities: list[str]) -> None:
    text = f"apiVersion: v1\nkind: Pod\nmetadata: {{name: web}}\nspec: {{containers: [{container}]}}\n"
    assert [finding.severity for finding in findings(text, "readiness-probe-missing")] == severities


@pytest.mark.parametrize(
    ("rule", "granted", "severity"),
    [
        ("rbac-wildcard-verb", '{apiGroups: [apps], resources: [deployments], verbs: ["*"]}', "high"),
        ("rbac-wildcard-verb", '{apiGroups: ["*"], resources: [deployments], verbs: ["*"]}', "high"),
        ("rbac-wildcard-verb", '{apiGroups: [db.example.com, ""], resources: [pods], verbs: ["*"]}', "high"),
        ("rbac-wildcard-verb", '{apiGroups: [db.example.com], resources: [clusters], verbs: ["*"]}', "low"),
        ("rbac-wildcard-verb", '{nonResourceURLs: [/healthz], verbs: ["*"]}', "medium"),
        ("rbac-wildcard-resource", '{apiGroups: [""], resources: ["*"], verbs: [get]}', "high"),
        ("rbac-wildcard-resource", '{apiGroups: [metrics.k8s.io], resources: ["*"], verbs: [get]}', "medium"),
        ("rbac-wildcard-resource", '{apiGroups: ["*"], resources: ["*/scale"], verbs: [get]}', "medium"),
        ("rbac-read-secrets", '{apiGroups: [""], resources: [secrets], verbs: [get]}', "high"),
    ],
)
def test_what_a_rule_of_a_cluster_role_weighs(rule: str, granted: str, severity: str) -> None:
    assert [finding.severity for finding in findings(ROLE % ("ClusterRole", granted), rule)] == [severity]


def test_secrets_of_one_namespace_weigh_less() -> None:
    granted = '{apiGroups: [""], resources: [secrets], verbs: [get]}'
    assert [finding.severity for finding in findings(ROLE % ("Role", granted), "rbac-read-secrets")] == ["medium"]


def test_cluster_admin_in_one_namespace_weighs_less() -> None:
    text = """
apiVersion: rbac.authorization.k8s.io/v1
kind: %s
metadata: {name: jane, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
"""
    for kind, severity in (("ClusterRoleBinding", "critical"), ("RoleBinding", "high")):
        assert [each.severity for each in findings(text % kind, "rbac-cluster-admin-binding")] == [severity]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (ROLE % ("ClusterRole", '{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}'), ["rbac-wildcard-everything"]),
        (ROLE % ("ClusterRole", '{apiGroups: [""], resources: [secrets], verbs: ["*"]}'), ["rbac-wildcard-verb"]),
        (ROLE % ("ClusterRole", '{apiGroups: [""], resources: [secrets], verbs: [get]}'), ["rbac-read-secrets"]),
        ("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: web}]}\n", ["image-tag-missing-or-latest"]),
        ("apiVersion: v1\nkind: Pod\nspec: {containers: [{name: a, image: 'web:2'}]}\n", ["image-without-digest"]),
    ],
)
def test_one_cause_is_one_finding(text: str, shown: list[str]) -> None:
    rules = ("rbac", "image-tag-missing-or-latest", "image-without-digest")
    report = check_text(text, config=Config(select=rules, ignore=("rbac-unused-grant",)))
    assert [finding.rule for finding in report.findings] == shown


def test_a_patch_adds_no_pods_and_no_services(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: [web.yaml]\npatches: [{path: patch.yaml}]\n", "utf-8")
    (tmp_path / "web.yaml").write_text(POD % ("web", "app: web, tier: front") + SERVICE % "shop", "utf-8")
    (tmp_path / "patch.yaml").write_text(SERVICE.replace("front", "back") % "shop", "utf-8")
    assert check_paths([tmp_path], config=Config(select=("dangling-service",))).findings == ()
    (tmp_path / "kustomization.yaml").write_text("resources: [web.yaml, patch.yaml]\n", "utf-8")
    assert len(check_paths([tmp_path], config=Config(select=("dangling-service",))).findings) == 1
