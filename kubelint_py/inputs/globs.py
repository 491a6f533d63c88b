"""Glob patterns that the shell left as they are.

`*`, `?` and `[…]` stay within one path component, `**` stands for any number of directories. As in
a shell, a wildcard does not match a leading dot and `**` does not follow symbolic links.
"""

from __future__ import annotations

import os
import re
from fnmatch import fnmatchcase
from pathlib import Path

_MAGIC = re.compile(r"[*?\[]")
NEVER_WALKED = frozenset(
    {".git", ".hg", ".svn", ".bzr", ".jj", ".terraform", ".tox", ".nox", "node_modules", "__pycache__"}
)
"""Directories that no walk enters unless they are named."""


def is_pattern(text: str) -> bool:
    """Tell whether `text` holds a wildcard."""
    return _MAGIC.search(text) is not None


def expand(pattern: str) -> list[str]:
    """Return the existing paths that match, sorted, and the directories on the way that cannot be listed."""
    pattern = pattern.replace(os.sep, "/")
    parts = [part for part in pattern.split("/") if part not in {"", "."}]
    if parts and parts[-1] == "**":
        parts.append("*")
    found, blocked = ["/" if pattern.startswith("/") else ""], set[str]()
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        found = list(dict.fromkeys(path for place in found for path in _step(place, part, last, blocked)))
    return sorted(blocked.union(found) - {"", "/"})


def _step(place: str, part: str, last: bool, blocked: set[str]) -> list[str]:
    if part == "**":
        return _tree(place, blocked)
    if not is_pattern(part):
        return [place + part + ("" if last else "/")] if _exists(Path(place + part), last) else []
    found = [entry for entry in _entries(place, blocked) if _matches(entry.name, part)]
    if last:
        return [place + entry.name for entry in found]
    return [f"{place}{entry.name}/" for entry in found if is_directory(entry, follow=True)]


def _exists(path: Path, last: bool) -> bool:
    try:
        return path.exists() or path.is_symlink() if last else path.is_dir()
    except OSError:
        return False


def _matches(name: str, part: str) -> bool:
    return (part.startswith(".") or not name.startswith(".")) and fnmatchcase(name, part)


def _tree(place: str, blocked: set[str]) -> list[str]:
    """Return `place` and every directory below it."""
    found, pending = [place], [place]
    while pending:
        here = pending.pop()
        for entry in _entries(here, blocked):
            if entry.name.startswith(".") or entry.name in NEVER_WALKED or not is_directory(entry, follow=False):
                continue
            found.append(f"{here}{entry.name}/")
            pending.append(found[-1])
    return found


def _entries(place: str, blocked: set[str]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(place or ".") as entries:
            return list(entries)
    except OSError:
        blocked.add(place.rstrip("/"))
        return []


def is_directory(entry: os.DirEntry[str], *, follow: bool) -> bool:
    """Tell whether an entry is a directory, or with `follow` a link to one; what cannot be asked is none."""
    try:
        return entry.is_dir(follow_symlinks=follow)
    except OSError:
        return False
