"""`--kubernetes-version`, once and several times."""

from __future__ import annotations

from pathlib import Path

from tests.cli.test_check import kubelint, report_of

POD = (
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n"
    "  os: {name: windows}\n  hostPID: true\n  containers: [{name: a, image: 'a:1'}]\n"
)


def tags(folder: Path, *arguments: str, text: str = "") -> dict[str, list[str]]:
    """Return by rule the versions its finding holds in."""
    findings = report_of("--pss", "restricted", *arguments, cwd=folder, text=text)["findings"]
    assert len(findings) == len({each["rule"] for each in findings})
    return {each["rule"]: [tag for tag in each["tags"] if tag.startswith("kubernetes-")] for each in findings}


def test_findings_say_in_which_versions_they_hold(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    # Since 1.25 a Windows pod need not drop capabilities.
    found = tags(tmp_path, "--kubernetes-version", "1.24", "--kubernetes-version", "1.31")
    assert found["capabilities-not-dropped"] == ["kubernetes-1.24"]
    assert found["host-pid"] == ["kubernetes-1.24", "kubernetes-1.31"]
    assert tags(tmp_path, "--kubernetes-version", "1.31")["host-pid"] == []


def test_standard_input_is_judged_for_each_version(tmp_path: Path) -> None:
    versions = ("--kubernetes-version", "1.24", "--kubernetes-version", "1.31", "--kubernetes-version", "1.24")
    found = tags(tmp_path, "-", *versions, text=POD)
    assert found["host-pid"] == ["kubernetes-1.24", "kubernetes-1.31"]


def test_people_see_the_versions(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    versions = ("--kubernetes-version", "1.24", "--kubernetes-version", "1.31")
    result = kubelint("check", "--select", "host-pid", *versions, cwd=tmp_path)
    assert "\n  = holds: in Kubernetes 1.24, 1.31\n" in result.stdout
    assert result.stdout.count("host-pid]") == 1


def test_a_directive_that_one_version_needs_is_used(tmp_path: Path) -> None:
    text = POD.replace("'a:1'}]", "'a:1'}]  # kubelint: ignore[capabilities-not-dropped] old nodes")
    (tmp_path / "pod.yaml").write_text(text, encoding="utf-8")
    (tmp_path / ".kubelint.yaml").write_text("profile: strict\n", encoding="utf-8")
    versions = ("--kubernetes-version", "1.24", "--kubernetes-version", "1.31")
    assert "unused-suppression" not in kubelint("check", *versions, "--format", "json", cwd=tmp_path).stdout


def test_an_unknown_version_is_refused(tmp_path: Path) -> None:
    result = kubelint("check", "--kubernetes-version", "1.31", "--kubernetes-version", "1.99", cwd=tmp_path)
    assert result.returncode == 2
    assert result.stderr == "kubelint: Kubernetes 1.99 is not known yet: versions up to 1.37 are\n"
