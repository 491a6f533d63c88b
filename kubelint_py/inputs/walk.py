"""Walks of directories: which manifests lie below, and what is in the way of reading them."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from kubelint_py.inputs.globs import NEVER_WALKED, is_directory
from kubelint_py.inputs.ignore import IgnoreRules, rules_above

Obstacle = tuple[Literal["skipped", "failed"], str]
EXCLUDED: Obstacle = ("skipped", "excluded by the configuration")
MANIFEST_ENDINGS = (".yaml", ".yml", ".json")
MISSING = "does not exist"
DIRECTORY = "a directory, not a file"
_SPECIAL_FILES = (
    (stat.S_ISDIR, DIRECTORY),
    (stat.S_ISSOCK, "a socket, not a file"),
    (stat.S_ISFIFO, "a named pipe, not a file"),
    (stat.S_ISCHR, "a device, not a file"),
    (stat.S_ISBLK, "a device, not a file"),
)
_PLAIN_REASONS = {
    errno.ENOENT: MISSING,
    errno.ENOTDIR: MISSING,
    errno.EACCES: "no permission to read it",
    errno.EPERM: "no permission to read it",
    errno.ELOOP: "a loop of symbolic links",
    errno.ENAMETOOLONG: "the name is too long",
    errno.EISDIR: DIRECTORY,
}


class Found(NamedTuple):
    """A file met on a walk.

    `place` is the same for every name of one file; `link` tells whether this name is a symbolic
    link; `size` is in bytes.
    """

    path: Path
    place: str
    link: bool = False
    problem: Obstacle | None = None
    size: int = 0


class _Directory(NamedTuple):
    path: str
    below_root: tuple[str, ...]
    rules: IgnoreRules
    named: bool = False


def has_manifest_name(name: str) -> bool:
    """Tell whether a walk reads files of this name."""
    return name.lower().endswith(MANIFEST_ENDINGS)


def plain_reason(error: OSError) -> str:
    """Return an operating system error as a short phrase."""
    return _PLAIN_REASONS.get(error.errno or 0) or (error.strerror or "cannot be read").lower()


def look(path: Path) -> tuple[str, int]:
    """Return why `path` cannot be read as a file (empty: it can) and its size, without opening it."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return "a broken symbolic link" if path.is_symlink() else MISSING, 0
    except OSError as error:
        return plain_reason(error), 0
    except ValueError:
        return "not a valid path", 0
    return next((reason for test, reason in _SPECIAL_FILES if test(status.st_mode)), ""), status.st_size


class Walker:
    """Walks directories, each one only once, however many names and links lead to it.

    Directories that are reached by a symbolic link come last, so that what they share with real
    ones is reported under its real name.
    """

    __slots__ = ("_excluded", "_linked", "_pending", "_seen", "found")

    def __init__(self, excluded: Callable[[Path], bool]) -> None:
        self._excluded = excluded
        self._seen: set[tuple[int, int]] = set()
        self._pending: list[_Directory] = []
        self._linked: list[_Directory] = []
        self.found: list[Found] = []

    def walk(self, root: str) -> None:
        """Add what lies below `root` to `found`."""
        rules, below_root = rules_above(Path(root))
        self._pending.append(_Directory("" if root == "." else root.rstrip("/") + "/", below_root, rules, named=True))
        while self._pending:
            self._list(self._pending.pop())

    def walk_links(self) -> None:
        """Walk the directories that were met as symbolic links."""
        while self._linked:
            self._pending.append(self._linked.pop(0))
            while self._pending:
                self._list(self._pending.pop())

    def _list(self, directory: _Directory) -> None:
        here = directory.path or "."
        try:
            status = Path(here).stat()
            if (status.st_dev, status.st_ino) in self._seen:
                return
            self._seen.add((status.st_dev, status.st_ino))
            with os.scandir(here) as entries:
                listing = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self._lose(Path(here), f"the directory cannot be listed: {plain_reason(error)}")
            return
        self._visit(directory, listing)

    def _lose(self, path: Path, reason: str) -> None:
        problem = EXCLUDED if self._excluded(path) else _failed(reason)
        self.found.append(Found(path, os.path.realpath(path), problem=problem))

    def _visit(self, directory: _Directory, listing: list[os.DirEntry[str]]) -> None:
        names = {entry.name for entry in listing}
        if "pyvenv.cfg" in names and not directory.named:
            return
        if ".git" in names and not directory.named:
            directory = directory._replace(below_root=(), rules=IgnoreRules())
        if ".gitignore" in names:
            rules = directory.rules.extended(Path(directory.path, ".gitignore"), len(directory.below_root))
            directory = directory._replace(rules=rules)
        real = os.path.realpath(directory.path or ".").rstrip("/")
        for entry in listing:
            if is_directory(entry, follow=True):
                self._enter(directory, entry)
            elif has_manifest_name(entry.name):
                self._take(directory, entry, real)

    def _enter(self, directory: _Directory, entry: os.DirEntry[str]) -> None:
        name, link = entry.name, entry.is_symlink()
        below_root = (*directory.below_root, name)
        if name not in NEVER_WALKED and not directory.rules.ignores(below_root, is_directory=not link):
            queue = self._linked if link else self._pending
            queue.append(_Directory(f"{directory.path}{name}/", below_root, directory.rules))

    def _take(self, directory: _Directory, entry: os.DirEntry[str], real: str) -> None:
        path = Path(directory.path + entry.name)
        if directory.rules.ignores((*directory.below_root, entry.name)) or self._excluded(path):
            return
        reason, size = look(path)
        link = entry.is_symlink()
        place = os.path.realpath(path) if link and not reason else f"{real}/{entry.name}"
        self.found.append(Found(path, place, link, ("skipped", reason) if reason else None, size))


def _failed(reason: str) -> Obstacle:
    return "failed", reason
