"""`pss`: the controls of a level decide alone, as findings of the rules that speak for them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from kubelint_py import Config, Finding, check_objects, check_paths, check_text, pss
from kubelint_py.api import Run, check
from kubelint_py.config_pss import policy_of
from kubelint_py.errors import ConfigError
from kubelint_py.model.versions import Version
from kubelint_py.registry import load
from tests.model.pss_pods import pod
from tests.model.test_pss import rows

CONTROLS = {control.id for control in pss.CONTROLS}
VERSIONS = ("v1.7", "v1.18", "v1.22", "v1.31", "v1.37")


def pointer(path: tuple[str | int, ...]) -> str:
    return "".join("/" + str(key).replace("~", "~0").replace("/", "~1") for key in path)


def control(finding: Finding) -> str:
    (found,) = CONTROLS.intersection(finding.tags)
    return found


def subject(**fields: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", **pod(**fields)}


def judged(objects: list[Any], policy: str, **settings: Any) -> list[Finding]:
    return list(check_objects(objects, config=Config(pss=policy, **settings)).findings)


@pytest.mark.parametrize("level", ["baseline", "restricted"])
@pytest.mark.parametrize("version", VERSIONS)
def test_findings_are_the_violations(level: str, version: str) -> None:
    pods = [row["pod"] for row in rows()[VERSIONS.index(version) :: 12]]
    found = judged(pods, f"{level}@{version}")
    actual = Counter((each.document, control(each), each.path, each.message) for each in found)
    expected = Counter(
        (index, one.control, pointer(one.path), one.message)
        for index, each in enumerate(pods)
        for one in pss.violations(each, level=level, version=version)
    )
    assert actual == expected
    assert sum(expected.values()) > 50


def test_findings_have_the_severity_and_tags_of_their_rule() -> None:
    (found,) = judged([subject(security={"privileged": True})], "baseline")
    rule = load().rules["privileged-container"]
    assert (found.rule, found.severity, found.container) == (rule.id, rule.severity, "a")
    assert found.tags == (*rule.tags, "privileged")


def test_no_other_rule_runs_and_options_do_not_count() -> None:
    bare: dict[str, Any] = {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "web"}}
    bare["spec"] = {"containers": [{"name": "a", "image": "a", "securityContext": {"privileged": True}}]}
    options = {"privileged-container": {"allow": ("a",)}}
    found = judged([bare], "baseline", options=options)
    assert [each.rule for each in found] == ["privileged-container"]
    rules = {each.rule for each in judged([bare], "restricted", profile="minimal")}
    assert rules <= set(pss.RULE_CONTROLS)
    assert "capabilities-not-dropped" in rules


def test_the_controls_are_stricter_than_the_default_rules() -> None:
    web = subject(security={"runAsNonRoot": None, "runAsUser": 1000})
    assert judged([web], "", select=("run-as-root-allowed",)) == []
    assert [control(each) for each in judged([web], "restricted")] == ["runAsNonRoot"]


def test_what_a_stronger_finding_implies_is_not_hidden() -> None:
    web = subject(security={"privileged": True, "capabilities": None, "allowPrivilegeEscalation": None})
    found = {control(each) for each in judged([web], "restricted")}
    assert found == {"privileged", "capabilities_restricted", "allowPrivilegeEscalation"}


def test_a_selection_narrows_and_opt_in_rules_are_on() -> None:
    web = subject(security={"privileged": True}, hostPID=True, hostIPC=True)
    assert [each.rule for each in judged([web], "restricted", select=("host-pid",))] == ["host-pid"]
    assert {each.rule for each in judged([web], "restricted", ignore=("host-pid",))} == {
        "host-ipc",
        "privileged-container",
    }
    tagged = judged([web], "restricted", select=("pss-baseline",))
    assert {each.rule for each in tagged} == {"host-ipc", "host-pid", "privileged-container"}


@pytest.mark.parametrize(
    "settings",
    [{"select": ("dangling-service",)}, {"ignore": ("pod-security",)}, {"select": ("sys-admin-capability",)}],
)
def test_a_selection_that_leaves_no_control_is_refused(settings: dict[str, Any]) -> None:
    with pytest.raises(ConfigError, match="pss leaves nothing to judge"):
        judged([], "baseline", **settings)


@pytest.mark.parametrize("policy", ["strict", "restricted@", "restricted@x", "@v1.30", "restricted@v2.0"])
def test_unknown_policies_are_refused(policy: str) -> None:
    with pytest.raises(ConfigError):
        judged([], policy)


def test_privileged_refuses_nothing() -> None:
    assert judged([subject(security={"privileged": True}, hostPID=True)], "privileged") == []


def test_without_a_version_the_one_of_the_cluster_judges() -> None:
    newest, older = Version(1, 37), Version(1, 22)
    assert policy_of("", newest) is None
    assert policy_of("baseline", newest) == ("baseline", newest)
    assert policy_of("baseline@latest", older) == ("baseline", older)
    assert policy_of("restricted@v1.30", older) == ("restricted", (1, 30))
    assert policy_of("restricted@1.30.4", older) == ("restricted", (1, 30))
    web = subject(security={"seccompProfile": None}, annotations={"seccomp.security.alpha.kubernetes.io/pod": "x"})
    old = judged([web], "restricted", kubernetes_version="1.18")
    assert [control(each) for each in old] == ["seccompProfile_baseline"]
    assert [control(each) for each in judged([web], "restricted")] == ["seccompProfile_restricted"]


def test_a_version_newer_than_known_judges_as_the_newest_and_is_told(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {hostPID: true}\n")
    outcome = check(Run([str(tmp_path)], overrides={"pss": "baseline@v1.99"}))
    assert [each.rule for each in outcome.report.findings] == ["host-pid"]
    assert outcome.notes == ("Pod Security Standards v1.99 are newer than known; judged by those of v1.37",)
    assert check(Run([str(tmp_path)], overrides={"pss": "baseline@v1.37"})).notes == ()
    assert check(Run([str(tmp_path)])).notes == ()


MANIFEST = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true  # kubelint: ignore[host-pid] debugging
  containers:
    - name: a
      securityContext: {privileged: true}
"""


