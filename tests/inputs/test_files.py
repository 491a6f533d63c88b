from __future__ import annotations

import io
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kubelint_py.errors import InputError
from kubelint_py.inputs import files
from kubelint_py.inputs.classify import FileRoles, classify, skip_reason
from kubelint_py.inputs.files import Candidate, discover, read
from tests.inputs.reading import documents

POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(POD)


def nothing(_path: Path) -> bool:
    return False


def names(*paths: str, excluded: Callable[[Path], bool] = nothing) -> list[str]:
    return [candidate.name for candidate in discover(paths, excluded=excluded)]


def problems(*paths: str) -> dict[str, tuple[str, str] | None]:
    return {candidate.name: candidate.problem for candidate in discover(paths, excluded=nothing)}


def test_a_walk_takes_manifests_in_sorted_order(here: Path) -> None:
    write(here, "b.yaml", "a/z.yml", "a/c.json", "a.yaml", "B.YAML", "a/readme.md", "a/x.yaml.bak", ".hidden/h.yaml")
    assert names(".") == [".hidden/h.yaml", "B.YAML", "a/c.json", "a/z.yml", "a.yaml", "b.yaml"]


def test_a_walk_leaves_tool_directories_and_virtual_environments_out(here: Path) -> None:
    left_out = [".git", ".hg", ".svn", "node_modules", ".terraform", "__pycache__", ".tox", "venv", ".venv"]
    for name in left_out:
        write(here, f"{name}/x.yaml", f"sub/{name}/x.yaml", f"{name}/deep/x.yaml")
    for name in ("venv", ".venv", "sub/venv", "sub/.venv"):
        (here / name / "pyvenv.cfg").touch()
    write(here, "sub/x.yaml", "env/x.yaml")
    assert names(".") == ["env/x.yaml", "sub/x.yaml"]
    assert names("node_modules") == ["node_modules/deep/x.yaml", "node_modules/x.yaml"]
    assert names("venv") == ["venv/deep/x.yaml", "venv/x.yaml"]


@pytest.mark.parametrize(
    ("argument", "shown"),
    [
        ("a", "a/x.yaml"),
        ("a/", "a/x.yaml"),
        ("./a", "a/x.yaml"),
        ("a//", "a/x.yaml"),
        ("./a/x.yaml", "a/x.yaml"),
        ("../{name}/a", "../{name}/a/x.yaml"),
        ("a/../a", "a/../a/x.yaml"),
        ("{here}/a", "{here}/a/x.yaml"),
    ],
)
def test_names_are_as_the_user_wrote_them(here: Path, argument: str, shown: str) -> None:
    write(here, "a/x.yaml")
    known = {"name": here.name, "here": here.as_posix()}
    assert names(argument.format(**known)) == [shown.format(**known)]


def test_a_named_file_is_read_whatever_its_name(here: Path) -> None:
    write(here, "manifest", "x.yaml.tmpl", "node_modules/x.yaml")
    found = discover(["manifest", "x.yaml.tmpl", "node_modules/x.yaml"], excluded=nothing)
    assert [(each.name, each.explicit, each.problem) for each in found] == [
        ("manifest", True, None),
        ("node_modules/x.yaml", True, None),
        ("x.yaml.tmpl", True, None),
    ]
    assert read(found[0]) == POD.encode()
    assert found[0].size == len(POD)


@pytest.mark.parametrize("order", [1, -1])
def test_the_same_file_counts_once_whatever_the_order(here: Path, order: int) -> None:
    write(here, "a/x.yaml", "a/y.yaml")
    (here / "link").symlink_to("a")
    (here / "alias.yaml").symlink_to("a/x.yaml")
    paths = [str(here / "a" / "x.yaml"), "a/x.yaml", "./a/x.yaml", "a", "a/../a/x.yaml", "link", "alias.yaml", "."]
    found = discover(paths[::order], excluded=nothing)
    assert [(each.name, each.explicit) for each in found] == [("a/x.yaml", True), ("a/y.yaml", False)]


