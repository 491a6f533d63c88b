"""The restricted controls at the versions where they change, above all what upstream's fixtures leave out."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_py import pss
from tests.model.pss_pods import GOOD, LISTS, failing, paths, pod


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(
    ("field", "control", "path"),
    [
        ("allowPrivilegeEscalation", "allowPrivilegeEscalation", ("allowPrivilegeEscalation",)),
        ("capabilities", "capabilities_restricted", ("capabilities", "drop")),
        ("runAsNonRoot", "runAsNonRoot", ("runAsNonRoot",)),
        ("seccompProfile", "seccompProfile_restricted", ("seccompProfile", "type")),
    ],
)
def test_what_restricted_demands_is_demanded_of_every_container(
    kind: str, field: str, control: str, path: tuple[str, ...]
) -> None:
    subject = pod(kind=kind, security={field: None})
    assert failing(subject) == [control]
    assert paths(subject) == [("spec", kind, 0, "securityContext", *path)]
    assert failing(subject, level="baseline") == []


def test_a_container_of_null_demands_everything() -> None:
    found = pss.violations({"spec": {"containers": [None]}}, level="restricted")
    assert len({one.control for one in found}) == 4
    assert found[0].message == "container 0 does not set allowPrivilegeEscalation to false"


@pytest.mark.parametrize("containers", [None, []])
def test_without_containers_demands_hold_of_themselves(containers: Any) -> None:
    assert failing({"spec": {"containers": containers}}) == []


@pytest.mark.parametrize("field", ["securityContext", "container"])
def test_run_as_user_from_23(field: str) -> None:
    body = {"runAsUser": 0}
    subject = pod(securityContext=body) if field == "securityContext" else pod(security=body)
    assert failing(subject, "v1.22") == []
    for minor in range(23, 38):
        assert failing(subject, f"v1.{minor}") == ["runAsUser"]
    assert failing(subject, level="baseline") == []


@pytest.mark.parametrize("user", [1, 65534, -1, None, False, 0.0, "0", 1 << 40])
def test_other_users_pass(user: Any) -> None:
    assert failing(pod(security={"runAsUser": user}, securityContext={"runAsUser": user})) == []


def test_a_good_user_excuses_no_bad_one() -> None:
    assert failing(pod(security={"runAsUser": 1}, securityContext={"runAsUser": 0})) == ["runAsUser"]
    assert failing(pod(security={"runAsUser": 0}, securityContext={"runAsUser": 1})) == ["runAsUser"]


ALLOWED = "configMap csi downwardAPI emptyDir ephemeral image persistentVolumeClaim projected secret"


FORBIDDEN = """
    awsElasticBlockStore azureDisk azureFile cephfs cinder fc flexVolume flocker gcePersistentDisk gitRepo glusterfs
    hostPath iscsi nfs photonPersistentDisk portworxVolume quobyte rbd scaleIO storageos vsphereVolume
