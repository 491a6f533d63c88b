"""`--baseline` and `--write-baseline`: only new findings fail."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_check import kubelint, report_of
from tests.outputs.schema import REPORT

CONTAINER = "    - name: {name}\n      image: a:1\n      securityContext: {{privileged: true}}\n"
POD = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, namespace: shop}\nspec:\n  hostPID: true\n  containers:\n"
CONFIG = "select: [host-pid, privileged-container]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "deploy").mkdir()
    (tmp_path / ".kubelint.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "deploy" / "pod.yaml").write_text(POD + CONTAINER.format(name="a"), encoding="utf-8")
    assert kubelint("check", "--write-baseline", "known.json", cwd=tmp_path).returncode == 0
    return tmp_path


def new(project: Path, *arguments: str, text: str = "") -> list[tuple[str, str]]:
    """Return rule and container of what the baseline does not hide."""
    report = report_of("--baseline", "known.json", *arguments, cwd=project, text=text)
    return [(each["rule"], each["container"]) for each in report["findings"] if each["suppressed"] is None]


def rewrite(project: Path, *containers: str, above: str = "") -> str:
    text = above + POD + "".join(CONTAINER.format(name=name) for name in containers)
    (project / "deploy" / "pod.yaml").write_text(text, encoding="utf-8")
    return text


def test_it_is_sorted_and_names_no_line_and_no_absolute_path(project: Path) -> None:
    text = (project / "known.json").read_text(encoding="utf-8")
    first = json.loads(text)["findings"]
    assert [each["rule"] for each in first] == ["host-pid", "privileged-container"]
    assert {each["file"] for each in first} == {"deploy/pod.yaml"}
    assert set(first[0]) == {"file", "rule", "object", "path", "container", "message"}
    assert kubelint("check", "--write-baseline", "known.json", cwd=project / "deploy").returncode == 0
    assert kubelint("check", "--write-baseline", "known.json", cwd=project).returncode == 0
    assert (project / "known.json").read_text(encoding="utf-8") == text


def test_known_findings_stay_in_the_report(project: Path) -> None:
    result = kubelint("check", "--format", "json", "--baseline", "known.json", cwd=project)
    report = json.loads(result.stdout)
    REPORT.validate(report)
    assert result.returncode == 0
    assert {each["suppressed"]["by"] for each in report["findings"]} == {"baseline"}
    assert report["summary"]["findings"] == 0
    assert report["summary"]["suppressed"] == 2
    sarif = json.loads(kubelint("check", "--format", "sarif", "--baseline", "known.json", cwd=project).stdout)
    assert {each["suppressions"][0]["kind"] for each in sarif["runs"][0]["results"]} == {"external"}


def test_inserted_lines_and_containers_keep_entries(project: Path) -> None:
    rewrite(project, "a", above="# one\n\n# two\n")
    assert new(project) == []
    rewrite(project, "before", "a")
    assert new(project) == [("privileged-container", "before")]


def test_the_same_defect_twice_is_new_once(project: Path) -> None:
    pod = rewrite(project, "a")
    (project / "deploy" / "copy.yaml").write_text(pod, encoding="utf-8")
    assert sorted(new(project)) == [("host-pid", ""), ("privileged-container", "a")]


def test_a_renamed_file_keeps_its_entries(project: Path) -> None:
    (project / "deploy" / "pod.yaml").rename(project / "deploy" / "web.yaml")
    assert new(project) == []


def test_an_entry_does_not_leave_a_file_that_is_still_there(project: Path) -> None:
    pod = (project / "deploy" / "pod.yaml").read_text(encoding="utf-8")
    (project / "copy.yaml").write_text(pod, encoding="utf-8")
    assert len(new(project, "copy.yaml")) == 2


def test_explicit_files_and_standard_input(project: Path) -> None:
    text = (project / "deploy" / "pod.yaml").read_text(encoding="utf-8")
    assert new(project, "deploy/pod.yaml") == []
    assert new(project, "-", "--stdin-filename", "deploy/pod.yaml", text=text) == []


def test_another_item_of_a_list_is_another_finding(tmp_path: Path) -> None:
    rule = "  - apiGroups: ['']\n    resources: ['{}']\n    verbs: ['*']\n"
    role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: r, namespace: n}\nrules:\n"
    (tmp_path / ".kubelint.yaml").write_text("select: [rbac-wildcard-verb]\n", encoding="utf-8")
    (tmp_path / "role.yaml").write_text(role + rule.format("pods"), encoding="utf-8")
    kubelint("check", "--write-baseline", "known.json", cwd=tmp_path)
    (tmp_path / "role.yaml").write_text(role + rule.format("secrets") + rule.format("pods"), encoding="utf-8")
    report = report_of("--baseline", "known.json", cwd=tmp_path)
    assert [each["path"] for each in report["findings"] if each["suppressed"] is None] == ["/rules/0/verbs/0"]


def test_entries_that_hide_nothing_are_told(project: Path) -> None:
    (project / "deploy" / "pod.yaml").write_text("apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n", encoding="utf-8")
    result = kubelint("check", "--baseline", "known.json", cwd=project)
    assert "2 entries of the baseline hide nothing any more; --write-baseline known.json drops them" in result.stderr
    narrow = kubelint("check", "--baseline", "known.json", "--select", "host-pid", cwd=project)
    assert "entries" not in narrow.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "bad.json cannot be read: no such file or directory"),
        ("{", "bad.json is no baseline: it is no JSON"),
        ("[" * 100_000, "bad.json is no baseline: it is no JSON"),
        ("[]", "bad.json is no baseline of version 1; write one with --write-baseline"),
        ('{"version": 2, "findings": []}', "bad.json is no baseline of version 1; write one with --write-baseline"),
        ('{"version": 1, "findings": [{"rule": 3}]}', 'bad.json has an entry that is none: {"rule": 3}'),
    ],
)
def test_a_wrong_baseline(project: Path, content: str | None, message: str) -> None:
    if content is not None:
        (project / "bad.json").write_text(content, encoding="utf-8")
    result = kubelint("check", "--baseline", "bad.json", "deploy", cwd=project)
    assert (result.returncode, result.stderr) == (2, f"kubelint: {message}\n")


def test_a_baseline_that_cannot_be_written(project: Path) -> None:
    result = kubelint("check", "--write-baseline", "missing/known.json", cwd=project)
    assert result.returncode == 2
    assert "missing/known.json cannot be written" in result.stderr


def test_an_input_that_fails_still_fails(project: Path) -> None:
    (project / "bad.yaml").write_text("apiVersion: v1\nkind: [\n", encoding="utf-8")
    assert kubelint("check", "--write-baseline", "known.json", cwd=project).returncode == 1


def test_showing_changes_writes_no_baseline(project: Path) -> None:
    result = kubelint("check", "--diff", "--write-baseline", "other.json", cwd=project)
    assert result.returncode == 2
    assert not (project / "other.json").exists()
