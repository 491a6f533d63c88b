"""What the README shows is what the program prints."""

from __future__ import annotations

import re

import pytest
from click.testing import CliRunner

from kubelint_py.cli import cli
from tests.conftest import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_output_is_real(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    result = CliRunner().invoke(cli, ["check", "--exit-zero", "examples"])
    shown = README.split("prints, among others:\n\n```\n")[1].split("```")[0]
    entries = [entry.strip("\n") for entry in shown.split("\n\n")]
    assert len(entries) > 3
    assert result.exit_code == 0
    for entry in entries:
        assert entry in result.output


def test_commands_exist() -> None:
    for command in re.findall(r"`kubelint ([a-z]+)", README):
        assert CliRunner().invoke(cli, [command, "--help"]).exit_code == 0, command
