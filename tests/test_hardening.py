"""Hardening rules together: one cause gives one finding, patches are partial, and odd data breaks nothing."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kubelint_py import Config, check_objects, check_paths, check_text
from tests.steps import lines_run

POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: storefront
spec:
  containers:
    - name: web
      image: registry.example/shop/storefront:1.4.2
"""


def found(text: str, profile: str = "default") -> set[str]:
    config = Config(select=("hardening", "pod-security"), profile=profile)
    return {finding.rule for finding in check_text(text, name="pod.yaml", config=config).findings}


def test_a_bare_pod_is_told_each_cause_once() -> None:
    weak = {
        "apparmor-profile-missing",
        "low-uid",
        "net-raw-not-dropped",
        "no-capability-dropped",
        "no-kernel-hardening",
        "security-context-missing",
        "selinux-options-missing",
    }
    said, all_said = found(POD), found(POD, "strict")
    assert said & weak == set()
    assert all_said - said == weak


@pytest.mark.parametrize("group", ["runAsGroup: 0", "runAsGroup: 0, runAsUser: 10001"])
def test_root_and_its_group_are_one_cause(group: str) -> None:
    own = f"      securityContext: {{{group}}}\n"
    root = own.replace("{", "{runAsUser: 0, ") if "runAsUser" not in group else own
    said = found(POD + root)
    assert ("run-as-root-user" in said) != ("root-group" in said)


def test_an_unmasked_proc_is_refused_before_it_is_dangerous() -> None:
    text = POD + "      securityContext: {procMount: Unmasked}\n"
    assert found(text) & {"user-namespace-conflict", "unmasked-proc-mount"} == {"user-namespace-conflict"}
    own = text.replace("spec:\n", "spec:\n  hostUsers: false\n")
    assert found(own) & {"user-namespace-conflict", "unmasked-proc-mount"} == set()


def test_a_patch_is_not_blamed_for_what_it_leaves_out(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: []\npatches: [{path: patch.yaml}]\n", encoding="utf-8")
    patch = POD + "      securityContext: {procMount: Unmasked, runAsGroup: 0}\n"
    (tmp_path / "patch.yaml").write_text(patch, encoding="utf-8")
    report = check_paths([tmp_path], config=Config(select=("hardening",), profile="strict"))
    assert {finding.rule for finding in report.findings} == {"low-gid", "root-group"}


ODD: tuple[Any, ...] = (None, True, 0, -1, 1 << 70, 1.5, "", "text", "x" * 5000, [], [None], [1, "a"], {}, {"a": None})
SHAPES = (
    lambda value: {"spec": value},
    lambda value: {"metadata": value, "spec": {"containers": [{}]}},
    lambda value: {"spec": {"containers": value, "initContainers": value, "ephemeralContainers": value}},
    lambda value: {"spec": {"containers": [value, {"name": value, "image": value, "volumeDevices": value}]}},
    lambda value: {"spec": {"containers": [{"securityContext": value, "resources": value}], "securityContext": value}},
    lambda value: {"spec": dict.fromkeys(FIELDS, value) | {"containers": [{"name": "a"}]}},
    lambda value: {"spec": {"containers": [{"securityContext": dict.fromkeys(OF_CONTEXTS, value)}]}},
    lambda value: {"spec": {"containers": [{}], "securityContext": dict.fromkeys(OF_CONTEXTS, value)}},
    lambda value: {"spec": {"containers": [{}], "volumes": [value, {"persistentVolumeClaim": value, "name": value}]}},
    lambda value: {"spec": dict.fromkeys(OF_SANDBOXES, value)},
    lambda value: {"spec": {"networkPolicy": {"egress": [value, {"to": value}, {"ports": value}, {"to": [value]}]}}},
)
FIELDS = ("hostUsers", "hostPID", "os", "nodeSelector", "serviceAccount", "serviceAccountName", "runtimeClassName")
OF_CONTEXTS = (
    "appArmorProfile",
    "capabilities",
    "fsGroup",
    "procMount",
    "runAsGroup",
    "runAsUser",
    "seLinuxOptions",
    "seccompProfile",
    "supplementalGroups",
    "windowsOptions",
)
OF_SANDBOXES = ("networkPolicy", "networkPolicyManagement", "podTemplate", "volumeClaimTemplates")


def kinds(shape: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a pod, a template of sandboxes and two other objects of this shape."""
    sandbox = {"apiVersion": "extensions.agents.x-k8s.io/v1beta1", "kind": "SandboxTemplate", **shape}
    return [
        {"apiVersion": "v1", "kind": "Pod", **shape},
        {**sandbox, "spec": {"podTemplate": shape}},
        sandbox,
        {"apiVersion": "v1", "kind": "ServiceAccount", **shape},
        {"apiVersion": "v1", "kind": "Namespace", **shape},
    ]


@pytest.mark.parametrize("version", ["1.0", "1.26", "1.37"])
def test_odd_data_breaks_nothing(version: str) -> None:
    config = Config(select=("hardening", "internal-error"), profile="strict", kubernetes_version=version)
    objects = [each for shape in SHAPES for value in ODD for each in kinds(shape(value))]
    report = check_objects(objects, config=config)
    assert [finding.message for finding in report.findings if finding.rule == "internal-error"] == []
    assert report.summary.findings > len(ODD)
    assert max(len(finding.message) for finding in report.findings) < 300


def ssh_services(size: int) -> list[dict[str, Any]]:
    services = [{"selector": {"app": f"a{n}", "of": "shop"}, "ports": [{"port": 22}]} for n in range(size)]
    pods = [{"labels": {"app": f"a{n}", "of": "shop"}} for n in range(size)]
    return [
        *({"apiVersion": "v1", "kind": "Service", "metadata": {"name": "s"}, "spec": each} for each in services),
        *({"apiVersion": "v1", "kind": "Pod", "metadata": each, "spec": {"containers": [{}]}} for each in pods),
    ]


def large_pod(size: int) -> list[dict[str, Any]]:
    mounts = [{"name": "data", "subPath": "x", "readOnly": n > 0} for n in range(size)]
    containers = [{"volumeMounts": [each], "ports": [{"containerPort": 80}]} for each in reversed(mounts)]
    sysctls = [{"name": "kernel.sem", "value": "1"} for _ in range(size)]
    spec = {"containers": containers, "securityContext": {"sysctls": sysctls}}
    metadata = {"annotations": {f"a{n}": "" for n in range(size)}}
    return [{"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}]


@pytest.mark.parametrize(
    ("shape", "rule"),
    [
        (large_pod, "no-kernel-hardening"),
        (large_pod, "privileged-container-port"),
        (large_pod, "sub-path-symlink-risk"),
        (ssh_services, "ssh-port-exposed"),
    ],
)
def test_twice_as_much_is_twice_the_work(shape: Callable[[int], list[dict[str, Any]]], rule: str) -> None:
    check = partial(check_objects, config=Config(select=(rule,), kubernetes_version="1.22"))
    assert check(shape(10)).findings
    once, twice = (lines_run(partial(check, shape(size))) for size in (100, 200))
    assert twice < 2.3 * once
