"""Where reports go, which paths they name, and what they say of inputs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from kubelint_py.outputs import FORMATS
from tests.cli.test_check import POD, kubelint
from tests.conftest import ROOT
from tests.outputs.schema import REPORT


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "pod.yaml").write_text(POD, encoding="utf-8")
    return tmp_path


def test_two_formats_need_two_places(repository: Path) -> None:
    result = kubelint("check", "--format", "json", "--format", "sarif", cwd=repository)
    assert (result.returncode, result.stdout) == (2, "")
    assert "both go to standard output" in result.stderr
    result = kubelint("check", "--format", "json:a", "--format", "sarif:a", cwd=repository)
    assert "both go to a;" in result.stderr


@pytest.mark.parametrize("place", ["missing/report.json", "."])
def test_a_report_that_cannot_be_written(repository: Path, place: str) -> None:
    result = kubelint("check", "--format", f"json:{place}", cwd=repository)
    assert result.returncode == 2
    assert result.stderr.startswith(f"kubelint: {place} cannot be written: ")


@pytest.mark.parametrize("written", ["pod.yaml", "../deploy/pod.yaml", "absolute"])
def test_services_get_paths_from_the_root_of_the_repository(repository: Path, written: str) -> None:
    path = str(repository / "deploy" / "pod.yaml") if written == "absolute" else written
    folder = repository / "deploy"
    issues = json.loads(kubelint("check", "--format", "gitlab", path, cwd=folder).stdout)
    assert {each["location"]["path"] for each in issues} == {"deploy/pod.yaml"}
    sarif = json.loads(kubelint("check", "--format", "sarif", path, cwd=folder).stdout)
    places = [each["locations"][0]["physicalLocation"] for each in sarif["runs"][0]["results"]]
    assert {each["artifactLocation"]["uri"] for each in places} == {"deploy/pod.yaml"}
    assert "::error file=deploy/pod.yaml," in kubelint("check", "--format", "github", path, cwd=folder).stdout


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("pods", [0, 1, 500])
def test_every_format_is_whole(tmp_path: Path, name: str, pods: int) -> None:
    text = "---\n".join(POD.replace("web", f"web-{number}") for number in range(pods))
    (tmp_path / "pods.yaml").write_text(text or "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n", "utf-8")
    (tmp_path / "compose.yaml").write_text("services: {}\n", encoding="utf-8")
    (tmp_path / "bad.yaml").write_bytes(b"kind: \xff\n")
    result = kubelint("check", "--select", "host-pid", "--format", name, cwd=tmp_path)
    assert result.returncode == 1
    said = result.stderr if name == "gitlab" else result.stdout
    _CHECKS.get(name, _counts)(result.stdout, pods)
    if name not in {"json", "jsonl", "sarif", "markdown"}:
        assert "1 input linted; 1 skipped: 1 compose; 1 failed" in said


def _counts(text: str, pods: int) -> None:
    assert text.count("host-pid") >= pods


def _json(text: str, pods: int) -> None:
    report = json.loads(text)
    REPORT.validate(report)
    summary = report["summary"]
    assert summary["inputs"] == summary["linted"] + summary["skipped"] + summary["failed"] == 3
    assert len(report["findings"]) == summary["findings"] == pods


def _jsonl(text: str, pods: int) -> None:
    kinds = [json.loads(line)["type"] for line in text.splitlines()]
    assert kinds == ["summary", *["input"] * 3, *["finding"] * pods]


def _sarif(text: str, pods: int) -> None:
    (run,) = json.loads(text)["runs"]
    assert run["tool"]["driver"]["name"] == "kubelint"
    assert len(run["results"]) == pods
    assert run["properties"]["skipped"] == run["properties"]["failed"] == 1
    assert len({each["partialFingerprints"]["kubelint/v1"] for each in run["results"]}) == pods


def _junit(text: str, pods: int) -> None:
    root = ET.fromstring(text)  # noqa: S314  our own output
    assert len(root.findall(".//testcase")) == int(root.get("tests", ""))
    assert len(root.findall(".//failure")) == int(root.get("failures", "")) == pods


def _gitlab(text: str, pods: int) -> None:
    issues = json.loads(text)
    assert len(issues) == pods + 1
    assert len({each["fingerprint"] for each in issues}) == pods + 1


def _github(text: str, pods: int) -> None:
    lines = text.splitlines()
    assert len(lines) == pods + 2
    assert all(line.startswith("::error file=") for line in lines[:-1])


def _concise(text: str, pods: int) -> None:
    assert len(text.splitlines()) == pods + 1


def _markdown(text: str, pods: int) -> None:
    assert len(text) < 65_536
    assert "1 input linted; 1 skipped: 1 compose; 1 failed" in text
    assert "host-pid" in text or not pods


_CHECKS = {
    "json": _json,
    "jsonl": _jsonl,
    "sarif": _sarif,
    "junit": _junit,
    "gitlab": _gitlab,
    "github": _github,
    "concise": _concise,
    "markdown": _markdown,
}


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1"])
def test_an_encoding_that_lacks_characters(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "pod.yaml").write_text(POD.replace("web", '"日本"'), encoding="utf-8")
    command = [sys.executable, "-m", "kubelint_py", "check", "--select", "host-pid"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": encoding}
    result = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert result.returncode == 1, result.stderr
    assert b"host-pid" in result.stdout


def test_the_list_of_files_shows_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "a\nb\x1b[31m.yaml").write_text(POD, encoding="utf-8")
    assert kubelint("check", "--list-files", cwd=tmp_path).stdout == "linted  a\\nb\\x1b[31m.yaml\n"


def completed(folder: Path, words: str) -> str:
    """Return what a shell is told about the last word."""
    settings = {"_KUBELINT_COMPLETE": "bash_complete", "COMP_WORDS": words}
    return kubelint(cwd=folder, **settings, COMP_CWORD=str(len(words.split()) - 1)).stdout


@pytest.mark.parametrize(
    ("words", "proposed"),
    [
        ("kubelint ch", "check"),
        ("kubelint check --format js", "jsonl"),
        ("kubelint check --select host-p", "host-pid"),
        ("kubelint check --select rbac,host-p", "rbac,host-pid"),
        ("kubelint explain host-p", "host-pid"),
        ("kubelint check --set-per d", "directory"),
    ],
)
def test_shells_complete(tmp_path: Path, words: str, proposed: str) -> None:
    assert f"plain,{proposed}" in completed(tmp_path, words).splitlines()


@pytest.mark.parametrize("words", ["check de", "pss de", "rbac can sa:a/b de", "rbac diff de", "config show de"])
def test_shells_complete_paths(tmp_path: Path, words: str) -> None:
    assert completed(tmp_path, f"kubelint {words}") == "file,de\n"
