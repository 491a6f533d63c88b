"""`.gitignore` files, with git's meaning: nested files, negation, anchors, directory-only patterns.

As in git, each file and directory met on a walk is judged by itself: the last pattern that matches
it decides, and those of an inner ignore file come after those of an outer one. (pathspec judges
whole paths instead, and so takes `*`, `!*/`, `!*.k8s.yaml` for ignoring every directory.)
Source of the semantics: git, gitignore(5).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from kubelint_py.config_paths import Pattern, compile_pattern
from kubelint_py.errors import ConfigError

_MAX_LINES = 10_000
Segments = tuple[re.Pattern[str] | None, ...]


class IgnoreFile(NamedTuple):
    """The patterns of one ignore file, last first, and how many directories deep it lies."""

    depth: int
    patterns: tuple[Pattern, ...]


class IgnoreRules:
    """The ignore files that hold in one directory; without any, nothing is ignored."""

    __slots__ = ("_files",)

    def __init__(self, files: tuple[IgnoreFile, ...] = ()) -> None:
        self._files = files

    def ignores(self, path: tuple[str, ...], *, is_directory: bool = False) -> bool:
        """Tell whether what stands at `path` (segments below the root) is ignored itself.

        Whether a directory above it is ignored is for the caller, who never enters such a directory.
        """
        for file in self._files:
            for pattern in file.patterns:
                if (is_directory or not pattern.directory) and _matches(pattern.segments, path[file.depth :]):
                    return not pattern.negated
        return False

    def extended(self, file: Path, depth: int) -> IgnoreRules:
        """Return these rules with those of an ignore file `depth` directories below the root.

        An unreadable file and a pattern that git calls invalid add nothing.
        """
        try:
            text = file.read_bytes().decode("utf-8-sig", "surrogateescape")
        except OSError:
            return self
        patterns = tuple(_patterns(text))[::-1]
        return IgnoreRules((IgnoreFile(depth, patterns), *self._files)) if patterns else self


def _patterns(text: str) -> Iterator[Pattern]:
    for line in text.split("\n")[:_MAX_LINES]:
        pattern = None if line.startswith("#") else _compiled(line)
        if pattern:
            yield pattern


def _compiled(line: str) -> Pattern | None:
    try:
        pattern = compile_pattern(line)
    except (ConfigError, re.error):
        return None
    return pattern if any(pattern.segments) or "*" in line else None


def _matches(segments: Segments, path: tuple[str, ...]) -> bool:
    """Match segment by segment; None stands for any number of directories, at the end for one or more segments."""
    if len(segments) == 2 and segments[0] is None and segments[1] is not None:
        return segments[1].match(path[-1]) is not None
    if None not in segments:
        return len(segments) == len(path) and all(
            segment.match(name) for segment, name in zip(segments, path, strict=True) if segment
        )
    return _matches_any_depth(segments, path)


def _matches_any_depth(segments: Segments, path: tuple[str, ...]) -> bool:
    """Match greedily: of several `**`, only the last one tried has to be able to give way."""
    at = place = 0
    retry: tuple[int, int] | None = None
    while place < len(path):
        segment = segments[at] if at < len(segments) else None
        if at < len(segments) and segment is None:
            retry, at = (at, place), at + 1
            if at == len(segments):
                return True
        elif segment and segment.match(path[place]):
            at, place = at + 1, place + 1
        elif retry:
            retry = (retry[0], retry[1] + 1)
            at, place = retry[0] + 1, retry[1]
        else:
            return False
    return at == len(segments)


def rules_above(directory: Path) -> tuple[IgnoreRules, tuple[str, ...]]:
    """Return the rules that ancestors lay on `directory`, and its segments below their root.

    The root is the directory that holds `.git`; without one, `directory` itself. A directory that
    is itself ignored was asked for by name: then only the ignore files in it hold.
    """
    directory = directory.resolve()
    root = repository_root(directory) or directory
    rules, place = IgnoreRules(), root
    parts = directory.relative_to(root).parts
    for depth, part in enumerate(parts):
        rules = rules.extended(place / ".gitignore", depth)
        place /= part
        if rules.ignores(parts[: depth + 1], is_directory=True):
            return IgnoreRules(), ()
    return rules, parts


def repository_root(directory: Path) -> Path | None:
    """Return the directory that holds `.git`, of this one and those above it the nearest; None where none does."""
    return next((place for place in (directory, *directory.parents) if _is_repository(place)), None)


def _is_repository(directory: Path) -> bool:
    try:
        return (directory / ".git").exists()
    except OSError:
        return False
