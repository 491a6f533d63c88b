"""Writing a file anew: as a whole or not at all, with its permissions, and nowhere else than where it seems to be."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kubelint_py.errors import InputError
from kubelint_py.inputs.files import Candidate
from kubelint_py.inputs.walk import plain_reason


def tree_roots(paths: Iterable[str]) -> tuple[Path, ...]:
    """Return the directories within which symbolic links may be followed: the current one and the named ones."""
    return tuple(_real(path) for path in (".", *paths) if path != "-" and Path(path).is_dir())


def rewrite(candidate: Candidate, before: bytes, after: bytes, roots: Iterable[Path]) -> None:
    """Replace the content of a file, which is still `before`, by `after`.

    A symbolic link stays one; the file that it leads to is written if it lies within `roots` or beside the link.
    Raises `InputError` when the file is not written.
    """
    if candidate.path is None:
        raise InputError("not a file")
    try:
        target = _target(candidate.path, candidate.explicit, roots)
        status = target.stat()
        if not stat.S_ISREG(status.st_mode):
            raise InputError("not a file")
        if not os.access(target, os.W_OK):
            raise InputError("not writable")
        if target.read_bytes() != before:
            raise InputError("changed since it was read")
        _replace(target, after, status)
    except OSError as error:
        raise InputError(plain_reason(error)) from None


def _target(path: Path, explicit: bool, roots: Iterable[Path]) -> Path:
    target = _real(path)
    allowed = [*roots, _real(path.parent)] if explicit or path.is_symlink() else [*roots]
    if not any(target.is_relative_to(root) for root in allowed):
        raise InputError(f"a symbolic link leads to {target.as_posix()}, outside of what is linted")
    return target


def _real(path: str | Path) -> Path:
    return Path(os.path.realpath(path))


def _replace(target: Path, content: bytes, status: os.stat_result) -> None:
    """Write a new file beside the old one and put it in its place."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if hasattr(os, "chown"):
            with suppress(OSError):  # only root may give a file away; the group is tried all the same
                os.chown(name, status.st_uid, status.st_gid)
        Path(name).chmod(stat.S_IMODE(status.st_mode))
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