def test_symbolic_links_are_followed_and_loops_end(here: Path) -> None:
    write(here, "real/x.yaml", "real/deep/y.yaml", "else/z.yaml", "walked/own.yaml")
    (here / "walked" / "file.yaml").symlink_to("../real/x.yaml")
    (here / "walked" / "again.yaml").symlink_to("../real/x.yaml")
    (here / "walked" / "aside").symlink_to("../else")
    (here / "walked" / "aside-too").symlink_to("../else")
    (here / "walked" / "loop").symlink_to(".")
    (here / "walked" / "up").symlink_to("..")
    (here / "else" / "back").symlink_to("../walked")
    assert names("walked") == [
        "walked/aside/z.yaml",
        "walked/own.yaml",
        "walked/up/real/deep/y.yaml",
        "walked/up/real/x.yaml",
    ]
    assert names(".") == ["else/z.yaml", "real/deep/y.yaml", "real/x.yaml", "walked/own.yaml"]


def test_broken_links_and_loops_of_links_say_so(here: Path) -> None:
    (here / "broken.yaml").symlink_to("gone.yaml")
    (here / "self.yaml").symlink_to("self.yaml")
    (here / "one.yaml").symlink_to("two.yaml")
    (here / "two.yaml").symlink_to("one.yaml")
    loop = "a loop of symbolic links"
    walked = {"broken.yaml": "a broken symbolic link", "self.yaml": loop, "one.yaml": loop, "two.yaml": loop}
    assert problems(".") == {name: ("skipped", reason) for name, reason in walked.items()}
    assert problems(*walked) == {name: ("failed", reason) for name, reason in walked.items()}
    assert problems(".", "broken.yaml")["broken.yaml"] == ("failed", "a broken symbolic link")


def test_what_is_no_file_is_not_opened(here: Path) -> None:
    os.mkfifo(here / "pipe.yaml")
    (here / "folder.yaml").mkdir()
    server = socket.socket(socket.AF_UNIX)
    server.bind("socket.yaml")
    try:
        pipe, plug = "a named pipe, not a file", "a socket, not a file"
        assert problems(".") == {"pipe.yaml": ("skipped", pipe), "socket.yaml": ("skipped", plug)}
        assert problems("pipe.yaml", "socket.yaml") == {"pipe.yaml": ("failed", pipe), "socket.yaml": ("failed", plug)}
        assert problems("/dev/zero") == {"/dev/zero": ("failed", "a device, not a file")}
    finally:
        server.close()


@pytest.mark.parametrize(
    ("argument", "shown", "reason"),
    [
        ("gone.yaml", "gone.yaml", "does not exist"),
        ("gone/deep.yaml", "gone/deep.yaml", "does not exist"),
        ("file.yaml/x", "file.yaml/x", "does not exist"),
        ("*.toml", "*.toml", "no file matches this pattern"),
        ("a\0b", "a\0b", "not a valid path"),
        ("a\0/b", "a\0/b", "not a valid path"),
        ("\ud800/b", "?/b", "not a valid path"),
        ("x" * 5000, "x" * 5000, "the name is too long"),
        ("", "''", "an empty path"),
    ],
)
def test_what_cannot_be_found_has_failed(here: Path, argument: str, shown: str, reason: str) -> None:
    write(here, "file.yaml")
    assert problems(argument) == {shown: ("failed", reason)}


def test_an_undecodable_name_is_shown_and_read(here: Path) -> None:
    path = os.fsdecode(b"\xff.yaml")
    write(here, path)
    for argument in (path, "."):
        (candidate,) = discover([argument], excluded=nothing)
        assert candidate.name.encode("utf-8")
        assert read(candidate) == POD.encode()


def test_standard_input(here: Path) -> None:
    found = discover(["-", "-"], excluded=nothing, stdin_name="shop/pod.yaml")
    assert found == [Candidate(None, "shop/pod.yaml", explicit=True)]
    assert read(found[0], stdin=io.BytesIO(b"a: b")) == b"a: b"
    with pytest.raises(InputError, match="larger than the limit of 3 bytes"):
        read(found[0], limit=3, stdin=io.BytesIO(b"a: b"))


def test_standard_input_of_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    candidate = Candidate(None, "<stdin>")
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"a: b")))
    assert read(candidate) == b"a: b"
    monkeypatch.setattr("sys.stdin", None)
    with pytest.raises(InputError, match="no standard input"):
        read(candidate)