"""


@pytest.mark.parametrize("version", ["v1.0", "v1.31", "latest"])
def test_volume_sources(version: str) -> None:
    for source in ALLOWED.split():
        assert failing(pod(volumes=[{"name": "v", source: {}}]), version) == []
    for source in FORBIDDEN.split():
        subject = pod(volumes=[{"name": "u"}, {"name": "v", source: {}}])
        found = pss.violations(subject, level="restricted", version=version)
        assert [(one.control, one.path) for one in found] == [("restrictedVolumes", ("spec", "volumes", 1, source))]
        assert found[0].message == f"volume 'v' has type {source}, which is not allowed"
        expected = ["hostPathVolumes"] if source == "hostPath" else []
        assert failing(subject, version, "baseline") == expected


@pytest.mark.parametrize(
    "volume",
    [
        {"name": "v"},
        {"name": "v", "nfs": None},
        {"name": "v", "hostpath": {"path": "/"}},
        {"name": "v", "new": {}},
        None,
    ],
)
def test_a_volume_without_a_known_source_is_an_empty_dir(volume: Any) -> None:
    assert failing(pod(volumes=[volume])) == []


@pytest.mark.parametrize("source", ALLOWED.split())
def test_an_allowed_source_excuses_a_forbidden_one_but_for_host_path_at_baseline(source: str) -> None:
    subject = pod(volumes=[{"name": "v", source: {}, "hostPath": {"path": "/x"}}])
    assert failing(subject) == []
    assert failing(subject, level="baseline") == ["hostPathVolumes"]


def test_seccomp_of_the_pod_covers_containers_without_their_own() -> None:
    bad, good = {"type": "Unconfined"}, {"type": "RuntimeDefault"}
    on_pod = ("spec", "securityContext", "seccompProfile", "type")
    on_container = ("spec", "containers", 0, "securityContext", "seccompProfile", "type")

    def judged(of_pod: Any, of_container: Any) -> list[tuple[str | int, ...]]:
        return paths(pod(securityContext={"seccompProfile": of_pod}, security={"seccompProfile": of_container}))

    assert judged(good, None) == judged(None, good) == []
    assert judged(bad, None) == judged(bad, good) == [on_pod]
    assert judged(None, None) == judged(None, bad) == judged(good, bad) == [on_container]
    assert judged(bad, bad) == [on_pod, on_container]


def test_run_as_non_root_of_the_pod_covers_containers_without_their_own() -> None:
    on_pod = ("spec", "securityContext", "runAsNonRoot")
    on_container = ("spec", "containers", 0, "securityContext", "runAsNonRoot")

    def judged(of_pod: Any, of_container: Any) -> list[tuple[str | int, ...]]:
        return paths(pod(securityContext={"runAsNonRoot": of_pod}, security={"runAsNonRoot": of_container}), "v1.0")

    assert judged(True, None) == judged(True, True) == judged(None, True) == []
    assert judged(False, None) == judged(False, True) == [on_pod]
    assert judged(None, None) == judged(None, False) == judged(True, False) == [on_container]
    assert judged(False, False) == [on_pod, on_container]


@pytest.mark.parametrize("security", [{"runAsNonRoot": False}, {"runAsNonRoot": None}, {"runAsUser": 0}])
def test_a_user_namespace_excuses_root_from_35(security: dict[str, Any]) -> None:
    control = next(iter(security))
    for minor in range(23, 38):
        expected = [] if minor >= 35 else [control]
        assert failing(pod(hostUsers=False, security=security), f"v1.{minor}") == expected
        assert failing(pod(hostUsers=True, security=security), f"v1.{minor}") == [control]
        assert failing(pod(hostUsers=None, security=security), f"v1.{minor}") == [control]
    at_pod = pod(hostUsers=False, securityContext=security)
    assert failing(at_pod) == []
    assert failing(at_pod, "v1.34") == ([control] if security[control] is not None else [])


def test_windows_is_exempt_from_three_controls_from_25() -> None:
    subject = pod(os={"name": "windows"}, security=dict.fromkeys(GOOD), securityContext={"runAsNonRoot": True})
    three = ["allowPrivilegeEscalation", "capabilities_restricted", "seccompProfile_restricted"]
    assert failing(subject, "v1.24") == three
    for minor in range(25, 38):
        assert failing(subject, f"v1.{minor}") == []
    for other in ({"name": "Windows"}, {"name": "linux"}, "windows", None):
        assert failing({**subject, "spec": {**subject["spec"], "os": other}}) == three
    selector = {"kubernetes.io/os": "windows"}
    assert failing({**subject, "spec": {**subject["spec"], "os": None, "nodeSelector": selector}}) == three


def test_windows_pods_still_need_the_rest() -> None:
    unsafe = {"runAsNonRoot": None, "runAsUser": 0, "privileged": True}
    subject = pod(os={"name": "windows"}, security=unsafe, volumes=[{"name": "v", "nfs": {}}])
    assert failing(subject) == ["privileged", "restrictedVolumes", "runAsNonRoot", "runAsUser"]


@pytest.mark.parametrize("value", [True, None])
def test_privilege_escalation_from_8(value: Any) -> None:
    subject = pod(security={"allowPrivilegeEscalation": value})
    for minor in range(38):
        assert failing(subject, f"v1.{minor}") == (["allowPrivilegeEscalation"] if minor >= 8 else [])


@pytest.mark.parametrize(
    "capabilities",
    [{}, {"drop": []}, {"drop": None}, {"drop": ["all"]}, {"drop": ["CAP_ALL"]}, {"drop": ["NET_RAW", "KILL"]}],
)
def test_drop_all_from_22(capabilities: dict[str, Any]) -> None:
    subject = pod(security={"capabilities": capabilities})
    for minor in range(38):
        assert failing(subject, f"v1.{minor}") == (["capabilities_restricted"] if minor >= 22 else [])


@pytest.mark.parametrize(
    ("name", "baseline", "restricted"),
    [
        ("NET_BIND_SERVICE", True, True),
        ("CHOWN", True, False),
        ("chown", False, False),
        ("CAP_CHOWN", False, False),
        ("NET_RAW", False, False),
        ("ALL", False, False),
        ("", False, False),
    ],
)
def test_added_capabilities(name: str, baseline: bool, restricted: bool) -> None:
    subject = pod(security={"capabilities": {"drop": ["ALL"], "add": [name]}})
    assert failing(subject, level="baseline") == ([] if baseline else ["capabilities_baseline"])
    assert failing(subject, "v1.22") == ([] if restricted else ["capabilities_restricted"])
    assert failing(subject, "v1.21") == ([] if baseline else ["capabilities_baseline"])
