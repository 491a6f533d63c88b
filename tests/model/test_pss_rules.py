"""Rules and controls say the same."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_py import pss
from tests.model.test_pss import rows

VERSIONS = ("v1.0", "v1.18", "v1.19", "v1.24", "v1.34", "latest")
COVERING = {rule for rule, chosen in pss.RULE_CONTROLS.items() if not chosen.narrows}


def rules(spec: Any, metadata: Any = None, **options: Any) -> dict[str, list[Any]]:
    found = pss.violations_by_rule(spec, metadata, **options)
    return {rule: [one.value for one in each] for rule, each in found.items()}


def test_the_table_has_every_rule_and_control() -> None:
    ids = {control.id for control in pss.CONTROLS}
    assert len(pss.RULE_CONTROLS) == 25
    assert {name for chosen in pss.RULE_CONTROLS.values() for name in chosen.controls} == ids
    assert {chosen.narrows for chosen in pss.RULE_CONTROLS.values()} - {""} <= COVERING


@pytest.mark.parametrize("level", ["baseline", "restricted"])
@pytest.mark.parametrize("version", VERSIONS)
def test_rules_of_a_level_together_are_its_violations(level: str, version: str) -> None:
    for row in rows():
        pod = row["pod"]
        found = pss.violations_by_rule(pod["spec"], pod["metadata"], level=level, version=version)
        assert set(found) <= COVERING
        together = sorted(str(one) for each in found.values() for one in each)
        assert together == sorted(str(one) for one in pss.violations(pod, level=level, version=version))


@pytest.mark.parametrize("version", VERSIONS)
def test_on_their_own_rules_say_each_place_of_their_level_once(version: str) -> None:
    for row in rows()[::5]:
        pod = row["pod"]
        found = pss.violations_by_rule(pod["spec"], pod["metadata"], version=version)
        together = [one for rule, each in found.items() if rule in COVERING for one in each]
        assert len(together) == len({(one.control, one.path) for one in together})
        assert {one.path for one in together} >= {
            one.path
            for level in pss.LEVELS
            for one in pss.violations(pod, level=level, version=version)
            if one.control != "procMount_restricted"
        }
        for rule, each in found.items():
            chosen = pss.RULE_CONTROLS[rule]
            assert {one.control for one in each} <= set(chosen.controls)
            assert {one.level for one in each} == {chosen.level}


def test_no_violations_is_no_rule() -> None:
    assert rules({"containers": []}) == {}
    assert rules({"hostPID": True}, level="privileged") == {}


def test_host_namespaces_split_by_field() -> None:
    assert set(rules({"hostPID": True, "hostIPC": True, "hostNetwork": True})) == {
        "host-pid",
        "host-ipc",
        "host-network",
    }
    assert set(rules({"hostPID": True})) == {"host-pid"}


def capability(*names: str, drop: tuple[str, ...] = ("ALL",)) -> dict[str, Any]:
    security = {
        "capabilities": {"add": list(names), "drop": list(drop)},
        "allowPrivilegeEscalation": False,
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    return {"containers": [{"name": "a", "securityContext": security}]}


@pytest.mark.parametrize(
    ("name", "narrowing"),
    [
        ("SYS_ADMIN", {"sys-admin-capability", "dangerous-capability-added"}),
        ("cap_sys_admin", {"sys-admin-capability", "dangerous-capability-added"}),
        ("ALL", {"sys-admin-capability", "dangerous-capability-added"}),
        ("SYS_MODULE", {"sys-module-capability", "dangerous-capability-added"}),
        ("NET_RAW", {"net-raw-capability-added"}),
        ("chown", set()),
    ],
)
def test_narrower_capability_rules(name: str, narrowing: set[str]) -> None:
    assert set(rules(capability(name))) == {"capability-beyond-baseline", "capability-added", *narrowing}
    assert set(rules(capability(name), level="baseline")) == {"capability-beyond-baseline"}
    assert set(rules(capability(name), level="restricted")) == {"capability-added"}


def test_restricted_capabilities_split_into_added_and_not_dropped() -> None:
    assert rules(capability("CHOWN")) == {"capability-added": ["CHOWN"]}
    assert rules(capability(drop=("NET_RAW",))) == {"capabilities-not-dropped": [None]}


def seccomp(profile: Any) -> dict[str, Any]:
    spec = capability("NET_BIND_SERVICE")
    spec["containers"][0]["securityContext"]["seccompProfile"] = profile
    return spec


def test_seccomp_splits_into_unconfined_and_missing() -> None:
    unconfined, missing, typeless = seccomp({"type": "Unconfined"}), seccomp(None), seccomp({})
    assert rules(unconfined) == {"seccomp-unconfined": ["Unconfined"]}
    assert rules(unconfined, level="baseline") == {"seccomp-unconfined": ["Unconfined"]}
    assert rules(unconfined, level="restricted") == {"seccomp-unconfined": ["Unconfined"]}
    assert rules(missing) == rules(missing, level="restricted") == {"seccomp-profile-missing": [None]}
    assert rules(missing, level="baseline") == {}
    assert rules(typeless, level="restricted") == {"seccomp-profile-missing": [None]}
    assert rules(typeless, level="baseline") == {"seccomp-unconfined": [None]}


def test_proc_mount_is_one_rule_at_both_levels() -> None:
    spec = capability()
    spec["containers"][0]["securityContext"]["procMount"] = "Unmasked"
    spec["hostUsers"] = False
    assert rules(spec, level="restricted", version="v1.34") == {"unmasked-proc-mount": ["Unmasked"]}
    assert rules(spec, level="restricted", version="v1.35") == {"unmasked-proc-mount": ["Unmasked"]}
    assert rules(spec, version="v1.34") == {"unmasked-proc-mount": ["Unmasked"]}
    assert rules(spec, version="v1.35") == rules(spec, level="baseline", version="v1.35") == {}


def test_host_path_is_a_restricted_volume_under_restricted_alone() -> None:
    spec = {"volumes": [{"name": "v", "hostPath": {"path": "/x"}}]}
    assert rules(spec) == {"host-path-volume": ["/x"], "restricted-volume-type": ["hostPath"]}
    assert rules(spec, level="baseline") == {"host-path-volume": ["/x"]}
    assert rules(spec, level="restricted") == {"restricted-volume-type": ["hostPath"]}


def test_unknown_levels_and_versions_are_refused() -> None:
    with pytest.raises(pss.PolicyError):
        pss.violations_by_rule({}, {}, level="")
    with pytest.raises(pss.PolicyError):
        pss.violations_by_rule({}, {}, version="new")
