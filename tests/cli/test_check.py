"""The command line as its users run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kubelint_py import __version__
from kubelint_py.outputs import FORMATS
from tests.conftest import ROOT
from tests.outputs.schema import REPORT

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true
  containers: [{name: a, image: 'a:1'}]
"""


def kubelint(*arguments: str, cwd: Path, text: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a directory, with settings in its environment."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", **settings}
    return subprocess.run(
        [sys.executable, "-m", "kubelint_py", *arguments],
        cwd=cwd,
        input=text,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def report_of(*arguments: str, cwd: Path, text: str = "") -> dict[str, Any]:
    """Return the JSON report of a check."""
    data: dict[str, Any] = json.loads(kubelint("check", "--format", "json", *arguments, cwd=cwd, text=text).stdout)
    return data


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    return tmp_path


def test_version(tmp_path: Path) -> None:
    assert kubelint("--version", cwd=tmp_path).stdout == f"kubelint {__version__}\n"


def test_findings_fail_and_are_shown(folder: Path) -> None:
    result = kubelint("check", "--select", "host-pid", cwd=folder)
    assert result.returncode == 1
    assert result.stdout.startswith("pod.yaml:5:12: high[host-pid] ")
    assert "\n5 |   hostPID: true\n  |            ^^^^\n" in result.stdout
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 1),
        (["--fail-on", "high"], 1),
        (["--fail-on", "critical"], 0),
        (["--fail-on", "never"], 0),
        (["--exit-zero"], 0),
        (["--select", "nonsense"], 2),
        (["--format", "nonsense"], 2),
        (["--profile", "nonsense"], 2),
        (["--kubernetes-version", "nonsense"], 2),
        (["--nonsense"], 2),
        (["--jobs", "0"], 2),
    ],
)
def test_exit_codes(folder: Path, arguments: list[str], code: int) -> None:
    arguments = arguments if "--select" in arguments else [*arguments, "--select", "host-pid"]
    assert kubelint("check", "pod.yaml", *arguments, cwd=folder).returncode == code


def test_the_nearest_name_is_told(folder: Path) -> None:
    assert "'host-pid'" in kubelint("check", "--select", "host-pd", cwd=folder).stderr


def test_nothing_to_lint(tmp_path: Path) -> None:
    result = kubelint("check", cwd=tmp_path)
    assert result.returncode == 0
    assert "no Kubernetes object" in result.stderr
    assert kubelint("check", "--fail-if-empty", cwd=tmp_path).returncode == 2


@pytest.mark.parametrize("command", ["check", "pss"])
def test_errors_are_safe_to_show(tmp_path: Path, command: str) -> None:
    evil = tmp_path / "\x1b[31mevil\n"
    evil.mkdir()
    (evil / ".kubelint.yaml").write_text("a: [\n", encoding="utf-8")
    (evil / "pod.yaml").write_text(POD, encoding="utf-8")
    result = kubelint(command, ".", cwd=tmp_path)
    assert result.returncode == 2
    assert "\\x1b[31mevil\\n/.kubelint.yaml:2:" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_missing_file_fails(folder: Path) -> None:
    result = kubelint("check", "nowhere.yaml", cwd=folder)
    assert result.returncode == 1
    assert "nowhere.yaml" in result.stdout
    assert "1 failed" in result.stdout


def test_json_follows_its_schema(folder: Path) -> None:
    result = kubelint("check", "--format", "json", cwd=folder)
    report = json.loads(result.stdout)
    REPORT.validate(report)
    assert report["inputs"] == [{"file": "pod.yaml", "status": "linted", "reason": ""}]
    assert {finding["line"] > 0 for finding in report["findings"]} == {True}


def test_several_formats_to_files(folder: Path) -> None:
    result = kubelint("check", "--format", "json:out.json", "--format", "concise", "--select", "host-pid", cwd=folder)
    assert result.stdout.splitlines()[0].startswith("pod.yaml:5:12: high[host-pid]")
    assert json.loads((folder / "out.json").read_text(encoding="utf-8"))["version"] == 1


def test_standard_input_has_a_name_and_its_configuration(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / ".kubelint.yaml").write_text("select: [host-pid]\n", encoding="utf-8")
    result = kubelint("check", "-", "--stdin-filename", "sub/x.yaml", "--format", "concise", cwd=folder, text=POD)
    lines = result.stdout.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("sub/x.yaml:5:12: high[host-pid]")


def test_excerpts_of_standard_input(tmp_path: Path) -> None:
    assert "hostPID: true" in kubelint("check", "-", "--select", "host-pid", cwd=tmp_path, text=POD).stdout


def test_configured_excludes_hold_for_named_files(folder: Path) -> None:
    (folder / ".kubelint.yaml").write_text("exclude: [pod.yaml]\n", encoding="utf-8")
    result = kubelint("check", "pod.yaml", "--format", "json", cwd=folder)
    assert result.returncode == 0
    assert json.loads(result.stdout)["summary"]["skipped"] == 1


