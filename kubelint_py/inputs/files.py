"""Which files a run reads, and reading them.

Everything asked for ends as a candidate: one that can be read, or one with the reason why not.
Nothing is opened while looking, so a pipe or a device cannot block a run.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path, PurePath
from typing import BinaryIO, NamedTuple

from kubelint_py.errors import InputError
from kubelint_py.inputs.globs import expand, is_pattern
from kubelint_py.inputs.walk import (
    DIRECTORY,
    EXCLUDED,
    MISSING,
    Obstacle,
    Walker,
    has_manifest_name,
    look,
    plain_reason,
)

SIZE_LIMIT = 50_000_000
"""Bytes of one input, unless the caller sets another limit."""
_CHUNK = 1 << 16
_OPEN_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_OWN_DESCRIPTORS = ("/dev/fd/", "/proc/self/fd/")


class Candidate(NamedTuple):
    """An input of a run.

    `path` is None for standard input. `name` is what the user sees: as written, with forward
    slashes. `explicit` tells whether it was named, or matched by a named pattern, rather than met
    on a walk. `problem` is None, or the status it ends with and a reason. `size` is in bytes, 0
    where it is not known before reading.
    """

    path: Path | None
    name: str
    explicit: bool = False
    problem: Obstacle | None = None
    size: int = 0

    @property
    def place(self) -> Path | None:
        """Where it lies, or, for standard input with a name, would lie."""
        named = self.path is None and self.name and not self.name.startswith("<")
        return Path(self.name) if named else self.path


def discover(paths: Sequence[str], *, excluded: Callable[[Path], bool], stdin_name: str = "<stdin>") -> list[Candidate]:
    """Return the inputs that files, directories, glob patterns and `-` (standard input) stand for.

    Sorted by name, the same file once, whatever the order of `paths`; standard input named after a file
    stands for it. In a directory only `.yaml`,
    `.yml` and `.json` count, and what git ignores does not; a named file is taken whatever its
    name. `excluded` is asked for files only, as a later pattern may take one file of a directory
    back; a named file that is excluded is skipped, saying so, one on a walk is no input. Never
    raises for what lies on the disk.
    """
    search = _Search(excluded)
    if "-" in paths:
        search.take_stdin(stdin_name)
    directories = [path for text in paths if text != "-" for path in search.resolve(text)]
    for path in sorted(set(directories), key=_walk_order):
        search.walk(path)
    return search.result()


def _walk_order(path: str) -> tuple[bool, bool, str]:
    return Path(path).is_symlink(), Path(path).is_absolute(), path


class _Search:
    """Collects candidates by the file they lead to."""

    __slots__ = ("_candidates", "_excluded", "_real", "_walker")

    def __init__(self, excluded: Callable[[Path], bool]) -> None:
        self._excluded = excluded
        self._candidates: dict[str, Candidate] = {}
        self._real: dict[str, str] = {}
        self._walker = Walker(excluded)

    def take_stdin(self, name: str) -> None:
        """Add standard input, which stands for the file it is named after."""
        candidate = Candidate(None, name, explicit=True)
        path = candidate.place
        if path is None:
            self.add("-", candidate)
        else:
            problem = EXCLUDED if self._excluded(path) else None
            self.add(self._place(path, path.is_symlink()), candidate._replace(name=_shown(path), problem=problem))

    def resolve(self, text: str) -> list[str]:
        """Add the files that one argument stands for, and return the directories."""
        if not text:
            self.add("", Candidate(Path(), "''", explicit=True, problem=("failed", "an empty path")))
            return []
        if is_pattern(text) and look(Path(text))[0] == MISSING:
            matches = expand(text)
            if not matches:
                self._refuse(Path(text), ("failed", "no file matches this pattern"))
            return [path for match in matches for path in self._named(match, open_name=_is_open(text))]
        return self._named(text)

    def _named(self, text: str, open_name: bool = False) -> list[str]:
        path = Path(text)
        reason, size = look(path)
        if reason == DIRECTORY:
            return [text]
        if reason and (reason == MISSING or not _is_own_descriptor(text)):
            self._refuse(path, ("failed", reason))
        elif not open_name or has_manifest_name(text):
            self._take(path, size)
        return []

    def walk(self, directory: str) -> None:
        """Add what lies below a directory."""
        self._walker.walk(directory)

    def result(self) -> list[Candidate]:
        """Return the candidates, sorted by the parts of their names."""
        self._walker.walk_links()
        for found in self._walker.found:
            candidate = Candidate(found.path, _shown(found.path), False, found.problem, found.size)
            self.add(found.place, candidate, found.link)
        return sorted(self._candidates.values(), key=lambda candidate: candidate.name.split("/"))

    def add(self, place: str, candidate: Candidate, link: bool = False) -> None:
        """Keep one candidate a place: the one that is no link, else the shorter way to write it."""
        known = self._candidates.get(place)
        if known is not None:
            if known.path is None:
                return
            best = candidate if (link, *_rank(candidate)) < (known.path.is_symlink(), *_rank(known)) else known
            candidate = best._replace(explicit=known.explicit or candidate.explicit)
        self._candidates[place] = candidate

    def _take(self, path: Path, size: int) -> None:
        if self._excluded(path):
            self._refuse(path, EXCLUDED)
            return
        link = path.is_symlink()
        self.add(self._place(path, link), Candidate(path, _shown(path), explicit=True, size=size), link)

    def _refuse(self, path: Path, problem: Obstacle) -> None:
        self.add(self._place(path, link=False), Candidate(path, _shown(path), explicit=True, problem=problem))

    def _place(self, path: Path, link: bool) -> str:
        parent = str(path.parent)
        try:
            if link or path.name in {"", ".."}:
                return os.path.realpath(path)
            if parent not in self._real:
                self._real[parent] = os.path.realpath(parent).rstrip("/")
        except ValueError:
            return str(path)
        return f"{self._real[parent]}/{path.name}"


def _rank(candidate: Candidate) -> tuple[bool, int, str]:
    return candidate.path is not None and candidate.path.is_absolute(), len(candidate.name), candidate.name


def _shown(path: PurePath) -> str:
    """Return a path as it is shown: without a leading `./`, with forward slashes, always encodable."""
    return path.as_posix().encode("utf-8", "replace").decode("utf-8")


def _is_open(pattern: str) -> bool:
    """Tell whether a pattern leaves the whole file name open, as `deploy/**` does."""
    return PurePath(pattern).name.strip("*") == ""


def _is_own_descriptor(path: str) -> bool:
    """Tell whether a path is a descriptor the caller opened for us, as a shell's `<(command)` does."""
    return path == "/dev/stdin" or path.startswith(_OWN_DESCRIPTORS)


