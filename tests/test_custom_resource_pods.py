"""Rules on pods inside custom resources: what is written counts, what a controller completes is not missing."""

from __future__ import annotations

import pytest

from kubelint_py import Config, check_text

PROMETHEUS = """\
apiVersion: monitoring.coreos.com/v1
kind: Prometheus
metadata: {name: k8s, namespace: monitoring}
spec:
  hostNetwork: true
  securityContext: {runAsUser: 1000}
  containers:
    - name: prometheus
      securityContext: {readOnlyRootFilesystem: false}
"""
WORKFLOW = """\
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: {name: build}
spec:
  securityContext: {runAsUser: 1000}
  templates:
    - name: one
      container: {image: 'registry.example/build:latest'}
    - name: two
      script: {image: 'registry.example/build:1.0', source: x, securityContext: {runAsUser: 0}}
"""
ROLLOUT = """\
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  template:
    spec:
      containers:
        - name: web
          image: registry.example/web:1.0
"""
PRESENCE = (
    "capabilities-not-dropped",
    "privilege-escalation-allowed",
    "readiness-probe-missing",
    "seccomp-profile-missing",
    "writable-root-filesystem",
)


def found(text: str, *rules: str) -> list[tuple[str, int, str]]:
    report = check_text(text, name="it.yaml", config=Config(select=rules))
    return [(each.rule, each.line, each.container) for each in report.findings]


def test_what_is_written_is_found_where_it_is_written() -> None:
    rules = ("host-network", "writable-root-filesystem", "image-tag-missing-or-latest")
    assert found(PROMETHEUS, *rules) == [("host-network", 5, ""), ("writable-root-filesystem", 9, "prometheus")]
    assert found(WORKFLOW, *rules) == [("image-tag-missing-or-latest", 8, "main")]


def test_what_the_controller_sets_or_may_set_is_not_missing() -> None:
    assert found(PROMETHEUS, *PRESENCE) == [
        ("seccomp-profile-missing", 6, "config-reloader"),
        ("seccomp-profile-missing", 9, "prometheus"),
        ("writable-root-filesystem", 9, "prometheus"),
    ]
    rules = {rule for rule, _, _ in found(WORKFLOW, *PRESENCE)}
    assert rules == {"capabilities-not-dropped", "privilege-escalation-allowed", "seccomp-profile-missing"}


def test_a_plain_template_is_judged_like_any_other() -> None:
    rules = {rule for rule, _, _ in found(ROLLOUT, *PRESENCE)}
    assert rules == {*PRESENCE} - {"readiness-probe-missing"}


def test_a_user_of_the_pod_counts_for_its_containers() -> None:
    assert found(PROMETHEUS, "run-as-root-allowed") == []
    assert found(WORKFLOW, "run-as-root-allowed") == [("run-as-root-allowed", 10, "main")]
    assert found(WORKFLOW, "run-as-root-user") == [("run-as-root-user", 10, "main")]


@pytest.mark.parametrize("text", [PROMETHEUS, WORKFLOW, ROLLOUT])
def test_every_finding_has_a_place(text: str) -> None:
    report = check_text(text, name="it.yaml", config=Config(profile="strict"))
    assert report.findings
    assert all(each.line for each in report.findings)
    assert not [each for each in report.findings if each.rule == "internal-error"]
