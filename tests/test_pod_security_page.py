"""docs/pod-security.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kubelint_py import parse, pss
from kubelint_py.data.pod_templates import CUSTOM
from kubelint_py.data.pss_allowed import NEWEST_MINOR, VOLUMES
from tests.cli.test_check import kubelint
from tests.conftest import ROOT
from tools.pss_table import table

PAGE = (ROOT / "docs" / "pod-security.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(?:yaml)?\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


def test_the_table_of_controls_is_current() -> None:
    assert table() in PAGE, "run python -m tools.pss_table"
    assert table().count("\n") == len(pss.CONTROLS) + 2
    assert f"v1.0 to v1.{NEWEST_MINOR}" in PAGE


def test_every_version_with_a_change_is_explained() -> None:
    changes = {f"v1.{minor}" for control in pss.CONTROLS for minor in control.versions if minor}
    rows = PAGE.split("| version | what changes |")[1].split("\n\n")[0]
    assert set(re.findall(r"v1\.\d+", rows)) == changes


@pytest.mark.parametrize("minor", range(NEWEST_MINOR + 1))
def test_the_restricted_pod_is_restricted_at_every_version(minor: int) -> None:
    (document,) = parse(BLOCKS[0])
    assert pss.level_reached(document.data, f"v1.{minor}") == "restricted"


def test_the_allowed_volumes_are_named() -> None:
    assert ", ".join(sorted(VOLUMES)) in PAGE


def test_the_output_is_real(tmp_path: Path) -> None:
    (tmp_path / "shop.yaml").write_text(BLOCKS[1], encoding="utf-8")
    assert kubelint("pss", "shop.yaml", cwd=tmp_path).stdout == BLOCKS[2]


def test_every_custom_kind_is_named() -> None:
    for group in {group for group, _ in CUSTOM}:
        kinds = ", ".join(sorted(kind for own, kind in CUSTOM if own == group))
        assert re.search(rf"^\| `{re.escape(group)}` \| .+ \| {re.escape(kinds)} \|$", PAGE, re.MULTILINE), group


def test_every_rule_of_the_standards_is_linked() -> None:
    covering = {rule for rule, chosen in pss.RULE_CONTROLS.items() if not chosen.narrows}
    namespaces = {"pss-namespace-mismatch", "pss-label-invalid", "pss-namespace-raisable"}
    for rule in covering | namespaces | {"namespace-pss-labels-missing", "namespace-pss-level-low"}:
        assert f"[{rule}](rules/{rule}.md)" in PAGE
