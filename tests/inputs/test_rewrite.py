"""Writing files anew."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from kubelint_py.errors import InputError
from kubelint_py.inputs.files import Candidate
from kubelint_py.inputs.rewrite import rewrite, tree_roots

links = pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need a right on Windows")


def write(path: Path, after: bytes = b"new", *, before: bytes = b"old", roots: tuple[str, ...] = ()) -> None:
    candidate = Candidate(path, path.as_posix(), explicit=not roots)
    rewrite(candidate, before, after, tree_roots(roots))


def refusal(path: Path, *, before: bytes = b"old", roots: tuple[str, ...] = ()) -> str:
    with pytest.raises(InputError) as error:
        write(path, before=before, roots=roots)
    return str(error.value)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file in a directory, with the current directory elsewhere."""
    (tmp_path / "tree").mkdir()
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    found = tmp_path / "tree" / "a.yaml"
    found.write_bytes(b"old")
    return found


def test_content_is_replaced_and_nothing_is_left_behind(file: Path) -> None:
    write(file)
    assert file.read_bytes() == b"new"
    assert [each.name for each in file.parent.iterdir()] == ["a.yaml"]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_permissions_stay(file: Path) -> None:
    file.chmod(0o640)
    write(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o640


def test_a_file_that_changed_meanwhile_is_left_alone(file: Path) -> None:
    assert "changed" in refusal(file, before=b"older")
    assert file.read_bytes() == b"old"


def test_what_is_no_file_is_left_alone(file: Path) -> None:
    assert refusal(file.parent)
    assert refusal(file.parent / "missing.yaml")
    with pytest.raises(InputError):
        rewrite(Candidate(None, "<stdin>"), b"", b"", ())


@links
def test_a_link_stays_and_what_it_leads_to_is_written(file: Path) -> None:
    link = file.parent / "link.yaml"
    link.symlink_to("a.yaml")
    write(link)
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


@links
def test_a_link_out_of_the_tree_is_not_followed(file: Path) -> None:
    outside = file.parent.parent / "outside.yaml"
    outside.write_bytes(b"old")
    link = file.parent / "link.yaml"
    link.symlink_to(outside)
    assert "symbolic link" in refusal(link)
    assert "symbolic link" in refusal(link, roots=(str(file.parent),))
    assert outside.read_bytes() == b"old"
    write(link, roots=(str(file.parent.parent),))
    assert outside.read_bytes() == b"new"


@links
def test_a_walk_does_not_write_behind_a_linked_directory(file: Path) -> None:
    root = file.parent.parent / "root"
    root.mkdir()
    (root / "linked").symlink_to(file.parent)
    assert "symbolic link" in refusal(root / "linked" / "a.yaml", roots=(str(root),))
    write(root / "linked" / "a.yaml")
    assert file.read_bytes() == b"new"


def test_a_failed_write_leaves_the_old_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_arguments: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("os.fsync", fail)
    assert refusal(file)
    assert file.read_bytes() == b"old"
    assert [each.name for each in file.parent.iterdir()] == ["a.yaml"]
