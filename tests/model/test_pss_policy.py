"""Versions and namespace labels."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_py import pss

PREFIX = "pod-security.kubernetes.io/"


def labels(**modes: Any) -> dict[str, Any]:
    return {PREFIX + mode.replace("_", "-"): value for mode, value in modes.items()}


@pytest.mark.parametrize(
    ("version", "minor", "newer"),
    [
        ("latest", 37, False),
        ("v1.37", 37, False),
        ("v1.38", 37, True),
        ("1.9999999999", 37, True),
        ("v1.31", 31, False),
        ("1.31", 31, False),
        ("v1.0", 0, False),
        ((1, 31), 31, False),
        ((1, 0), 0, False),
        ((1, 40), 37, True),
    ],
)
def test_versions(version: Any, minor: int, newer: bool) -> None:
    assert pss.resolve_version(version) == (minor, newer)
    assert pss.resolve_version(version).newer_than_known is newer


@pytest.mark.parametrize(
    "version",
    [
        *("", "Latest", "v", "1", "v1", "v1.", "v1.031", "v1.31.2", "V1.31", "v2.0", "v0.9", "v1.-1", "vv1.2"),
        *(
            "v1.31\n",
            " v1.31",
            "v1.3 1",
            "v1.\uff11",
            "v1.99999999999999999999",
            "v1." + "9" * 5000,
            "9223372036854775808",
        ),
        *(None, 1, 1.31, (1,), (1, 2, 3), (2, 0), (1, -1), (1, True), (1.0, 31), ("1", "31"), [1, 31], {}),
    ],
)
def test_nonsense_versions_are_refused(version: Any) -> None:
    with pytest.raises(pss.PolicyError):
        pss.resolve_version(version)


def test_a_newer_version_judges_as_the_newest() -> None:
    pod = {"spec": {"securityContext": {"sysctls": [{"name": "net.ipv4.tcp_notsent_lowat"}]}, "containers": []}}
    assert pss.violations(pod, level="baseline", version="v1.36")
    assert not pss.violations(pod, level="baseline", version="v1.99")


@pytest.mark.parametrize("given", [None, {}, [], "x", {"app": "web"}, {"pod-security.kubernetes.io/": "restricted"}])
def test_without_labels_everything_is_privileged_and_latest(given: Any) -> None:
    policy = pss.parse_labels(given)
    assert policy == (("privileged", "latest"), ("privileged", "latest"), ("privileged", "latest"), ())


def test_valid_labels_are_taken() -> None:
    policy = pss.parse_labels(
        labels(
            enforce="baseline",
            enforce_version="v1.25",
            audit="restricted",
            audit_version="v1.99",
            warn="privileged",
            warn_version="latest",
        )
    )
    assert policy.enforce == ("baseline", "v1.25")
    assert policy.audit == ("restricted", "v1.99")
    assert policy.warn == ("privileged", "latest")
    assert policy.invalid == ()


@pytest.mark.parametrize("bad", ["", "Restricted", "strict", "true", None, True, 1, ["restricted"]])
def test_an_invalid_level_closes_enforce_and_opens_the_others(bad: Any) -> None:
    policy = pss.parse_labels(labels(enforce=bad, audit=bad, warn=bad))
    assert policy.enforce.level == "restricted"
    assert policy.audit.level == "privileged"
    assert policy.warn.level == "privileged"
    assert [one.label for one in policy.invalid] == [PREFIX + mode for mode in ("enforce", "audit", "warn")]
    assert {one.value for one in policy.invalid} == {bad if isinstance(bad, str) else ""}


@pytest.mark.parametrize("bad", ["", "1.25", "v1.25.3", "V1.25", "v1.025", "v2.1", "latest ", "latest2", None, 1.25])
def test_an_invalid_version_is_the_latest(bad: Any) -> None:
    policy = pss.parse_labels(labels(enforce="baseline", enforce_version=bad, warn="baseline", warn_version="v1.2"))
    assert policy.enforce == ("baseline", "latest")
    assert policy.warn == ("baseline", "v1.2")
    assert [one.label for one in policy.invalid] == [PREFIX + "enforce-version"]


@pytest.mark.parametrize(
    ("given", "warn"),
    [
        (labels(enforce="restricted", enforce_version="v1.25"), ("restricted", "v1.25")),
        (labels(enforce="baseline"), ("baseline", "latest")),
        (labels(enforce="privileged", enforce_version="v1.25"), ("privileged", "latest")),
        (labels(enforce="restricted", enforce_version="v1.25", warn_version="v1.30"), ("restricted", "v1.30")),
        (labels(enforce="restricted", warn_version="1.30"), ("restricted", "latest")),
        (labels(enforce="restricted", enforce_version="v1.2", warn_version="1.3"), ("restricted", "latest")),
        (labels(enforce="restricted", enforce_version="bad"), ("restricted", "latest")),
        (labels(enforce="restricted", warn="privileged"), ("privileged", "latest")),
        (labels(enforce="restricted", warn="bad"), ("privileged", "latest")),
        (labels(enforce="bad", enforce_version="v1.25"), ("privileged", "latest")),
        (labels(audit="restricted"), ("privileged", "latest")),
    ],
)
def test_warn_follows_a_stricter_enforce_label(given: dict[str, Any], warn: tuple[str, str]) -> None:
    assert pss.parse_labels(given).warn == warn


def test_cluster_defaults_hold_where_labels_are_silent() -> None:
    base = pss.parse_labels(labels(enforce="baseline", enforce_version="v1.30", audit="restricted", warn="restricted"))
    policy = pss.parse_labels(labels(enforce_version="v1.31"), defaults=base)
    assert policy.enforce == ("baseline", "v1.31")
    assert policy.audit == ("restricted", "latest")
    assert pss.parse_labels(labels(enforce="baseline"), defaults=base).warn == ("restricted", "latest")
    assert pss.parse_labels(labels(enforce="privileged"), defaults=base).enforce == ("privileged", "v1.30")


def test_a_default_enforce_level_does_not_warn() -> None:
    base = pss.NamespacePolicy(enforce=pss.parse_labels(labels(enforce="restricted")).enforce)
    assert pss.parse_labels(labels(audit="baseline"), defaults=base).warn.level == "privileged"
