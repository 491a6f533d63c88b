"""Path patterns as in `.gitignore`, relative to a directory.

Differences from git: the last matching pattern decides even below an excluded directory, and a
leading `./` means the directory itself. A pattern is matched segment by segment without
backtracking, so its cost is at most the product of the two lengths.
Source of the semantics: git, gitignore(5), "Pattern format".
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from fnmatch import translate
from functools import lru_cache
from typing import NamedTuple

from kubelint_py.errors import ConfigError

_ANY_DEPTH = None
_SPECIAL = frozenset("*?[")


class Pattern(NamedTuple):
    """One pattern. A segment is a compiled glob, or None for `**`."""

    segments: tuple[re.Pattern[str] | None, ...]
    negated: bool
    directory: bool

    def reach(self, path: tuple[str, ...], is_directory: bool = False) -> int:
        """Return how many leading segments of `path` the pattern matches, 0 for none.

        Matching a directory matches what lies below it.
        """
        states = self._follow({0})
        for length, name in enumerate(path, 1):
            states = self._follow(self._step(states, name))
            leaf = length == len(path) and not is_directory
            if len(self.segments) in states and not (self.directory and leaf):
                return length
            if not states:
                return 0
        return 0

    def _step(self, states: set[int], name: str) -> set[int]:
        reached = set()
        for state in states:
            if state == len(self.segments):
                continue
            segment = self.segments[state]
            if segment is _ANY_DEPTH:
                reached.add(state + 1 if state + 1 == len(self.segments) else state)
            elif segment.match(name):
                reached.add(state + 1)
        return reached

    def _follow(self, states: set[int]) -> set[int]:
        """Add the states behind each `**` that others follow: it also stands for no directory at all."""
        for state in tuple(states):
            following = state
            while following + 1 < len(self.segments) and self.segments[following] is _ANY_DEPTH:
                following += 1
                states.add(following)
        return states


def relative(path: str | os.PathLike[str], root: str | os.PathLike[str] | None) -> tuple[str, ...] | None:
    """Return the segments of `path` below `root`, or None outside of it.

    Without a root the path is taken as written.
    """
    if root is None:
        return split(os.fspath(path))
    absolute, top = os.path.abspath(path), os.path.abspath(root)  # noqa: PTH100  pathlib costs more than the match
    if absolute == top:
        return ()
    prefix = top if top.endswith(os.sep) else top + os.sep
    return split(absolute[len(prefix) :]) if absolute.startswith(prefix) else None


def split(path: str) -> tuple[str, ...]:
    """Return the segments of a path; empty ones and `.` count for nothing."""
    path = path.replace(os.sep, "/")
    return tuple(part for part in path.split("/") if part not in {"", "."})


def matches(patterns: Sequence[str], path: tuple[str, ...]) -> bool:
    """Whether the last pattern that matches a file's path is not a negated one."""
    for pattern in reversed(compiled(tuple(patterns))):
        if pattern.reach(path):
            return not pattern.negated
    return False


def first_reach(patterns: Sequence[str], path: tuple[str, ...]) -> str:
    """Return the shortest leading part of a file's path that the first matching pattern matches, or ""."""
    for pattern in compiled(tuple(patterns)):
        reach = pattern.reach(path)
        if reach and not pattern.negated:
            return "/".join(path[:reach])
    return ""


@lru_cache(maxsize=256)
def compiled(patterns: tuple[str, ...]) -> tuple[Pattern, ...]:
    """Return patterns ready to match. Raises `ConfigError` on one that can match nothing."""
    return tuple(compile_pattern(text) for text in patterns)


def compile_pattern(text: str) -> Pattern:
    """Return one pattern ready to match. Raises `ConfigError` on one that can match nothing."""
    body = text.strip()
    negated = body.startswith("!")
    body = body[negated:]
    segments = body.split("/")
    if not body or ".." in segments:
        raise ConfigError(f"path pattern {text!r} matches nothing below the directory of the configuration")
    inner = [segment for segment in segments if segment not in {"", "."}]
    anchored = "/" in body.rstrip("/") or segments[0] in {"", "."}
    if not inner:
        return Pattern((_ANY_DEPTH,), negated, directory=False)
    parts = inner if anchored else ["**", *inner]
    globs = tuple(_ANY_DEPTH if set(part) == {"*"} and part != "*" else _segment(part) for part in parts)
    return Pattern(globs, negated, body.endswith("/"))


def _segment(glob: str) -> re.Pattern[str]:
    return re.compile(translate(_without_escapes(glob)))


def _without_escapes(glob: str) -> str:
    r"""Rewrite `\*` as `[*]` and `[^a]` as `[!a]`, which is how `fnmatch` says it."""
    out, index = [], 0
    while index < len(glob):
        character = glob[index]
        if character == "\\" and index + 1 < len(glob):
            index += 1
            out.append(f"[{glob[index]}]" if glob[index] in _SPECIAL else glob[index])
        elif character == "[" and glob[index + 1 : index + 2] == "^":
            out.append("[!")
            index += 1
        else:
            out.append(character)
        index += 1
    return "".join(out)