def test_a_pipe_of_the_shell_is_read() -> None:
    reader, writer = os.pipe()
    os.write(writer, b"a: b")
    os.close(writer)
    try:
        (candidate,) = discover([f"/dev/fd/{reader}"], excluded=nothing)
        assert candidate.problem is None
        assert read(candidate) == b"a: b"
    finally:
        os.close(reader)
    assert problems("/dev/fd/999")["/dev/fd/999"] == ("failed", "does not exist")


def test_excludes_hold_for_walks_and_for_named_files(here: Path) -> None:
    write(here, "keep.yaml", "vendor/x.yaml", "vendor/keep.yaml")

    def excluded(path: Path) -> bool:
        return "vendor" in path.parts and path.name != "keep.yaml"

    assert names(".", excluded=excluded) == ["keep.yaml", "vendor/keep.yaml"]
    (candidate,) = discover(["vendor/x.yaml"], excluded=excluded)
    assert candidate == Candidate(
        Path("vendor/x.yaml"), "vendor/x.yaml", explicit=True, problem=("skipped", "excluded by the configuration")
    )


class TestGlobs:
    """Patterns that reach us because they were quoted, or there is no shell."""

    @pytest.fixture(autouse=True)
    def tree(self, here: Path) -> None:
        write(here, "a.yaml", "b.yml", "d/c.yaml", "d/e/f.yaml", "d/e/g.txt", ".h/i.yaml", "node_modules/j.yaml")

    @pytest.mark.parametrize(
        ("pattern", "expected"),
        [
            ("*.yaml", "a.yaml"),
            ("./*.y*ml", "a.yaml b.yml"),
            ("?.yaml", "a.yaml"),
            ("[ab].y*", "a.yaml b.yml"),
            ("d/*/*.yaml", "d/e/f.yaml"),
            ("*/c.yaml", "d/c.yaml"),
            ("**/*.yaml", "a.yaml d/c.yaml d/e/f.yaml"),
            ("d/**/*.yaml", "d/c.yaml d/e/f.yaml"),
            ("d/**/f.yaml", "d/e/f.yaml"),
            ("**/e/*", "d/e/f.yaml"),
            ("d/**", "d/c.yaml d/e/f.yaml"),
            ("d/*.txt", "d/*.txt"),
            ("d/e/*.txt", "d/e/g.txt"),
            (".h/*", ".h/i.yaml"),
            (".*/i.yaml", ".h/i.yaml"),
            ("node_modules/*.yaml", "node_modules/j.yaml"),
            ("d/../*.yml", "d/../b.yml"),
        ],
    )
    def test_what_a_pattern_matches(self, pattern: str, expected: str) -> None:
        assert names(pattern) == expected.split()

    def test_an_absolute_pattern(self, here: Path) -> None:
        assert names(f"{here}/d/*.yaml") == [f"{here.as_posix()}/d/c.yaml"]

    def test_what_matches_is_named(self) -> None:
        assert all(each.explicit for each in discover(["**/*.yaml"], excluded=nothing))
        walked = {each.name: each.explicit for each in discover(["d/*"], excluded=nothing)}
        assert walked == {"d/c.yaml": True, "d/e/f.yaml": False}

    def test_a_file_whose_name_holds_wildcards(self, here: Path) -> None:
        write(here, "[x].yaml", "x.yaml")
        assert names("[x].yaml") == ["[x].yaml"]

    def test_two_stars_follow_no_links(self, here: Path) -> None:
        (here / "d" / "loop").symlink_to("..")
        assert names("d/**/*.yaml") == ["d/c.yaml", "d/e/f.yaml"]


Refuse = Callable[[str, type[OSError]], None]


@pytest.fixture
def refuse(monkeypatch: pytest.MonkeyPatch) -> Refuse:
    """Make the operating system refuse one path, which it would not do for root."""

    def install(refused: str, error: type[OSError] = PermissionError) -> None:
        def wrap(real: Callable[..., Any]) -> Callable[..., Any]:
            def call(path: Any, *args: Any, **kwargs: Any) -> Any:
                if isinstance(path, str | os.PathLike) and Path(path).name == refused:
                    raise error(13 if error is PermissionError else 2, "refused", str(path))
                return real(path, *args, **kwargs)

            return call

        monkeypatch.setattr(os, "scandir", wrap(os.scandir))
        monkeypatch.setattr(os, "open", wrap(os.open))

    return install


