"""The hooks in a real repository, run by a real pre-commit."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostPID: true
  containers: [{name: a, image: 'a:1'}]
"""
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}}\n"
CONFIG = "select: [host-pid, dangling-service]\n"


def git(folder: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with the hooks, as users would name it in their configuration."""
    repository = tmp_path_factory.mktemp("hooks")
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    wanted = ("kubelint_py/", "schemas/", "pyproject.toml", "README.md", "LICENSE", ".pre-commit-hooks.yaml")
    for name in filter(None, listed.stdout.decode().split("\0")):
        if name.startswith(wanted) and (ROOT / name).is_file():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            (repository / name).write_bytes((ROOT / name).read_bytes())
    git(repository, "init", "-q")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "hooks")
    return repository


@pytest.fixture
def project(tmp_path: Path) -> Path:
    git(tmp_path, "init", "-q")
    (tmp_path / ".kubelint.yaml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "compose.yaml").write_text("services: {a: {image: b}}\n", encoding="utf-8")
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "service.yaml").write_text(SERVICE, encoding="utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    return tmp_path


def try_hook(hooks: Path, project: Path, hook: str, cache: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PRE_COMMIT_HOME": str(cache)}
    command = [sys.executable, "-m", "pre_commit", "try-repo", str(hooks), hook, "--verbose", *arguments]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_manifest_is_valid() -> None:
    command = [sys.executable, "-m", "pre_commit", "validate-manifest", str(ROOT / ".pre-commit-hooks.yaml")]
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0


def test_only_changed_files_are_reported(hooks: Path, project: Path, cache: Path) -> None:
    (project / "deploy" / "service.yaml").write_text(SERVICE + "# changed\n", encoding="utf-8")
    git(project, "add", "-A")
    result = try_hook(hooks, project, "kubelint", cache)
    if "Could not find a version" in result.stdout or "No matching distribution" in result.stdout:
        pytest.skip("no package index to install the hook from")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "deploy/service.yaml:4" in result.stdout
    assert "dangling-service" in result.stdout
    assert not re.search(r"^pod\.yaml:", result.stdout, re.MULTILINE)


def test_a_reference_into_an_unchanged_file_is_followed(hooks: Path, project: Path, cache: Path) -> None:
    labelled = POD.replace("namespace: shop}", "namespace: shop, labels: {app: web}}")
    (project / "pod.yaml").write_text(labelled, encoding="utf-8")
    git(project, "commit", "-qam", "label")
    (project / "deploy" / "service.yaml").write_text(SERVICE + "# changed\n", encoding="utf-8")
    git(project, "add", "-A")
    result = try_hook(hooks, project, "kubelint", cache)
    if "Could not find a version" in result.stdout or "No matching distribution" in result.stdout:
        pytest.skip("no package index to install the hook from")
    assert result.returncode == 0, result.stdout + result.stderr


def test_renamed_deleted_and_binary_files(hooks: Path, project: Path, cache: Path) -> None:
    git(project, "mv", "pod.yaml", "deploy/web.yaml")
    git(project, "rm", "-q", "deploy/service.yaml")
    (project / "blob.yaml").write_bytes(bytes(range(256)))
    git(project, "add", "-A")
    result = try_hook(hooks, project, "kubelint", cache)
    if "Could not find a version" in result.stdout or "No matching distribution" in result.stdout:
        pytest.skip("no package index to install the hook from")
    assert result.returncode == 1, result.stdout + result.stderr
    assert "deploy/web.yaml:5" in result.stdout
    assert "blob.yaml: failed: not UTF-8 text" in result.stdout
    assert not re.search(r"^(pod|deploy/service)\.yaml", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(("hook", "code"), [("kubelint", 1), ("kubelint-all", 1), ("kubelint-config", 0)])
def test_all_files(hooks: Path, project: Path, cache: Path, hook: str, code: int) -> None:
    result = try_hook(hooks, project, hook, cache, "--all-files")
    if "Could not find a version" in result.stdout or "No matching distribution" in result.stdout:
        pytest.skip("no package index to install the hook from")
    assert result.returncode == code, result.stdout + result.stderr
    assert ("host-pid" in result.stdout) == (code == 1)
