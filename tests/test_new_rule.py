"""The scaffold writes a rule that passes what every rule must pass."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.new_rule import scaffold


def test_a_new_rule_passes_at_once(tmp_path: Path) -> None:
    for name in ("kubelint_py", "tests", "tools", "schemas", "docs"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "CONTRIBUTING.md"):
        shutil.copy(ROOT / name, tmp_path)
    scaffold(tmp_path, "pod-security", "made-up-name", "0.1")
    environment = {"PATH": "", "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    assert run("tools.docs").returncode == 0
    suites = ("tests/test_rules.py", "tests/test_docs.py", "tests/test_registry.py", "tests/test_layers.py")
    result = run("pytest", "-p", "no:cacheprovider", *suites, "-k", "made or current or registry or layers or complete")
    assert result.returncode == 0, result.stdout + result.stderr
    assert "made-up-name" in (tmp_path / "docs" / "rules" / "index.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("category", "rule"), [("pod-security", "Bad_Name"), ("../x", "good-name"), ("x", "single")])
def test_bad_names_are_refused(tmp_path: Path, category: str, rule: str) -> None:
    with pytest.raises(ValueError, match="looks like"):
        scaffold(tmp_path, category, rule, "0.1")


def test_an_existing_rule_is_not_overwritten(tmp_path: Path) -> None:
    scaffold(tmp_path, "pod-security", "made-up-name", "0.1")
    with pytest.raises(ValueError, match="exists"):
        scaffold(tmp_path, "pod-security", "made-up-name", "0.1")
