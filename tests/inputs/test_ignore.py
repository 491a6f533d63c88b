"""What is ignored is what git ignores: each tree is also shown to git itself, where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from kubelint_py.inputs.files import discover
from kubelint_py.inputs.ignore import IgnoreRules, rules_above

# Ignore files by place, the manifests there are, and those that are left.
Tree = tuple[dict[str, str], str, str]
TREES: dict[str, Tree] = {
    "a name anywhere": ({"": "x.yaml\n"}, "x.yaml a/x.yaml a/b/x.yaml y.yaml", "y.yaml"),
    "anchored": ({"": "/x.yaml\n/a/y.yaml\n"}, "x.yaml a/x.yaml a/y.yaml b/a/y.yaml", "a/x.yaml b/a/y.yaml"),
    "an inner slash anchors": ({"": "a/x.yaml\n"}, "a/x.yaml b/a/x.yaml", "b/a/x.yaml"),
    "directories only": ({"": "out/\n"}, "out/x.yaml a/out/y.yaml b.yaml", "b.yaml"),
    "directories only, a file": ({"": "x.yaml/\n"}, "x.yaml", "x.yaml"),
    "wildcards": (
        {"": "*.gen.yaml\nv?.yaml\n[ab].yaml\n"},
        "x.gen.yaml v1.yaml v12.yaml a.yaml c.yaml",
        "c.yaml v12.yaml",
    ),
    "a negated class": ({"": "[!a].yaml\n"}, "a.yaml b.yaml", "a.yaml"),
    "a star stops at a slash": ({"": "a/*.yaml\n"}, "a/x.yaml a/b/x.yaml", "a/b/x.yaml"),
    "two stars in front": ({"": "**/x.yaml\n"}, "x.yaml a/b/x.yaml a/y.yaml", "a/y.yaml"),
    "two stars inside": ({"": "a/**/x.yaml\n"}, "a/x.yaml a/b/c/x.yaml x.yaml", "x.yaml"),
    "two stars behind": ({"": "a/**\n"}, "a/x.yaml a/b/x.yaml b.yaml", "b.yaml"),
    "negation": ({"": "*.yaml\n!keep.yaml\n"}, "x.yaml keep.yaml a/keep.yaml", "a/keep.yaml keep.yaml"),
    "the last pattern decides": ({"": "!x.yaml\nx.yaml\n"}, "x.yaml y.yaml", "y.yaml"),
    "an ignored directory hides all": ({"": "a/\n!a/x.yaml\n"}, "a/x.yaml b.yaml", "b.yaml"),
    "its files can be kept": ({"": "a/*\n!a/x.yaml\n"}, "a/x.yaml a/y.yaml a/b/x.yaml", "a/x.yaml"),
    "only one kind of file": (
        {"": "*\n!*/\n!*.k8s.yaml\n"},
        "x.yaml a.k8s.yaml b/c.k8s.yaml b/x.yaml",
        "a.k8s.yaml b/c.k8s.yaml",
    ),
    "a kept directory keeps no files": ({"": "*.yaml\n!a/\n"}, "a/x.yaml", ""),
    "nested adds": ({"a": "x.yaml\n"}, "x.yaml a/x.yaml a/b/x.yaml b/x.yaml", "b/x.yaml x.yaml"),
    "nested, anchored": (
        {"a": "/x.yaml\nb/y.yaml\n"},
        "a/x.yaml a/b/x.yaml a/b/y.yaml b/y.yaml",
        "a/b/x.yaml b/y.yaml",
    ),
    "nested takes back": (
        {"": "*.yaml\n", "a": "!x.yaml\n"},
        "x.yaml a/x.yaml a/y.yaml a/b/x.yaml",
        "a/b/x.yaml a/x.yaml",
    ),
    "nested, directories": ({"a": "out/\n"}, "out/x.yaml a/out/x.yaml a/b/out/x.yaml", "out/x.yaml"),
    "nested twice": (
        {"": "*.yaml\n", "a": "!*.yaml\n", "a/b": "x.yaml\n"},
        "z.yaml a/z.yaml a/b/x.yaml a/b/y.yaml",
        "a/b/y.yaml a/z.yaml",
    ),
    "odd directory names": (
        {"a [x]*": "x.yaml\n/b/y.yaml\n"},
        "a [x]*/x.yaml a [x]*/b/y.yaml a x/x.yaml",
        "a x/x.yaml",
    ),
    "comments and blank lines": ({"": "# x.yaml\n\n   \n\\#y.yaml\n\\!z.yaml\n"}, "x.yaml #y.yaml !z.yaml", "x.yaml"),
    "trailing spaces": ({"": "x.yaml   \n"}, "x.yaml y.yaml", "y.yaml"),
    "nested, comments and escapes": (
        {"a": "#x.yaml\n\\#y.yaml\n\\!z.yaml\n"},
        "a/x.yaml a/#y.yaml a/!z.yaml",
        "a/x.yaml",
    ),
    "carriage returns": ({"": "x.yaml\r\n"}, "x.yaml y.yaml", "y.yaml"),
    "a byte order mark": ({"": "\ufeffx.yaml\n"}, "x.yaml y.yaml", "y.yaml"),
    "no end of line": ({"": "x.yaml"}, "x.yaml y.yaml", "y.yaml"),
    "invalid patterns": ({"": "!\n/\n[\nx.yaml\n"}, "x.yaml y.yaml", "y.yaml"),
    "everything": ({"a": "**\n!x.yaml\n"}, "a/x.yaml a/y.yaml a/b/x.yaml b.yaml", "a/x.yaml b.yaml"),
    "two stars twice": (
        {"": "a/**/b/**/x.yaml\n"},
        "a/b/x.yaml a/c/b/d/x.yaml a/b/b/y.yaml b/x.yaml",
        "a/b/b/y.yaml b/x.yaml",
    ),
    "two stars give way": ({"": "/**/a/b.yaml\n"}, "a/a/b.yaml a/c/a/b.yaml a/c/b.yaml", "a/c/b.yaml"),
    "case matters": ({"": "X.yaml\n"}, "x.yaml", "x.yaml"),
}
SPACED = {"odd directory names": ["a [x]*/x.yaml", "a [x]*/b/y.yaml", "a x/x.yaml"]}
KEPT_SPACED = {"odd directory names": ["a x/x.yaml"]}


def plant(root: Path, name: str) -> list[str]:
    """Write a tree and return the manifests that must be left of it."""
    ignores, files, left = TREES[name]
    for file in SPACED.get(name, files.split()):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text("a: b\n")
    for place, text in ignores.items():
        (root / place).mkdir(exist_ok=True)
        (root / place / ".gitignore").write_bytes(text.encode())
    return sorted(KEPT_SPACED.get(name, left.split()))


def found(root: Path | str = ".") -> list[str]:
    return sorted(candidate.name for candidate in discover([str(root)], excluded=lambda _: False))


@pytest.mark.parametrize("name", TREES)
def test_what_is_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    left = plant(tmp_path, name)
    monkeypatch.chdir(tmp_path)
    assert found() == left


@pytest.mark.parametrize("name", [name for name in TREES if name != "carriage returns"])
def test_git_agrees(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    left = plant(tmp_path, name)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    command = ["git", "-C", str(tmp_path), "ls-files", "-oz", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split("\0")
    assert sorted(file for file in listed if file.endswith(".yaml")) == left


def test_rules_of_the_directories_above_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "nested adds")
    (tmp_path / ".gitignore").write_text("/a/b/z.yaml\ny.yaml\n")
    for name in ("a/b/z.yaml", "a/b/y.yaml", "a/b/w.yaml"):
        (tmp_path / name).touch()
    (tmp_path / ".git").mkdir()
    assert [Path(name).name for name in found(tmp_path / "a" / "b")] == ["w.yaml"]
    monkeypatch.chdir(tmp_path / "a" / "b")
    assert found() == ["w.yaml"]


def test_without_a_repository_only_what_lies_below_counts(tmp_path: Path) -> None:
    plant(tmp_path, "a name anywhere")
    assert [Path(name).name for name in found(tmp_path / "a")] == ["x.yaml", "x.yaml"]


def test_a_named_directory_is_walked_though_it_is_ignored(tmp_path: Path) -> None:
    plant(tmp_path, "directories only")
    (tmp_path / ".git").mkdir()
    (tmp_path / "out" / "gen.yaml").touch()
    (tmp_path / "out" / ".gitignore").write_text("gen.yaml\n")
    assert [Path(name).name for name in found(tmp_path / "out")] == ["x.yaml"]


def test_a_repository_within_a_repository_has_its_own_rules(tmp_path: Path) -> None:
    for name in ("x.yaml", "vendor/x.yaml", "vendor/y.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / ".gitignore").write_text("x.yaml\n")
    (tmp_path / "vendor" / ".git").write_text("gitdir: elsewhere\n")
    (tmp_path / "vendor" / ".gitignore").write_text("/y.yaml\n")
    assert found(tmp_path) == [(tmp_path / "vendor" / "x.yaml").as_posix()]


def test_named_files_are_read_though_they_are_ignored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plant(tmp_path, "a name anywhere")
    monkeypatch.chdir(tmp_path)
    assert found("x.yaml") == ["x.yaml"]
    assert found("a/*.yaml") == ["a/x.yaml"]


def test_an_unreadable_ignore_file_ignores_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".gitignore").mkdir()
    (tmp_path / "x.yaml").touch()
    assert len(found(tmp_path)) == 1
    assert not IgnoreRules().extended(tmp_path / ".gitignore", 0).ignores(("x.yaml",))


def test_a_pattern_made_to_be_slow_is_not(tmp_path: Path) -> None:
    deep = "/".join("a" * 40)
    (tmp_path / deep).mkdir(parents=True)
    (tmp_path / deep / "d.yaml").touch()
    (tmp_path / ("a" * 200 + ".yaml")).touch()
    slow = ["*a" * 40 + "b.yaml", "**/a/" * 20 + "c.yaml", "a/**/" * 20 + "*a*a*b", "**/" * 50 + "x"]
    (tmp_path / ".gitignore").write_text("\n".join(slow))
    started = time.process_time()
    assert len(found(tmp_path)) == 2
    assert time.process_time() - started < 2


def test_the_place_below_the_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a" / "b").mkdir(parents=True)
    assert rules_above(tmp_path / "a" / "b")[1] == ("a", "b")
    assert rules_above(tmp_path)[1] == ()