def test_a_directory_without_permission_fails_and_the_rest_is_read(here: Path, refuse: Refuse) -> None:
    write(here, "a/x.yaml", "closed/y.yaml", "z.yaml")
    refuse("closed")
    failed = ("failed", "the directory cannot be listed: no permission to read it")
    assert problems(".") == {"a/x.yaml": None, "closed": failed, "z.yaml": None}
    assert problems("closed") == {"closed": failed}
    assert problems("closed/*.yaml") == {"closed": failed}
    assert problems("**/*.yaml") == {"a/x.yaml": None, "closed": failed, "z.yaml": None}
    (candidate,) = discover(["closed"], excluded=lambda path: path.name == "closed")
    assert candidate.problem == ("skipped", "excluded by the configuration")


def test_a_file_without_permission_fails(here: Path, refuse: Refuse) -> None:
    write(here, "x.yaml")
    (candidate,) = discover(["."], excluded=nothing)
    refuse("x.yaml")
    with pytest.raises(InputError, match=r"^no permission to read it$"):
        read(candidate)


def test_a_directory_that_vanishes_is_told(here: Path, refuse: Refuse) -> None:
    write(here, "a/x.yaml")
    refuse("a", FileNotFoundError)
    assert problems(".") == {"a": ("failed", "the directory cannot be listed: does not exist")}


class TestRaces:
    """What a file has become between finding and reading."""

    @pytest.fixture
    def candidate(self, here: Path) -> Candidate:
        write(here, "x.yaml")
        (candidate,) = discover(["x.yaml"], excluded=nothing)
        return candidate

    def test_vanished(self, candidate: Candidate, here: Path) -> None:
        (here / "x.yaml").unlink()
        with pytest.raises(InputError, match="vanished before it could be read"):
            read(candidate)

    def test_a_directory(self, candidate: Candidate, here: Path) -> None:
        (here / "x.yaml").unlink()
        (here / "x.yaml").mkdir()
        with pytest.raises(InputError, match="a directory, not a file"):
            read(candidate)

    def test_a_pipe_does_not_block(self, candidate: Candidate, here: Path) -> None:
        (here / "x.yaml").unlink()
        os.mkfifo(here / "x.yaml")
        with pytest.raises(InputError, match="a named pipe, not a file"):
            read(candidate)

    def test_grown(self, candidate: Candidate, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (here / "x.yaml").write_bytes(b"x" * 300_000)
        status = here.stat()
        monkeypatch.setattr(files.os, "fstat", lambda _: os.stat_result((0o100644, *status[1:6], 3, *status[7:10])))
        assert read(candidate) == b"x" * 300_000
        with pytest.raises(InputError, match="larger than the limit"):
            read(candidate, limit=200_000)


def test_a_large_file_is_not_read(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (here / "huge.yaml").open("wb") as stream:
        stream.truncate(2_000_000_000)
    (candidate,) = discover(["huge.yaml"], excluded=nothing)
    assert candidate.size == 2_000_000_000
    monkeypatch.setattr(os, "read", lambda *_: pytest.fail("read"))
    with pytest.raises(InputError, match="larger than the limit of 50,000,000 bytes"):
        read(candidate)


def test_the_limit_itself_is_allowed(here: Path) -> None:
    write(here, "x.yaml")
    (candidate,) = discover(["x.yaml"], excluded=nothing)
    assert read(candidate, limit=len(POD)) == POD.encode()
    with pytest.raises(InputError, match="larger"):
        read(candidate, limit=len(POD) - 1)


def test_a_candidate_with_a_problem_cannot_be_read() -> None:
    with pytest.raises(InputError, match="broken"):
        read(Candidate(Path("x"), "x", problem=("skipped", "a broken symbolic link")))


def test_nothing_asked_for_is_nothing_found(here: Path) -> None:
    (here / "empty").mkdir()
    assert names() == []
    assert names("empty") == []


def test_looking_for_files_imports_no_pattern_library(here: Path) -> None:
    write(here, "a/x.yaml")
    code = (
        "import sys; from kubelint_py.inputs.files import discover; "
        "assert discover(['.'], excluded=lambda _: False); "
        "assert not {'pathspec', 'dataclasses', 'inspect', 'yaml'} & set(sys.modules), sys.modules.keys()"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(files.__file__).parents[2])}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)


