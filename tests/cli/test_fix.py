"""`kubelint check --fix` and `--diff` as their users run them."""

from __future__ import annotations

import codecs
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kubelint_py.cli_fix import diff
from tests.conftest import ROOT

POD = """apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web  # the shop
      image: registry.example/shop/web:1.0.0
"""
FIXED = POD + "      securityContext:\n        allowPrivilegeEscalation: false\n"
ESCALATION = ("--select", "privilege-escalation-allowed")
READ_ONLY = ("--select", "writable-root-filesystem")


def kubelint(*arguments: str, cwd: Path, text: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "kubelint_py", "check", *arguments]
    return subprocess.run(command, cwd=cwd, input=text, env=environment, capture_output=True, check=False)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "pod.yaml"
    found.write_bytes(POD.encode())
    return found


def test_fix_writes_the_file_and_reports_what_remains(file: Path) -> None:
    result = kubelint("--fix", "--select", "privilege-escalation-allowed,writable-root-filesystem", cwd=file.parent)
    assert file.read_text(encoding="utf-8") == FIXED
    assert result.returncode == 1
    assert result.stderr.decode().splitlines() == [
        "kubelint: fixed 1 finding in 1 file",
        "kubelint: 1 more finding can be fixed with --unsafe-fixes",
    ]
    assert b"writable-root-filesystem" in result.stdout
    assert b"privilege-escalation-allowed" not in result.stdout


def test_a_machine_format_stays_readable(file: Path) -> None:
    result = kubelint("--fix", *ESCALATION, "--format", "json", cwd=file.parent)
    assert json.loads(result.stdout)["findings"] == []
    assert result.returncode == 0


def test_fixing_twice_changes_nothing(file: Path) -> None:
    kubelint("--fix", "--unsafe-fixes", cwd=file.parent)
    once, status = file.read_bytes(), file.stat()
    result = kubelint("--fix", "--unsafe-fixes", cwd=file.parent)
    assert file.read_bytes() == once
    assert file.stat().st_mtime_ns == status.st_mtime_ns
    assert b"fixed 0 findings in 0 files" in result.stderr


def test_unsafe_fixes_need_the_option(file: Path) -> None:
    assert kubelint("--fix", *READ_ONLY, cwd=file.parent).returncode == 1
    assert file.read_bytes() == POD.encode()
    assert kubelint("--fix", "--unsafe-fixes", *READ_ONLY, cwd=file.parent).returncode == 0
    assert b"readOnlyRootFilesystem: true" in file.read_bytes()
    assert kubelint("--unsafe-fixes", cwd=file.parent).returncode == 2


def test_diff_shows_the_change_and_writes_nothing(file: Path) -> None:
    result = kubelint("--diff", *ESCALATION, cwd=file.parent)
    assert result.returncode == 1
    assert file.read_bytes() == POD.encode()
    assert result.stdout.decode() == (
        "--- pod.yaml\n+++ pod.yaml\n@@ -5,3 +5,5 @@\n   containers:\n     - name: web  # the shop\n"
        "       image: registry.example/shop/web:1.0.0\n"
        "+      securityContext:\n+        allowPrivilegeEscalation: false\n"
    )
    assert result.stderr == b"kubelint: would fix 1 finding in 1 file\n"
    file.write_bytes(FIXED.encode())
    again = kubelint("--fix", "--diff", *ESCALATION, cwd=file.parent)
    assert (again.returncode, again.stdout) == (0, b"")


def test_diff_exit_codes(file: Path) -> None:
    assert kubelint("--diff", "--exit-zero", *ESCALATION, cwd=file.parent).returncode == 0
    assert kubelint("--diff", *READ_ONLY, cwd=file.parent).returncode == 0
    assert kubelint("--diff", *READ_ONLY, "missing.yaml", cwd=file.parent).returncode == 1
    assert kubelint("--diff", "--select", "nonsense", cwd=file.parent).returncode == 2


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
@pytest.mark.parametrize("text", [POD, POD.rstrip("\n"), POD.replace("\n", "\r\n"), POD.replace("web:1.0.0", "web:ü")])
def test_patch_takes_the_diff(file: Path, text: str) -> None:
    file.write_bytes(text.encode())
    result = kubelint("--diff", "--unsafe-fixes", cwd=file.parent)
    kubelint("--fix", "--unsafe-fixes", cwd=file.parent)
    fixed = file.read_bytes()
    assert fixed != text.encode()
    file.write_bytes(text.encode())
    subprocess.run(["patch", "-s", "-p0", "--binary"], cwd=file.parent, input=result.stdout, check=True)
    assert file.read_bytes() == fixed


def test_the_end_of_a_file_without_a_line_feed_is_marked() -> None:
    lines = list(diff("a\nb", "a\nc", "f"))
    assert lines[-2:] == ["-b\n\\ No newline at end of file\n", "+c\n\\ No newline at end of file\n"]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (b"", "utf-16-le"),
    ],
)
def test_encoding_mark_and_line_ends_stay(file: Path, mark: bytes, encoding: str) -> None:
    text = POD.replace("the shop", "the shöp").replace("\n", "\r\n")
    file.write_bytes(mark + text.encode(encoding))
    kubelint("--fix", *ESCALATION, cwd=file.parent)
    expected = FIXED.replace("the shop", "the shöp").replace("\n", "\r\n")
    assert file.read_bytes() == mark + expected.encode(encoding)


