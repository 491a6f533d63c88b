"""The changes to the next level: they lead there, and none of them can be left out."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from kubelint_py import pss
from kubelint_py.model.pss_changes import Change, Standing, standing
from kubelint_py.model.resource import Resource
from kubelint_py.model.versions import Version
from kubelint_py.model.workload import workloads
from kubelint_py.source.document import Document
from tests.model.pss_pods import pod
from tests.model.test_pss import rows

NEWEST = Version(1, 37)
LEVELS = ("privileged", "baseline", "restricted")


def standings(data: dict[str, Any], version: Version = NEWEST) -> list[Standing]:
    resource = Resource(Document.from_data(data, 0).root, data.get("apiVersion", "v1"), data["kind"])
    return [standing(each, version) for each in workloads(resource)]


def one(data: dict[str, Any], version: Version = NEWEST) -> Standing:
    (found,) = standings(data, version)
    return found


def shown(changes: tuple[Change, ...]) -> dict[str, Any]:
    return {each.node.pointer: each.value if each.action == "set" else "-" for each in changes}


def applied(data: dict[str, Any], changes: list[Change]) -> dict[str, Any]:
    data = deepcopy(data)
    # Items are removed from behind, so that the positions of those before them hold.
    for change in sorted(changes, key=lambda each: [str(key).zfill(6) for key in each.node.path], reverse=True):
        above: Any = data
        for key in change.node.path[:-1]:
            if isinstance(above, dict) and not isinstance(above.get(key), dict | list):
                above[key] = {}
            above = above[key]
        if change.action == "set":
            above[change.node.path[-1]] = change.value
        else:
            del above[change.node.path[-1]]
    return data


@pytest.mark.parametrize("version", [Version(1, 7), Version(1, 18), Version(1, 24), Version(1, 34), NEWEST])
def test_the_changes_lead_to_the_next_level_and_none_is_needless(version: Version) -> None:
    seen = set()
    for row in rows()[version.minor % 7 :: 7]:
        data = row["pod"]
        found = one(data, version)
        assert found.level == pss.level_reached(data, version)
        if not found.next_level:
            assert (found.level, found.changes) == ("restricted", ())
            continue
        seen.add(found.next_level)
        assert LEVELS.index(found.next_level) == LEVELS.index(found.level) + 1
        changes = list(found.changes)
        assert not pss.violations(applied(data, changes), level=found.next_level, version=version)
        for index in range(len(changes)):
            fewer = applied(data, changes[:index] + changes[index + 1 :])
            assert pss.violations(fewer, level=found.next_level, version=version), changes[index]
    assert seen == {"baseline", "restricted"}


def test_what_the_pod_can_say_is_said_once() -> None:
    bare = pod(security=dict.fromkeys(("runAsNonRoot", "seccompProfile")))
    bare["spec"]["initContainers"] = deepcopy(bare["spec"]["containers"])
    assert shown(one(bare).changes) == {
        "/spec/securityContext/runAsNonRoot": True,
        "/spec/securityContext/seccompProfile/type": "RuntimeDefault",
    }


def test_what_a_container_says_wrong_is_changed_there() -> None:
    odd = pod(security={"runAsNonRoot": False, "seccompProfile": {}, "capabilities": {"add": ["CHOWN", "KILL"]}})
    found = one(odd)
    assert found.level == "privileged"
    assert shown(found.changes) == {"/spec/containers/0/securityContext/seccompProfile/type": "RuntimeDefault"}
    odd["spec"]["containers"][0]["securityContext"]["seccompProfile"] = {"type": "Localhost"}
    security = "/spec/containers/0/securityContext"
    assert shown(one(odd).changes) == {
        f"{security}/capabilities/drop": ["ALL"],
        f"{security}/capabilities/add/0": "-",
        f"{security}/capabilities/add/1": "-",
        f"{security}/runAsNonRoot": True,
    }


def test_each_control_has_its_change() -> None:
    agent = pod(
        annotations={"container.apparmor.security.beta.kubernetes.io/a": "unconfined"},
        security={"privileged": True, "procMount": "Unmasked", "appArmorProfile": {"type": "Unconfined"}},
        hostNetwork=True,
        securityContext={
            "sysctls": [{"name": "kernel.msgmax"}, {"name": "net.ipv4.tcp_syncookies"}],
            "seLinuxOptions": {"user": "u", "type": "t"},
            "windowsOptions": {"hostProcess": True},
        },
        volumes=[{"name": "v", "hostPath": {"path": "/"}}],
        container={"ports": [{"hostPort": 1}], "livenessProbe": {"httpGet": {"host": "h"}}},
    )
    assert shown(one(agent).changes) == {
        "/metadata/annotations/container.apparmor.security.beta.kubernetes.io~1a": "-",
        "/spec/containers/0/securityContext/appArmorProfile/type": "RuntimeDefault",
        "/spec/hostNetwork": "-",
        "/spec/volumes/0/hostPath": "-",
        "/spec/containers/0/ports/0/hostPort": "-",
        "/spec/containers/0/livenessProbe/httpGet/host": "-",
        "/spec/containers/0/securityContext/privileged": False,
        "/spec/containers/0/securityContext/procMount": "-",
        "/spec/securityContext/seLinuxOptions/type": "-",
        "/spec/securityContext/seLinuxOptions/user": "-",
        "/spec/securityContext/sysctls/0": "-",
        "/spec/securityContext/windowsOptions/hostProcess": False,
    }
    assert {control for change in one(agent).changes for control in change.controls} == {
        control.id for control in pss.controls_at("baseline")
    } - {"capabilities_baseline", "seccompProfile_baseline"}


def test_a_restricted_pod_needs_nothing() -> None:
    found = one(pod())
    assert (found.level, found.next_level, found.changes) == ("restricted", "", ())


def test_a_windows_pod_reaches_restricted_past_baseline() -> None:
    windows = pod(security={"capabilities": {"add": ["NET_RAW"]}}, os={"name": "windows"})
    assert pss.violations(windows, level="baseline")
    assert one(windows).level == "restricted"
