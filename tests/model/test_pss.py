"""Agreement with the admission controller, and what a violation says."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py import pss
from kubelint_py.errors import KubelintError
from tests.conftest import shared

MINORS = range(38)
DATA = Path(__file__).parent.parent / "data" / "pss" / "pods.jsonl.gz"


def rows() -> list[dict[str, Any]]:
    with gzip.open(DATA, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def controls(pod: Any, level: str = "restricted", version: Any = "latest") -> set[str]:
    return {one.control for one in pss.violations(pod, level=level, version=version)}


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_agrees_with_the_controller_on_generated_pods_at_every_version(level: str) -> None:
    cases = rows()
    assert len(cases) == 1000
    for row in cases:
        steps = {int(version.removeprefix("v1.")): failing for version, failing in row[level]}
        expected: list[str] = []
        for minor in MINORS:
            expected = steps.get(minor, expected)
            assert controls(row["pod"], level, (1, minor)) == set(expected), (row["id"], minor)


def test_agrees_with_upstream_fixtures() -> None:
    files = sorted(shared("pss", "fixtures").glob("*/*/*/*.yaml"))
    assert len(files) > 1000
    for file in files:
        level, version, verdict = file.parts[-4:-1]
        found = pss.violations(yaml.safe_load(file.read_text()), level=level, version=version)
        assert bool(found) == (verdict == "fail"), file


def test_reads_each_field_a_control_declares() -> None:
    for row in rows()[::7]:
        spec, metadata = row["pod"]["spec"], row["pod"]["metadata"]
        padded = {
            **spec,
            **dict.fromkeys(name for control in pss.CONTROLS for name in control.fields if name not in spec),
        }
        for control in pss.CONTROLS:
            assert list(pss.check(control.id, spec, metadata)) == list(pss.check(control.id, padded, metadata))


def test_every_path_leads_to_the_value_or_to_nothing() -> None:
    for row in rows():
        for level in ("baseline", "restricted"):
            for one in pss.violations(row["pod"], level=level, version="v1.18" if level == "baseline" else "latest"):
                value: Any = row["pod"]
                for key in one.path[:-1]:
                    value = (value or {}).get(key) if isinstance(key, str) else value[key]
                last = one.path[-1]
                value = value[last] if isinstance(last, int) else (value or {}).get(last)
                if isinstance(value, dict):  # a volume source: hostPath tells the path, others their type
                    assert one.value in (value.get("path"), last), one
                elif one.control == "capabilities_restricted" and one.path[-1] == "drop":
                    assert one.value is None
                    assert "ALL" not in (value or [])
                else:
                    assert one.value == (
                        value if value != "" or "procMount" in one.path or one.value == "" else None
                    ), one


def test_messages_name_container_and_value_in_short_lower_case() -> None:
    for row in rows():
        for level in ("baseline", "restricted"):
            for one in pss.violations(row["pod"], level=level):
                assert one.message[0].islower(), one
                assert not one.message.endswith(".")
                assert len(one.message) <= 100, one.message
                assert repr(one.container) in one.message or not one.container, one
                if isinstance(one.value, str):
                    assert one.value in one.message


def test_violations_come_in_the_order_of_the_controls() -> None:
    order = [control.id for control in pss.CONTROLS]
    levels = [control.level for control in pss.CONTROLS]
    assert levels == ["baseline"] * 12 + ["restricted"] * 7
    assert order == sorted(order[:12]) + sorted(order[12:])
    for row in rows()[::10]:
        positions = [order.index(one.control) for one in pss.violations(row["pod"], level="restricted")]
        assert positions == sorted(positions)


def test_reports_each_offending_place_once() -> None:
    pod = {
        "spec": {
            "hostPID": True,
            "hostIPC": True,
            "containers": [
                {"name": "a", "securityContext": {"capabilities": {"add": ["SYS_ADMIN", "CHOWN", "NET_RAW"]}}},
                {"name": "b", "securityContext": {"privileged": True}},
            ],
        }
    }
    found = pss.violations(pod, level="baseline")
    add = ("spec", "containers", 0, "securityContext", "capabilities", "add")
    assert [(one.control, one.path, one.container, one.value) for one in found] == [
        ("capabilities_baseline", (*add, 0), "a", "SYS_ADMIN"),
        ("capabilities_baseline", (*add, 2), "a", "NET_RAW"),
        ("hostNamespaces", ("spec", "hostIPC"), "", True),
        ("hostNamespaces", ("spec", "hostPID"), "", True),
        ("privileged", ("spec", "containers", 1, "securityContext", "privileged"), "b", True),
    ]
    assert found[0].message == "container 'a' adds capability 'SYS_ADMIN', which is beyond the baseline set"
    assert found[0].level == "baseline"


def test_a_violation_is_frozen() -> None:
    found = pss.violations({"spec": {"hostPID": True}}, level="baseline")[0]
    with pytest.raises(AttributeError):
        found.control = "other"  # type: ignore[misc]


TEMPLATE = {"metadata": {}, "spec": {"hostPID": True, "containers": [{"name": "a"}]}}
WRAPPED = {
    "Pod": ((), TEMPLATE),
    "PodTemplate": (("template",), {"template": TEMPLATE}),
    "CronJob": (
        ("spec", "jobTemplate", "spec", "template"),
        {"spec": {"jobTemplate": {"spec": {"template": TEMPLATE}}}},
    ),
    **{
        kind: (("spec", "template"), {"spec": {"template": TEMPLATE}})
        for kind in ("ReplicationController", "ReplicaSet", "Deployment", "StatefulSet", "DaemonSet", "Job")
    },
}


@pytest.mark.parametrize("kind", WRAPPED)
@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_judges_the_template_of_each_kind_with_paths_from_the_root(kind: str, level: str) -> None:
    path, body = WRAPPED[kind]
    assert pss.template_path({"kind": kind}) == path
    found = pss.violations({"kind": kind, **body}, level=level)
    plain = pss.violations(TEMPLATE, level=level)
    assert plain
    assert [one.path for one in found] == [path + one.path for one in plain]
    assert [one.message for one in found] == [one.message for one in plain]


def test_annotations_of_a_controller_itself_do_not_count() -> None:
    unsafe = {"annotations": {"container.apparmor.security.beta.kubernetes.io/a": "unconfined"}}
    outside = {"kind": "Deployment", "metadata": unsafe, "spec": {"template": {"spec": {}}}}
    inside = {"kind": "Deployment", "spec": {"template": {"metadata": unsafe, "spec": {}}}}
    assert controls(outside, "baseline") == set()
    assert controls(inside, "baseline") == {"appArmorProfile"}


@pytest.mark.parametrize(
    "pod",
    [
        {"kind": "ReplicationController", "spec": {"selector": {"a": "b"}}},
        {"kind": "Deployment", "spec": {"template": None}},
        {"kind": "CronJob"},
        {"kind": "ConfigMap", "spec": {"hostPID": True}},
        {"kind": "Deployment", "spec": {"hostPID": True}},
        {},
        None,
        [],
        "pod",
    ],
)
def test_nothing_to_judge_is_no_violation(pod: Any) -> None:
    assert pss.violations(pod, level="restricted") == []


def test_kinds_without_pods_are_told_apart() -> None:
    assert pss.template_path({"kind": "ConfigMap"}) is None
    assert pss.template_path({"spec": {}}) == ()


def test_privileged_objects_to_nothing() -> None:
    assert all(pss.violations(row["pod"], level="privileged") == [] for row in rows()[:50])


@pytest.mark.parametrize("level", ["Restricted", "", "latest", None, ["baseline"], 1])
def test_an_unknown_level_is_refused(level: Any) -> None:
    with pytest.raises(pss.PolicyError) as error:
        pss.violations({}, level=level)
    assert isinstance(error.value, ValueError)
    assert isinstance(error.value, KubelintError)


def test_an_unknown_version_is_refused_even_where_nothing_is_judged() -> None:
    with pytest.raises(pss.PolicyError):
        pss.violations(None, level="privileged", version="v2.0")


def test_level_reached_is_the_strictest_that_admits() -> None:
    for row in rows()[::5]:
        for version in ("v1.0", "v1.24", "latest"):
            passes = [level for level in pss.LEVELS if not pss.violations(row["pod"], level=level, version=version)]
            assert pss.level_reached(row["pod"], version) == passes[-1]


def test_a_windows_pod_can_pass_restricted_and_fail_baseline() -> None:
    container = {"name": "a", "securityContext": {"capabilities": {"add": ["SYS_ADMIN"]}}}
    pod = {"spec": {"os": {"name": "windows"}, "securityContext": {"runAsNonRoot": True}, "containers": [container]}}
    assert controls(pod, "baseline") == {"capabilities_baseline"}
    assert pss.level_reached(pod) == "restricted"


def test_check_runs_one_control_with_paths_from_the_template() -> None:
    found = list(pss.check("hostNamespaces", {"hostIPC": True, "hostPID": True}, None))
    assert [one.path for one in found] == [("spec", "hostIPC"), ("spec", "hostPID")]
    assert list(pss.check("runAsUser", {"securityContext": {"runAsUser": 0}}, {}, version="v1.22")) == []
    assert list(pss.check("runAsUser", {"securityContext": {"runAsUser": 0}}, {}, version="v1.23"))


@pytest.mark.parametrize("control", ["host-pid", "", None, ["privileged"]])
def test_check_refuses_an_unknown_control(control: Any) -> None:
    with pytest.raises(pss.PolicyError):
        pss.check(control, {}, {})


WORDS = """
    metadata annotations spec template jobTemplate kind securityContext name os hostUsers
    containers initContainers ephemeralContainers hostPort add drop type user role
    httpGet tcpSocket host postStart preStop hostProcess hostPath nfs emptyDir
    runAsNonRoot allowPrivilegeEscalation
    seccomp.security.alpha.kubernetes.io/pod container.apparmor.security.beta.kubernetes.io/a