def test_a_wrong_configuration_says_where(folder: Path) -> None:
    (folder / ".kubelint.yaml").write_text("select: []\nslect: [host-pid]\n", encoding="utf-8")
    result = kubelint("check", "pod.yaml", cwd=folder)
    assert result.returncode == 2
    assert ".kubelint.yaml:2:" in result.stderr
    assert "'select'" in result.stderr


def test_list_files_and_statistics(folder: Path) -> None:
    (folder / "compose.yaml").write_text("services: {a: {image: b}}\n", encoding="utf-8")
    listed = kubelint("check", "--list-files", cwd=folder).stdout
    assert "linted  pod.yaml" in listed
    assert "skipped compose.yaml" in listed
    assert "     1  host-pid" in kubelint("check", "--statistics", cwd=folder).stderr


def test_rules_and_explain(tmp_path: Path) -> None:
    listed = kubelint("rules", cwd=tmp_path).stdout
    assert "privileged-container" in listed
    only = kubelint("rules", "--select", "rbac", cwd=tmp_path).stdout
    assert "rbac-wildcard-verb" in only
    assert "host-pid" not in only
    assert "Remedy:" in kubelint("explain", "host-pid", cwd=tmp_path).stdout
    wrong = kubelint("explain", "host-pd", cwd=tmp_path)
    assert (wrong.returncode, "'host-pid'" in wrong.stderr) == (2, True)
    group = kubelint("explain", "CKV_K8S_17", cwd=tmp_path)
    assert (group.returncode, "`kubelint rules --select CKV_K8S_17`" in group.stderr) == (2, True)
    unknown = kubelint("rules", "--select", "rback", cwd=tmp_path)
    assert unknown.stderr == "kubelint: unknown rule, category or tag 'rback'; did you mean 'rbac'?\n"


@pytest.mark.parametrize(
    ("file", "text", "way"),
    [
        ("Chart.yaml", "name: web\nversion: 1.0.0\n", "helm template CHART | kubelint check -"),
        ("kustomization.yaml", "resources: [../base]\n", "kustomize build DIRECTORY | kubelint check -"),
        ("compose.yaml", "services: {}\n", ""),
    ],
)
def test_what_has_to_be_rendered_first(tmp_path: Path, file: str, text: str, way: str) -> None:
    (tmp_path / file).write_text(text, encoding="utf-8")
    if file == "Chart.yaml":
        (tmp_path / "templates").mkdir()
        (tmp_path / "templates" / "web.yaml").write_text("metadata: {name: {{ .Release.Name }}}\n", encoding="utf-8")
    end = f"; render it first, as in `{way}`" if way else ""
    assert kubelint("check", cwd=tmp_path).stderr == f"kubelint: no Kubernetes object was found{end}\n"


def test_config_commands(folder: Path) -> None:
    (folder / ".kubelint.yaml").write_text("profile: strict\n", encoding="utf-8")
    shown = json.loads(kubelint("config", "show", cwd=folder).stdout)
    assert shown["settings"]["profile"]["value"] == "strict"
    assert kubelint("config", "check", cwd=folder).returncode == 0
    (folder / ".kubelint.yaml").write_text("profil: strict\n", encoding="utf-8")
    assert kubelint("config", "check", ".kubelint.yaml", cwd=folder).returncode == 2


def test_versions(tmp_path: Path) -> None:
    assert "1.37" in kubelint("versions", cwd=tmp_path).stdout


def test_a_closed_pipe_is_no_crash(folder: Path) -> None:
    command = f"{sys.executable} -m kubelint_py check . | head -n 1"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        ["sh", "-c", command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in result.stderr


def test_a_crashing_rule_is_exit_code_3(folder: Path) -> None:
    code = (
        "import kubelint_py.rules.pod_security.host_pid as rule\n"
        "def check(pod, kubernetes):\n    raise ValueError\n    yield\n"
        "check.rule = rule.check.rule\n"
        "check.__annotations__ = {'pod': 'PodSpec'}\n"
        "rule.check = check\n"
        "from kubelint_py.cli import cli\ncli(['check', 'pod.yaml'], prog_name='kubelint')\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 3, result.stderr
    assert "internal-error" in result.stdout


def test_no_value_of_a_secret_is_printed(tmp_path: Path) -> None:
    secret = "kq83hd72nvQpe0Zx41TyuB"  # noqa: S105
    text = POD.replace("image: 'a:1'", f"image: 'a:1', env: [{{name: API_TOKEN, value: {secret}}}]")
    (tmp_path / "pod.yaml").write_text(text, encoding="utf-8")
    for name in FORMATS:
        result = kubelint("check", "--format", name, cwd=tmp_path)
        assert "literal-secret-in-env-var" in result.stdout, name
        assert secret not in result.stdout, name