def read(candidate: Candidate, limit: int = SIZE_LIMIT, stdin: BinaryIO | None = None) -> bytes:
    """Return the bytes of a candidate; `stdin` stands in for standard input.

    Raises `InputError` when it has a problem, is larger than `limit` bytes, has become something
    else than a file since it was found, or cannot be read.
    """
    if candidate.problem:
        raise InputError(candidate.problem[1])
    try:
        if candidate.path is None:
            return _read_stream(stdin or getattr(sys.stdin, "buffer", None), limit)
        if _is_own_descriptor(str(candidate.path)):
            with candidate.path.open("rb") as stream:
                return _read_stream(stream, limit)
        return _read_file(candidate.path, limit)
    except FileNotFoundError:
        raise InputError("vanished before it could be read") from None
    except OSError as error:
        raise InputError(plain_reason(error)) from None


def _read_stream(stream: BinaryIO | None, limit: int) -> bytes:
    if stream is None:
        raise InputError("there is no standard input")
    data = stream.read(limit + 1)
    _require_size(len(data), limit)
    return data


def _read_file(path: Path, limit: int) -> bytes:
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise InputError(look(path)[0] or "not a file")
        _require_size(status.st_size, limit)
        return b"".join(_chunks(descriptor, status.st_size, limit))
    finally:
        os.close(descriptor)


def _chunks(descriptor: int, size: int, limit: int) -> Iterable[bytes]:
    """Yield what a file holds, which for a growing file may be more than its size."""
    total = 0
    while chunk := os.read(descriptor, max(size - total + 1, _CHUNK if total else 1)):
        total += len(chunk)
        _require_size(total, limit)
        yield chunk


def _require_size(size: int, limit: int) -> None:
    if size > limit:
        raise InputError(f"larger than the limit of {limit:,} bytes")
