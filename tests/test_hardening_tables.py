"""The tables of the hardening rules hold facts in the expected form, and one volume gives one finding."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from kubelint_py import Config, check_text, images
from kubelint_py.data.component_advisories import COMPONENTS
from kubelint_py.data.component_lifetimes import ENDED
from kubelint_py.data.host_paths import CREDENTIALS, HARMLESS, SENSITIVE
from kubelint_py.model.host_path import lies_in, normal
from kubelint_py.rules.hardening._component import lies_between, release

HOST_PATH_RULES = (
    "container-runtime-socket",
    "cloud-credential-host-path",
    "sensitive-host-path",
    "writable-host-path",
    "host-path-volume",
)
MOUNTED = """
apiVersion: v1
kind: Pod
metadata: {{name: mounting}}
spec:
  containers:
    - name: main
      image: registry.example/shop/main:1.0.0
      volumeMounts: [{{name: host, mountPath: /host, readOnly: {read_only}}}]
  volumes:
    - {{name: host, hostPath: {{path: {path}}}}}
"""


def found(path: str, *, read_only: bool, profile: str = "default") -> list[str]:
    text = MOUNTED.format(path=path, read_only=str(read_only).lower())
    report = check_text(text, name="pod.yaml", config=Config(select=HOST_PATH_RULES, profile=profile))
    return sorted(finding.rule for finding in report.findings)


@pytest.mark.parametrize(
    ("path", "read_only", "rule"),
    [
        ("/", True, "container-runtime-socket"),
        ("/var/run/docker.sock", False, "container-runtime-socket"),
        ("/etc/kubernetes", False, "cloud-credential-host-path"),
        ("/var/lib/kubelet", True, "cloud-credential-host-path"),
        ("/etc", False, "sensitive-host-path"),
        ("/proc", True, "sensitive-host-path"),
        ("/srv/shop", False, "writable-host-path"),
        ("/srv/shop", True, "host-path-volume"),
        ("/etc/localtime", True, "host-path-volume"),
    ],
)
def test_one_volume_gives_one_finding(path: str, read_only: bool, rule: str) -> None:
    assert found(path, read_only=read_only) == [rule]


def test_the_strict_profile_shows_what_else_is_true() -> None:
    expected = ["cloud-credential-host-path", "host-path-volume", "sensitive-host-path", "writable-host-path"]
    assert found("/etc/kubernetes", read_only=False, profile="strict") == expected


@pytest.mark.parametrize("path", [*(each.path for each in (*SENSITIVE, *CREDENTIALS)), *HARMLESS])
def test_places_are_written_in_their_normal_form(path: str) -> None:
    assert path == normal(path)
    assert not lies_in(path, ["/var/run"]), "the table has /run"


def test_harmless_places_lie_below_sensitive_ones_or_say_nothing() -> None:
    places = [each.path for each in SENSITIVE if not each.alone]
    assert [path for path in HARMLESS if not lies_in(path, places)] == []


@pytest.mark.parametrize("each", [each for each in CREDENTIALS if each.top], ids=lambda each: each.path)
def test_the_highest_directory_of_a_credential_is_above_it(each: object) -> None:
    assert lies_in(each.path, [each.top])  # type: ignore[attr-defined]


REPOSITORIES = [name for each in (*COMPONENTS, *ENDED) for name in each.repositories]
DATES = [each.published for component in COMPONENTS for each in component.advisories] + [each.since for each in ENDED]
RANGES = [versions for component in COMPONENTS for each in component.advisories for versions in each.versions]
RANGES += [each.versions for each in ENDED if each.versions]


@pytest.mark.parametrize("name", REPOSITORIES)
def test_repositories_are_written_as_references_name_them(name: str) -> None:
    assert images.parse(f"{name}:1.0.0").name == name


@pytest.mark.parametrize("date", DATES)
def test_dates_are_days_or_months_before_the_tables_were_read(date: str) -> None:
    assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])(-([0-2]\d|3[01]))?", date)
    assert date[:7] <= "2026-11"


@pytest.mark.parametrize(("first", "fixed"), RANGES)
def test_ranges_begin_before_they_end(first: str, fixed: str) -> None:
    start, end = release(first), release(fixed)
    assert end is not None
    assert end.final
    assert start is None if not first else start is not None and start < end


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda each: each.name)
def test_advisories_come_newest_first_and_their_ranges_do_not_overlap(component: object) -> None:
    advisories = component.advisories  # type: ignore[attr-defined]
    assert [each.published for each in advisories] == sorted((each.published for each in advisories), reverse=True)
    for advisory in advisories:
        for (_, end), (start, _) in pairwise(advisory.versions):
            assert not lies_between(release(start) or (), "", end)  # type: ignore[arg-type]


def test_versions_are_ordered_as_semantic_versioning_does() -> None:
    tags = ["v0.49.3", "1.0.0-alpha", "v1.0.0-alpha.2", "1.0.0-beta1", "1.0.0-rc.2", "1.0.0-rc10", "1.0.0", "1.0.1"]
    tags += ["1.2.0", "1.10.0", "2.0.0"]
    versions = [release(tag) for tag in tags]
    assert None not in versions
    assert all(one < other for one, other in pairwise(versions))  # type: ignore[operator]


@pytest.mark.parametrize(
    "tag", ["1.2.3", "v1.2.3", "1.2.3-alpine", "1.2.3-alpine3.19", "1.2.3-debian-12-r14", "1.2.3-0", "1.2.3-UBUNTU"]
)
def test_words_that_name_the_build_do_not_change_the_version(tag: str) -> None:
    assert release(tag) == release("1.2.3")


NO_VERSIONS = (
    *("", "latest", "1", "1.2", "v1.2", "1.2.3.4", "a1.2.3", "1.2.x", "\uff11.2.3", "9" * 200 + ".0.0"),
    *("1.2.3-", "1.2.3--", "1.2.3-security-01", "1.2.3-gke.1", "1.2.3-12345pre", "1.2.3-alpine-x", "1.2.3+security-01"),
)


@pytest.mark.parametrize("tag", NO_VERSIONS)
def test_other_tags_tell_no_version(tag: str) -> None:
    assert release(tag) is None
