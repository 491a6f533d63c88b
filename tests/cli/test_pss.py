"""`kubelint pss` and `kubelint check --pss` as their users run them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kubelint_py import pss
from kubelint_py.api import load, load_resources
from kubelint_py.model.pss_changes import standing
from kubelint_py.model.versions import Version
from tests.cli.test_check import kubelint
from tests.conftest import shared

SHOP = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template:
    spec:
      securityContext: {seccompProfile: {type: RuntimeDefault}}
      containers:
        - name: web
          image: web:1.0
        - image: proxy:1.0
          securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, runAsNonRoot: true}
---
apiVersion: v1
kind: Pod
metadata:
  name: agent
  annotations: {container.apparmor.security.beta.kubernetes.io/a: unconfined}
spec:
  hostPID: true
  volumes: [{name: node, hostPath: {path: /}}]
  containers: [{name: a, image: 'a:1'}]
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
"""
QUIET = """\
apiVersion: v1
kind: Pod
metadata: {name: quiet, namespace: shop}
spec:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: a
      image: a:1
      securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
"""
RUN = """\
apiVersion: tekton.dev/v1
kind: TaskRun
metadata: {name: build}
spec:
  podTemplate: {securityContext: {runAsNonRoot: true}}
  taskSpec: {steps: [{name: build, image: 'a:1'}]}
"""
TABLE = """\
WORKLOAD                            LEVEL               TO REACH    CHANGES
quiet.yaml
  Pod shop/quiet                    restricted
run.yaml
  TaskRun build (spec.taskSpec)     at most restricted
  TaskRun build (spec.podTemplate)  at most restricted
shop.yaml
  Deployment shop/web               baseline            restricted  set containers[web].A: false
                                                                    set containers[web].C: [ALL]
                                                                    set securityContext.runAsNonRoot: true
  Pod agent                         privileged          baseline    remove metadata.annotations[P]
                                                                    remove hostPID
                                                                    remove volumes[node].hostPath
5 workloads by the standards of v1.37: 3 restricted, 1 baseline, 1 privileged
"""
WORDS = {
    "A:": "securityContext.allowPrivilegeEscalation:",
    "C:": "securityContext.capabilities.drop:",
    "[P]": "[container.apparmor.security.beta.kubernetes.io/a]",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {"shop": SHOP, "quiet": QUIET, "run": RUN}.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def test_the_table(folder: Path) -> None:
    result = kubelint("pss", cwd=folder)
    expected = TABLE
    for short, word in WORDS.items():
        expected = expected.replace(short, word)
    assert result.stdout == expected
    assert (result.returncode, result.stderr) == (0, "")


def test_a_change_names_the_item_of_a_list_it_removes(folder: Path) -> None:
    text = QUIET.replace("drop: [ALL]", 'drop: [ALL], add: [NET_ADMIN, "x\\e[31m", 7]')
    stdout = kubelint("pss", "-", cwd=folder, text=text).stdout
    added = "remove containers[a].securityContext.capabilities.add"
    assert [line.split("  ")[-1].strip() for line in stdout.splitlines()[2:-1]] == [
        f"{added}[NET_ADMIN]",
        f"{added}[x\\x1b[31m]",
        f"{added}[2]",
    ]


def report(*arguments: str, cwd: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(kubelint("pss", "--format", "json", *arguments, cwd=cwd).stdout)
    return data


def test_json(folder: Path) -> None:
    data = report("shop.yaml", cwd=folder)
    assert data["summary"] == {"workloads": 2, "restricted": 0, "baseline": 1, "privileged": 1}
    assert (data["version"], data["policy_version"]) == (1, "v1.37")
    assert data["inputs"] == [{"file": "shop.yaml", "status": "linted", "reason": ""}]
    web, agent = data["workloads"]
    changes = web.pop("changes")
    assert web == {
        "file": "shop.yaml",
        "document": 0,
        "line": 3,
        "object": {"apiVersion": "apps/v1", "kind": "Deployment", "namespace": "shop", "name": "web"},
        "template": "/spec/template",
        "partial": False,
        "level": "baseline",
        "next_level": "restricted",
    }
    assert changes[0] == {
        "path": "/spec/template/spec/containers/0/securityContext/allowPrivilegeEscalation",
        "field": "containers[web].securityContext.allowPrivilegeEscalation",
        "action": "set",
        "value": False,
        "controls": ["allowPrivilegeEscalation"],
    }
    assert [(each["path"], each["action"], each["value"]) for each in agent["changes"]] == [
        ("/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1a", "remove", None),
        ("/spec/hostPID", "remove", None),
        ("/spec/volumes/0/hostPath", "remove", None),
    ]
    assert agent["line"] == 17


@pytest.mark.parametrize("option", ["--version", "--kubernetes-version"])
def test_versions(folder: Path, option: str) -> None:
    old = report("shop.yaml", option, "v1.7", cwd=folder)
    assert old["policy_version"] == "v1.7"
    assert [each["path"] for each in old["workloads"][0]["changes"]] == [
        "/spec/template/spec/securityContext/runAsNonRoot"
    ]
    newer = kubelint("pss", "quiet.yaml", option, "1.99", cwd=folder)
    assert "1 workload by the standards of v1.37" in newer.stdout
    assert newer.stderr == ("kubelint: Pod Security Standards v1.99 are newer than known; judged by those of v1.37\n")
    wrong = kubelint("pss", option, "new", cwd=folder)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert "'new' is not a Kubernetes version" in wrong.stderr


def test_standard_input_and_nothing_to_judge(folder: Path) -> None:
    result = kubelint("pss", "-", "--stdin-filename", "in.yaml", cwd=folder, text=QUIET)
    assert "in.yaml\n  Pod shop/quiet" in result.stdout
    empty = kubelint("pss", "-", cwd=folder, text="apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    assert (empty.returncode, empty.stderr) == (0, "kubelint: no workload was found\n")


def test_an_input_that_failed_is_told(folder: Path) -> None:
    (folder / "broken.yaml").write_text("apiVersion: v1\nkind: Pod\nspec: {a: [}\n")
    result = kubelint("pss", cwd=folder)
    assert result.returncode == 1
    assert result.stderr.startswith("kubelint: broken.yaml: ")
    assert "Pod shop/quiet" in result.stdout


def test_the_configuration_excludes_files_sets_the_version_and_adds_kinds(folder: Path) -> None:
    farm = "apiVersion: example.org/v1\nkind: Farm\nmetadata: {name: f}\nspec: {pod: {hostPID: true, containers: []}}\n"
    (folder / "farm.yaml").write_text(farm)
    assert [each["object"]["kind"] for each in report("farm.yaml", cwd=folder)["workloads"]] == []
    (folder / ".kubelint.yaml").write_text(
        'kubernetes-version: "1.30"\nexclude: [shop.yaml, run.yaml]\npod-templates: {example.org/Farm: [spec.pod]}\n'
    )
    data = report(cwd=folder)
    assert data["policy_version"] == "v1.30"
    assert [(each["file"], each["level"]) for each in data["workloads"]] == [
        ("farm.yaml", "privileged"),
        ("quiet.yaml", "restricted"),
    ]
    found = kubelint("check", "--pss", "restricted", "--format", "concise", cwd=folder)
    assert "farm.yaml:4:23: high[host-pid] pod shares the PID namespace of the node (Farm/f)" in found.stdout
    (folder / "other.yaml").write_text("pod-templates: {Farm: [spec.pod]}\n")
    wrong = kubelint("pss", "--config", "other.yaml", cwd=folder)
    assert wrong.returncode == 2
    assert "other.yaml:1" in wrong.stderr
    assert "is not a kind such as argoproj.io/Rollout" in wrong.stderr


def test_text_of_unknown_origin_is_made_safe(folder: Path) -> None:
    text = QUIET.replace("name: quiet", 'name: "q\\e[31m"').replace("name: a", 'name: "\\u202ea"')
    text = text.replace("allowPrivilegeEscalation: false, ", "")
    result = kubelint("pss", "-", cwd=folder, text=text)
    assert "\x1b" not in result.stdout
    assert "\u202e" not in result.stdout
    assert "Pod shop/q\\x1b[31m" in result.stdout


def test_the_command_is_listed_and_only_loaded_when_asked_for(folder: Path) -> None:
    listed = kubelint("--help", cwd=folder).stdout
    assert "pss " in listed
    assert "check " in listed
    assert "Show the Pod Security Standards level" in kubelint("pss", "--help", cwd=folder).stdout


def test_check_under_a_policy(folder: Path) -> None:
    result = kubelint("check", "--pss", "baseline@v1.31", "--format", "json", cwd=folder)
    findings = json.loads(result.stdout)["findings"]
    assert [(each["file"], each["rule"]) for each in findings] == [
        ("shop.yaml", "apparmor-overridden"),
        ("shop.yaml", "host-pid"),
        ("shop.yaml", "host-path-volume"),
    ]
    assert result.returncode == 1
    newer = kubelint("check", "--pss", "baseline@v1.99", "quiet.yaml", cwd=folder)
    assert newer.returncode == 0
    assert "v1.99 are newer than known; judged by those of v1.37" in newer.stderr
    assert kubelint("check", "--pss", "strict", cwd=folder).returncode == 2


def test_loading_returns_every_object(folder: Path) -> None:
    resources = load_resources([folder / "shop.yaml"])
    assert [each.title for each in resources] == ["Deployment/web", "Pod/agent", "ConfigMap/settings"]
    assert resources[0].node.document.locate(("metadata", "name")) is not None
    loaded = load([str(folder), str(folder / "missing.yaml")])
    assert [each.resource.title for each in loaded.workloads][:1] == ["Pod/quiet"]
    assert Counter(each.status for each in loaded.inputs) == {"linted": 3, "failed": 1}


def test_every_workload_of_the_corpus_has_a_level() -> None:
    loaded = load([shared("corpus")])
    assert {each.status for each in loaded.inputs} == {"linted"}
    kinds = Counter(each.kind for each in loaded.workloads)
    assert {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Pod"} <= set(kinds)
    assert {"Alertmanager", "Prometheus", "RayCluster"} <= set(kinds)
    reached: dict[int, set[str]] = {}
    for workload in loaded.workloads:
        reached.setdefault(id(workload.resource), set()).add(standing(workload, Version(1, 37)).level)
    for resource in loaded.resources:
        levels = reached.get(id(resource), {"restricted"})
        assert pss.level_reached(resource.data) == min(levels, key=pss.LEVELS.index)