def mixed_tree(root: Path) -> None:
    """Write 30 files and more: objects, look-alikes, templates, bad bytes, and things that are no files."""
    write(root, *(f"apps/app{number}.yaml" for number in range(8)), "crds/c.yml")
    texts = {
        "apps/mixed.yaml": "# only a comment\n---\n" + POD + "---\na: b\n",
        "apps/list.json": '[{"apiVersion": "v1", "kind": "Pod"}, {"apiVersion": "v1", "kind": "Service"}]',
        "apps/typo.yaml": "apiVerson: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{image: a}]}\n",
        "docker-compose.yml": "services: {a: {image: b}}\n",
        "stack.yaml": "services: {a: {image: b}}\n",
        ".github/workflows/ci.yaml": "on: push\njobs: {}\n",
        ".gitlab-ci.yml": "a: {script: [b]}\n",
        "shop/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
        "shop/values.yaml": "a: b\n",
        "shop/values.schema.json": "{}",
        "shop/templates/deployment.yaml": "{{- if .Values.a }}\n",
        "shop/templates/tests/test.yaml": "{{ tpl }}\n",
        "shop/charts/sub/Chart.yaml": "apiVersion: v2\nname: sub\nversion: 1.0.0\n",
        "shop/charts/sub/templates/pod.yaml": "{{ tpl }}\n",
        "overlay/kustomization.yaml": "resources: [../apps]\n",
        "overlay/ops.yaml": "- {op: remove, path: /spec}\n",
        "kind.yaml": "apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\n",
        "api.yaml": "openapi: 3.1.0\ninfo: {}\n",
        "play.yml": "- hosts: all\n",
        "stack.json": '{"AWSTemplateFormatVersion": "2010-09-09"}',
        "empty.yaml": "",
        "comment.yaml": "# nothing\n",
        "settings.json": '{"a": 1}',
        "package.json": "{}",
        "catalog-info.yaml": "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\n",
    }
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    (root / "noise.yaml").write_bytes(b"a: \xff\xfe\xff")
    (root / "broken.yaml").symlink_to("gone")
    os.mkfifo(root / "pipe.yaml")


def status(candidate: Candidate, roles: FileRoles) -> tuple[str, str]:
    """Decide over an input as a run does, with this package's parts alone."""
    if candidate.problem or candidate.path is None:
        return candidate.problem or ("failed", "")
    if unread := roles.reason(candidate.path):
        return "skipped", unread
    try:
        text = read(candidate).decode()
    except (InputError, UnicodeDecodeError):
        return "failed", "unreadable"
    reasons = [classify(data, candidate.name) for data in documents(text, candidate.name)]
    if None in reasons or "api-version-missing" in reasons:
        return "linted", ""
    return "skipped", skip_reason(str(reason) for reason in reasons)


def test_every_input_of_a_mixed_directory_ends_in_one_way(here: Path) -> None:
    mixed_tree(here)
    roles = FileRoles()
    ends = {each.name: status(each, roles) for each in discover([".", "gone.yaml"], excluded=nothing)}
    written = [path for path in here.rglob("*") if not path.is_dir()]
    assert len(ends) == len(written) + 1
    assert len(ends) >= 30
    counts = {state: sum(end[0] == state for end in ends.values()) for state in ("linted", "skipped", "failed")}
    assert counts == {"linted": 12, "skipped": 24, "failed": 2}
    assert sum(counts.values()) == len(ends)
    assert ends["apps/typo.yaml"] == ("linted", "")
    assert ends["shop/charts/sub/templates/pod.yaml"] == ("skipped", "helm-template")
    assert ends["overlay/ops.yaml"] == ("skipped", "kustomize-patch")
    assert ends["comment.yaml"] == ("skipped", "empty")
    assert ends["settings.json"] == ("skipped", "not-kubernetes")