def test_standard_input_comes_out_fixed(tmp_path: Path) -> None:
    text = POD.replace("\n", "\r\n").encode()
    result = kubelint("--fix", *ESCALATION, "-", cwd=tmp_path, text=text)
    assert result.stdout == FIXED.replace("\n", "\r\n").encode()
    assert b"No findings in 1 object" in result.stderr
    assert result.returncode == 0
    again = kubelint(
        "--fix", "--select", "privilege-escalation-allowed,host-pid", "-", cwd=tmp_path, text=result.stdout
    )
    assert again.stdout == result.stdout


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\xff", b"just text", b"a: [\n"])
def test_standard_input_that_cannot_be_fixed_comes_out_as_it_was(tmp_path: Path, text: bytes) -> None:
    assert kubelint("--fix", "-", cwd=tmp_path, text=text).stdout == text


def test_rendered_input_is_refused(tmp_path: Path) -> None:
    text = b"---\n# Source: shop/templates/web.yaml\n" + POD.encode()
    result = kubelint("--fix", *ESCALATION, "--fail-on", "never", "-", cwd=tmp_path, text=text)
    assert result.stdout == text
    assert result.returncode == 1
    assert b"not fixed: rendered by Helm from shop/templates/web.yaml" in result.stderr
    (tmp_path / "all.yaml").write_bytes(text)
    assert kubelint("--diff", *ESCALATION, "all.yaml", cwd=tmp_path).stdout == b""
    assert kubelint("--fix", *ESCALATION, "all.yaml", cwd=tmp_path).returncode == 1
    assert (tmp_path / "all.yaml").read_bytes() == text


def test_a_generated_kustomization_is_fixed(tmp_path: Path) -> None:
    (tmp_path / "kustomization.yaml").write_text(
        "resources: [pod.yaml]\npatches: [{path: patch.yaml}]\n", encoding="utf-8"
    )
    (tmp_path / "pod.yaml").write_bytes(POD.encode())
    patch = POD + "      securityContext: {privileged: true}\n"
    (tmp_path / "patch.yaml").write_bytes(patch.encode())
    kubelint("--fix", "--select", "privileged-container,privilege-escalation-allowed", cwd=tmp_path)
    assert (tmp_path / "pod.yaml").read_text(encoding="utf-8") == FIXED
    # What is missing in a patch stands elsewhere, so only what it says is mended.
    assert (tmp_path / "patch.yaml").read_text(encoding="utf-8") == patch.replace("true", "false")


def test_context_files_and_excluded_ones_are_not_changed(file: Path) -> None:
    for name in ("context.yaml", "excluded.yaml"):
        (file.parent / name).write_bytes(POD.encode())
    (file.parent / ".kubelint.yaml").write_text("exclude: [excluded.yaml]\n", encoding="utf-8")
    kubelint("--fix", *ESCALATION, "--context", "context.yaml", "pod.yaml", "excluded.yaml", cwd=file.parent)
    assert file.read_text(encoding="utf-8") == FIXED
    assert (file.parent / "context.yaml").read_bytes() == POD.encode()
    assert (file.parent / "excluded.yaml").read_bytes() == POD.encode()


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right on Windows")
def test_no_link_leads_out_of_the_tree(tmp_path: Path) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_bytes(POD.encode())
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "link.yaml").symlink_to(outside)
    result = kubelint("--fix", *ESCALATION, "--fail-on", "never", cwd=tree)
    assert outside.read_bytes() == POD.encode()
    assert b"link.yaml: not fixed: a symbolic link leads to" in result.stderr
    assert result.returncode == 1


def test_one_file_that_cannot_be_written_does_not_stop_the_others(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"---\n# Source: a/templates/a.yaml\n" + POD.encode())
    (tmp_path / "b.yaml").write_bytes(POD.encode())
    kubelint("--fix", *ESCALATION, cwd=tmp_path)
    assert (tmp_path / "b.yaml").read_text(encoding="utf-8") == FIXED


def test_fixing_is_not_imported_without_being_asked_for() -> None:
    code = (
        "import sys; from kubelint_py.cli import cli; "
        "cli(['check', '-', '--exit-zero'], standalone_mode=False); print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], input=POD.encode(), capture_output=True, check=True)
    loaded = set(run.stderr.decode().split())
    fixing = {
        "kubelint_py.fixes",
        "kubelint_py.api_fix",
        "kubelint_py.cli_fix",
        "kubelint_py.source.edit",
        "ruamel.yaml",
        "difflib",
    }
    assert "kubelint_py.engine" in loaded
    assert not fixing & loaded


@pytest.mark.parametrize("mode", ["--fix", "--diff"])
def test_standard_input_beyond_its_limit_is_refused_and_not_cut(tmp_path: Path, mode: str) -> None:
    (tmp_path / ".kubelint.yaml").write_text("max-bytes: 600\n", encoding="utf-8")
    text = (POD + "# " + "\u00e9" * 300 + "\nend: of the text\n").encode()
    result = kubelint(mode, *ESCALATION, "-", cwd=tmp_path, text=text)
    assert (result.returncode, result.stdout) == (2, b"")
    assert result.stderr == b"kubelint: <stdin>: larger than the limit of 600 bytes\n"


@pytest.mark.parametrize("mode", ["--fix", "--diff"])
def test_what_a_check_notes_is_told_here_too(file: Path, mode: str) -> None:
    result = kubelint(mode, *ESCALATION, "--context", "nowhere/*", cwd=file.parent)
    assert b"kubelint: --context nowhere/*: no file matches" in result.stderr
