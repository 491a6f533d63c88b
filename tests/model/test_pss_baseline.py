"""The baseline controls at the versions where they change, above all what upstream's fixtures leave out."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_py import pss
from tests.model.pss_pods import LEVELS, LISTS, failing, paths, pod


@pytest.mark.parametrize("kind", LISTS)
def test_the_good_pod_passes_everywhere(kind: str) -> None:
    for minor in range(38):
        assert failing(pod(kind=kind), f"v1.{minor}") == []


PER_CONTAINER = [
    ({"privileged": True}, "privileged", ("privileged",)),
    ({"capabilities": {"add": ["SYS_TIME"], "drop": ["ALL"]}}, "capabilities_baseline", ("capabilities", "add", 0)),
    ({"procMount": "Unmasked"}, "procMount", ("procMount",)),
    ({"procMount": ""}, "procMount", ("procMount",)),
    ({"seLinuxOptions": {"type": "spc_t"}}, "seLinuxOptions", ("seLinuxOptions", "type")),
    ({"seLinuxOptions": {"user": "u"}}, "seLinuxOptions", ("seLinuxOptions", "user")),
    ({"seLinuxOptions": {"role": "r"}}, "seLinuxOptions", ("seLinuxOptions", "role")),
    ({"appArmorProfile": {"type": "Unconfined"}}, "appArmorProfile", ("appArmorProfile", "type")),
    ({"appArmorProfile": {}}, "appArmorProfile", ("appArmorProfile", "type")),
    ({"appArmorProfile": {"type": ""}}, "appArmorProfile", ("appArmorProfile", "type")),
    ({"seccompProfile": {"type": "Unconfined"}}, "seccompProfile_baseline", ("seccompProfile", "type")),
    ({"seccompProfile": {}}, "seccompProfile_baseline", ("seccompProfile", "type")),
    ({"windowsOptions": {"hostProcess": True}}, "windowsHostProcess", ("windowsOptions", "hostProcess")),
]


RESTRICTED_NAME = {
    "capabilities_baseline": "capabilities_restricted",
    "procMount": "procMount_restricted",
    "seccompProfile_baseline": "seccompProfile_restricted",
}


@pytest.mark.parametrize("kind", LISTS)
@pytest.mark.parametrize(("security", "control", "path"), PER_CONTAINER)
def test_every_list_of_containers_is_judged(
    kind: str, security: dict[str, Any], control: str, path: tuple[str | int, ...]
) -> None:
    subject = pod(kind=kind, security=security)
    place = ("spec", kind, 0, "securityContext", *path)
    assert failing(subject, level="baseline") == [control]
    assert paths(subject, level="baseline") == [place]
    assert failing(subject) == [RESTRICTED_NAME.get(control, control)]
    assert paths(subject) == [place]


SYSCTLS = {
    "kernel.shm_rmid_forced": 0,
    "net.ipv4.ip_local_port_range": 0,
    "net.ipv4.tcp_syncookies": 0,
    "net.ipv4.ping_group_range": 0,
    "net.ipv4.ip_unprivileged_port_start": 0,
    "net.ipv4.ip_local_reserved_ports": 27,
    "net.ipv4.tcp_keepalive_time": 29,
    "net.ipv4.tcp_fin_timeout": 29,
    "net.ipv4.tcp_keepalive_intvl": 29,
    "net.ipv4.tcp_keepalive_probes": 29,
    "net.ipv4.tcp_rmem": 32,
    "net.ipv4.tcp_wmem": 32,
    "net.ipv4.tcp_slow_start_after_idle": 37,
    "net.ipv4.tcp_notsent_lowat": 37,
    "net/ipv4/tcp_syncookies": 99,
    "kernel.msgmax": 99,
    "NET.ipv4.tcp_rmem": 99,
    "": 99,
}


@pytest.mark.parametrize(("name", "since"), SYSCTLS.items())
def test_sysctls_by_version(name: str, since: int) -> None:
    subject = pod(securityContext={"sysctls": [{"name": "net.ipv4.tcp_syncookies"}, {"name": name, "value": "1"}]})
    for minor in range(38):
        expected = [] if minor >= since else [("spec", "securityContext", "sysctls", 1, "name")]
        for level in LEVELS:
            assert paths(subject, f"v1.{minor}", level) == expected


@pytest.mark.parametrize(
    ("kind", "since"),
    [("container_t", 0), ("container_init_t", 0), ("container_kvm_t", 0), ("", 0), ("container_engine_t", 31)],
)
def test_selinux_types_by_version_at_pod_and_container(kind: str, since: int) -> None:
    options = {"seLinuxOptions": {"type": kind, "level": "s0:c1"}}
    for minor in range(38):
        expected = [] if minor >= since else ["seLinuxOptions"]
        assert failing(pod(security=options), f"v1.{minor}") == expected
        assert failing(pod(securityContext=options), f"v1.{minor}") == expected


HANDLERS = [
    *(
        (probe, action)
        for probe in ("livenessProbe", "readinessProbe", "startupProbe")
        for action in ("httpGet", "tcpSocket")
    ),
    *((hook, action) for hook in ("postStart", "preStop") for action in ("httpGet", "tcpSocket")),
]


@pytest.mark.parametrize(("handler", "action"), HANDLERS)
@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "example.com"])
def test_probe_hosts_from_34(handler: str, action: str, host: str) -> None:
    body = {handler: {action: {"port": 80, "host": host}}}
    keys: tuple[str, ...] = (handler, action, "host")
    if handler in {"postStart", "preStop"}:
        body, keys = {"lifecycle": body}, ("lifecycle", *keys)
    for kind in LISTS:
        subject = pod(kind=kind, container=body)
        for level in LEVELS:
            assert failing(subject, "v1.33", level) == []
            assert failing(subject, "v1.34", level) == ["hostProbesAndHostLifecycle"]
            assert paths(subject, level=level) == [("spec", kind, 0, *keys)]


@pytest.mark.parametrize("handler", [{"httpGet": {"host": ""}}, {"httpGet": {"host": None}}, {"grpc": {"host": "x"}}])
def test_probes_without_a_host_of_their_own_pass(handler: dict[str, Any]) -> None:
    container = {"livenessProbe": handler, "lifecycle": {"preStop": handler, "stopSignal": "SIGTERM"}}
    assert failing(pod(container=container)) == []


def test_host_ports() -> None:
    ports = [
        {"containerPort": 80},
        {"hostPort": 0},
        {"hostPort": None},
        {"hostPort": True},
        {"hostPort": 1 << 31},
        {"hostPort": 1},
    ]
    for kind in LISTS:
        subject = pod(kind=kind, container={"ports": ports})
        for level in LEVELS:
            assert paths(subject, level=level) == [("spec", kind, 0, "ports", 5, "hostPort")]


def test_the_host_network_does_not_make_container_ports_host_ports() -> None:
    assert failing(pod(hostNetwork=True, container={"ports": [{"containerPort": 80}]})) == ["hostNamespaces"]


APPARMOR = "container.apparmor.security.beta.kubernetes.io/"


@pytest.mark.parametrize(
    ("value", "passes"),
    [
        ("runtime/default", True),
        ("localhost/x", True),
        ("localhost/", True),
        ("", True),
        (None, True),
        ("unconfined", False),
        ("Runtime/Default", False),
        ("localhost", False),
    ],
)
def test_apparmor_annotations_of_any_suffix(value: Any, passes: bool) -> None:
    for suffix in ("a", "absent", ""):
        subject = pod(annotations={APPARMOR + suffix: value, "other": "unconfined"})
        for version in ("v1.0", "v1.30", "latest"):
            for level in LEVELS:
                assert failing(subject, version, level) == ([] if passes else ["appArmorProfile"])
        if not passes:
            assert paths(subject) == [("metadata", "annotations", APPARMOR + suffix)]
            assert pss.violations(subject, level="baseline")[0].container == suffix


@pytest.mark.parametrize("field", ["appArmorProfile", "seccompProfile"])
@pytest.mark.parametrize(("kind", "passes"), [("RuntimeDefault", True), ("Localhost", True), ("Unconfined", False)])
def test_pod_level_profiles_are_judged_whatever_the_containers_say(field: str, kind: str, passes: bool) -> None:
    subject = pod(securityContext={field: {"type": kind}}, security={field: {"type": "Localhost"}})
    for level in LEVELS:
        assert paths(subject, level=level) == ([] if passes else [("spec", "securityContext", field, "type")])


def test_apparmor_fields_count_at_every_version() -> None:
    subject = pod(securityContext={"appArmorProfile": {"type": "Unconfined"}})
    assert all(failing(subject, f"v1.{minor}") == ["appArmorProfile"] for minor in range(38))


SECCOMP_POD = "seccomp.security.alpha.kubernetes.io/pod"


SECCOMP = "container.seccomp.security.alpha.kubernetes.io/"


@pytest.mark.parametrize(
    ("value", "passes"),
    [("runtime/default", True), ("docker/default", True), ("localhost/x", True), ("unconfined", False), ("", False)],
)
@pytest.mark.parametrize("kind", LISTS)
def test_seccomp_annotations_before_19(value: str, passes: bool, kind: str) -> None:
    for key, container in ((SECCOMP_POD, ""), (SECCOMP + "a", "a")):
        subject = pod(kind=kind, annotations={key: value})
        assert all(one.container == container for one in pss.violations(subject, level="baseline", version="v1.0"))
        for level in LEVELS:
            assert paths(subject, "v1.18", level) == ([] if passes else [("metadata", "annotations", key)])
            assert failing(subject, "v1.19", level) == []
    assert failing(pod(kind=kind, annotations={SECCOMP + "absent": value}), "v1.18") == []


def test_one_annotation_for_two_containers_of_a_name_is_one_place() -> None:
    containers = [{"name": "a"}, {"name": "a"}]
    subject = {"metadata": {"annotations": {SECCOMP + "a": "bad"}}, "spec": {"containers": containers}}
    assert failing(subject, "v1.0", "baseline") == ["seccompProfile_baseline"]


def test_seccomp_fields_from_19_alone() -> None:
    subject = pod(security={"seccompProfile": {"type": "Unconfined"}})
    for minor in range(38):
        assert failing(subject, f"v1.{minor}", "baseline") == (["seccompProfile_baseline"] if minor >= 19 else [])
        assert failing(subject, f"v1.{minor}") == (["seccompProfile_restricted"] if minor >= 19 else [])


def test_a_user_namespace_excuses_proc_mount_at_baseline_from_35() -> None:
    subject = pod(hostUsers=False, security={"procMount": "Unmasked"})
    for minor in range(38):
        assert failing(subject, f"v1.{minor}", "baseline") == (["procMount"] if minor < 35 else [])
        assert failing(subject, f"v1.{minor}") == ["procMount" if minor < 35 else "procMount_restricted"]
    shared_users = pod(hostUsers=True, security={"procMount": "Unmasked"})
    assert failing(shared_users, level="baseline") == ["procMount"]


def test_null_items_are_the_zero_value() -> None:
    subject = pod(security={"capabilities": {"drop": ["ALL"], "add": [None]}}, securityContext={"sysctls": [None]})
    assert failing(subject) == ["sysctls", "capabilities_restricted"]


@pytest.mark.parametrize("field", ["seLinuxOptions", "windowsOptions", "capabilities"])
def test_empty_objects_that_demand_nothing_pass(field: str) -> None:
    assert failing(pod(security={field: {}}), level="baseline") == []


def test_versions_of_the_controls_are_where_results_can_change() -> None:
    table = {control.id: (control.since, control.versions, control.overrides) for control in pss.CONTROLS}
    assert table["hostProbesAndHostLifecycle"] == (34, (34,), ())
    assert table["sysctls"] == (0, (0, 27, 29, 32, 37), ())
    assert table["procMount_restricted"] == (35, (35,), ("procMount",))
    assert table["seccompProfile_restricted"] == (19, (19, 25), ("seccompProfile_baseline",))
    assert [control.id for control in pss.controls_at("privileged", "latest")] == []
    assert len(pss.controls_at("baseline", "latest")) == 12
    assert len(pss.controls_at("restricted", "v1.0")) == 12
    assert len(pss.controls_at("restricted", "latest")) == 15


def test_long_values_are_cut_in_messages() -> None:
    found = pss.violations(pod(security={"procMount": "x" * 10_000}), level="baseline")
    assert len(found[0].message) < 120
    assert found[0].value == "x" * 10_000
