"""What becomes of inputs, wherever they come from."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.test_check import POD, kubelint, report_of

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}}\n"
SERVED = POD.replace("{name: web}", "{name: web, namespace: shop, labels: {app: web}}")


def statuses(folder: Path, *arguments: str, text: str = "") -> dict[str, str]:
    report = report_of(*arguments, cwd=folder, text=text)
    return {each["file"]: each["reason"] or each["status"] for each in report["inputs"]}


def rules(folder: Path, *arguments: str, text: str = "") -> set[str]:
    return {each["rule"] for each in report_of(*arguments, cwd=folder, text=text)["findings"]}


def test_standard_input_stands_for_the_file_it_is_named_after(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    for paths in (("-", "pod.yaml"), ("pod.yaml", "-"), ("-", ".")):
        report = report_of("--stdin-filename", "pod.yaml", *paths, cwd=tmp_path, text="a: b")
        assert report["inputs"] == [{"file": "pod.yaml", "status": "skipped", "reason": "not-kubernetes"}]
        assert report["findings"] == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("vendor/pod.yaml", "excluded by the configuration"),
        ("chart/templates/pod.yaml", "helm-template"),
        ("deploy/pod.yaml", "linted"),
    ],
)
def test_a_named_standard_input_has_the_role_of_its_place(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / ".kubelint.yaml").write_text("exclude: [vendor/]\n", encoding="utf-8")
    (tmp_path / "chart" / "templates").mkdir(parents=True)
    (tmp_path / "chart" / "Chart.yaml").touch()
    assert statuses(tmp_path, "-", "--stdin-filename", name, text=POD) == {name: reason}


def test_a_named_standard_input_may_refer_to_tracked_files(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "pod.yaml").write_text(SERVED, encoding="utf-8")
    subprocess.run(["git", "add", "pod.yaml"], cwd=tmp_path, check=True)
    arguments = ("--select", "dangling-service", "-", "--stdin-filename", "service.yaml")
    assert rules(tmp_path, *arguments, text=SERVICE) == set()
    assert rules(tmp_path, *arguments, text=SERVICE.replace("app: web", "app: db")) == {"dangling-service"}


def test_each_file_has_its_own_limit_and_context(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "other").mkdir(parents=True)
    (project / ".kubelint.yaml").write_text("fail-on: critical\ncontext: ['other/*.yaml']\n", encoding="utf-8")
    (project / "service.yaml").write_text(SERVICE, encoding="utf-8")
    (project / "other" / "pod.yaml").write_text(SERVED, encoding="utf-8")
    for folder, path in ((project, "service.yaml"), (tmp_path, "project/service.yaml")):
        assert rules(folder, "--select", "dangling-service", path) == set()
        assert kubelint("check", path.replace("service", "other/pod"), cwd=folder).returncode == 0
    assert kubelint("check", "project", "--fail-on", "high", cwd=tmp_path).returncode == 1


def test_excluded_templates_leave_no_objects(tmp_path: Path) -> None:
    (tmp_path / ".kubelint.yaml").write_text("exclude: ['shop/charts/**']\nselect: [host-pid]\n", encoding="utf-8")
    own, vendored = f"# Source: shop/templates/a.yaml\n{POD}", f"# Source: shop/charts/db/templates/b.yaml\n{POD}"
    (tmp_path / "all.yaml").write_text(f"---\n{own}---\n{vendored}", encoding="utf-8")
    (tmp_path / "vendored.yaml").write_text(f"---\n{vendored}", encoding="utf-8")
    report = report_of(cwd=tmp_path)
    assert [each["source"] for each in report["findings"]] == ["shop/templates/a.yaml"]
    assert report["summary"]["objects"] == 1
    assert report["inputs"][2] == {
        "file": "vendored.yaml",
        "status": "skipped",
        "reason": "excluded by the configuration",
    }


def test_an_unreadable_document_is_never_dropped_in_silence(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD + "---\napiVersion: v1\nkind: [\n", encoding="utf-8")
    result = kubelint("check", "--select", "host-ipc", cwd=tmp_path)
    assert result.returncode == 1
    assert "pod.yaml: failed: " in result.stdout
    assert statuses(tmp_path) == {"pod.yaml": "linted"}


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("play.yaml", "{% if x %}\na: b\n{% endif %}\n", "template"),
        ("config.yaml", "a: {{ x }}\nb: {{- y }}\n", "template"),
        ("values.yaml", "a: {{ x }}\n", "helm-values"),
        ("settings.json", '// why\n{"a": 1}\n', "not-kubernetes"),
    ],
)
def test_what_nobody_meant_as_a_manifest_fails_no_hook(tmp_path: Path, name: str, text: str, reason: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert statuses(tmp_path, name) == {name: reason}


@pytest.mark.parametrize(
    "text",
    ["apiVersion: v1\nkind: Pod\nmetadata: {name: {{ x }}}\n", '{"apiVersion": "v1", "kind": "Pod"', "a: b: c\n"],
)
def test_a_named_file_that_could_be_one_fails(tmp_path: Path, text: str) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    assert kubelint("check", "x.yaml", cwd=tmp_path).returncode == 1


def test_an_unreadable_secret_is_not_shown(tmp_path: Path) -> None:
    text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: kq83hd72n, b: 'x\n"
    (tmp_path / "secret.yaml").write_text(text, encoding="utf-8")
    result = kubelint("check", cwd=tmp_path)
    assert "yaml-syntax" in result.stdout
    assert "kq83hd72n" not in result.stdout


def test_a_wrong_configuration_is_told_where_nothing_is_linted(tmp_path: Path) -> None:
    assert kubelint("check", "--select", "nonsense", cwd=tmp_path).returncode == 2
    (tmp_path / ".kubelint.yaml").write_text("ignore: [nonsense]\n", encoding="utf-8")
    assert kubelint("check", cwd=tmp_path).returncode == 2


def test_what_kustomize_built_says_where_it_came_from(tmp_path: Path) -> None:
    origin = '  annotations: {config.kubernetes.io/origin: "path: base/pod.yaml\\n"}\n'
    (tmp_path / "all.yaml").write_text(POD.replace("{name: web}\n", f"\n  name: web\n{origin}"), encoding="utf-8")
    (finding,) = report_of("--select", "host-pid", cwd=tmp_path)["findings"]
    assert finding["source"] == "base/pod.yaml"
    (tmp_path / ".kubelint.yaml").write_text("exclude: ['base/**']\n", encoding="utf-8")
    assert statuses(tmp_path)["all.yaml"] == "excluded by the configuration"


def test_an_unreadable_document_names_its_template(tmp_path: Path) -> None:
    text = "---\n# Source: shop/templates/a.yaml\napiVersion: v1\nkind: [\n"
    (tmp_path / "all.yaml").write_text(text, encoding="utf-8")
    (finding,) = report_of(cwd=tmp_path)["findings"]
    assert (finding["rule"], finding["source"]) == ("yaml-syntax", "shop/templates/a.yaml")
    (tmp_path / ".kubelint.yaml").write_text("exclude: ['shop/**']\n", encoding="utf-8")
    assert statuses(tmp_path)["all.yaml"] == "excluded by the configuration"


def test_a_wrong_configuration_elsewhere_does_not_matter(tmp_path: Path) -> None:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "pod.yaml").write_text(POD, encoding="utf-8")
    (tmp_path / "here" / ".kubelint.yaml").write_text("select: [", encoding="utf-8")
    assert kubelint("check", "../there", cwd=tmp_path / "here").returncode == 1
    assert kubelint("check", "here", cwd=tmp_path).returncode == 2


def test_a_context_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    result = kubelint("check", "pod.yaml", "--context", "deploy/*.yaml", "--context", "*.yaml", cwd=tmp_path)
    assert result.stderr == "kubelint: --context deploy/*.yaml: no file matches this pattern\n"


def test_values_beside_comments_and_of_repeated_keys_are_not_shown(tmp_path: Path) -> None:
    text = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData:\n"
        "  password: kq83hd72nA  # kubelint: ignore[bogus] why\n  password: kq83hd72nB\n"
    )
    (tmp_path / "secret.yaml").write_text(text, encoding="utf-8")
    result = kubelint("check", "--select", "bad-suppression,duplicate-key", cwd=tmp_path)
    assert "5 |   password:***# kubelint: ignore[bogus] why\n" in result.stdout
    assert "duplicate-key" in result.stdout
    assert "kq83hd72n" not in result.stdout