def test_suppressions_and_overrides_still_work() -> None:
    findings = check_text(MANIFEST, config=Config(pss="baseline")).findings
    assert {each.rule: bool(each.suppressed) for each in findings} == {
        "host-pid": True,
        "privileged-container": False,
    }


CONFIG = """\
pss: baseline
overrides:
  - names: [web]
    rules: [privileged-container]
    reason: an agent
    severity: {host-pid: low}
    select: [readiness-probe-missing]
"""


def test_a_configuration_file_sets_the_policy_and_adjusts_its_findings(tmp_path: Path) -> None:
    (tmp_path / ".kubelint.yaml").write_text(CONFIG)
    (tmp_path / "pod.yaml").write_text(MANIFEST)
    report = check_paths([tmp_path])
    assert {each.rule: (each.severity, each.suppressed and each.suppressed.by) for each in report.findings} == {
        "host-pid": ("low", "comment"),
        "privileged-container": ("critical", "configuration"),
    }


def test_inputs_that_cannot_be_read_are_still_findings() -> None:
    report = check_text("kind: Pod\nspec: {a: [}\n", name="a.yaml", config=Config(pss="baseline"))
    assert [each.rule for each in report.findings] == ["yaml-syntax"]


def test_of_a_patch_nothing_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text("resources: []\npatches: [{path: patch.yaml}]\n")
    (tmp_path / "patch.yaml").write_text(MANIFEST)
    rules = {each.rule for each in check_paths([tmp_path], config=Config(pss="restricted")).findings}
    assert rules == {"host-pid", "privileged-container"}


def test_custom_resources_are_judged_as_their_pods() -> None:
    rollout = {"apiVersion": "argoproj.io/v1alpha1", "kind": "Rollout", "spec": {"template": pod(hostPID=True)}}
    rollout["spec"]["template"].pop("kind")  # type: ignore[index]
    (found,) = judged([rollout], "restricted")
    assert (control(found), found.path) == ("hostNamespaces", "/spec/template/spec/hostPID")
    assert [(one.control, pointer(one.path)) for one in pss.violations(rollout, level="restricted")] == [
        (control(found), found.path)
    ]