"""
NAMES = sorted({*WORDS.split(), *(name for control in pss.CONTROLS for name in control.fields)})
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.builds(lambda: 10**5000)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["Deployment", "CronJob", "Pod", "windows", "ALL", "\ud800"])
)
GARBAGE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=6),
    max_leaves=40,
)


@settings(max_examples=300, deadline=None)
@given(GARBAGE, st.sampled_from(MINORS))
def test_garbage_never_raises(pod: Any, minor: int) -> None:
    for level in pss.LEVELS:
        pss.violations(pod, level=level, version=(1, minor))
    pss.level_reached(pod, (1, minor))
    pss.violations_by_rule(pod, pod, version=(1, minor))
    pss.parse_labels(pod)


@pytest.mark.parametrize("field", NAMES)
def test_each_field_with_each_wrong_type_is_read_as_unset(field: str) -> None:
    """Compared with null; an object or list in the place of a scalar, and the other way round."""

    def spec(value: Any) -> dict[str, Any]:
        security = {field: value, "capabilities": {field: value}, "seLinuxOptions": {field: value}}
        container = {
            "name": "a",
            "securityContext": security,
            "lifecycle": {"preStop": {"httpGet": {field: value}, field: value}},
            field: value,
        }
        return {
            "containers": [container, value],
            "volumes": [{"name": "v", field: value}],
            "securityContext": {**security, "sysctls": [{field: value}]},
            field: value,
        }

    if field in {"containers", "initContainers", "ephemeralContainers"}:
        wrongs: list[Any] = [3.5, {}, "x"]
    elif field in {"volumes", "ports", "sysctls", "add", "drop", "capabilities", "securityContext", "lifecycle"}:
        wrongs = [3.5, "x", True]
    else:
        wrongs = [3.5, [3.5], [[]]]
    for wrong in wrongs:
        for minor in (18, 37):
            expected = pss.violations({"spec": spec(None)}, level="restricted", version=(1, minor))
            assert pss.violations({"spec": spec(wrong)}, level="restricted", version=(1, minor)) == expected, wrong
