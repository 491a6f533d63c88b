"""What the start command of a container runs, read without a shell.

Quotes and expansions are not followed: a command behind them is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kubelint_py.authoring import Container, Node

_ENDS = re.compile(r"[;&|(){}`\r\n]")
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*=")
_WRAPPERS = frozenset(
    {"!", "command", "do", "dumb-init", "else", "env", "exec", "if", "nice", "nohup", "setsid", "then", "time", "tini"}
    | {"until", "while"}
)


def runs(container: Container, program: str) -> Iterator[Node]:
    """Yield the items of `command` and `args` that run a program, by its name alone or with a path."""
    command, args = container.node.at("command"), container.node.at("args")
    words = [(item, item.as_str or "") for field in (command, args) for item in field.items()]
    if command.as_list:
        first = _first(text for _, text in words)
        if first is not None and _is(words[first][1], program):
            yield words[first][0]
            return
    for item, text in words:
        if any(_starts(segment, program) for segment in _ENDS.split(text) if len(segment.split(None, 1)) > 1):
            yield item


def _starts(segment: str, program: str) -> bool:
    words = segment.split()
    first = _first(words)
    return first is not None and _is(words[first], program)


def _first(words: Iterable[str]) -> int | None:
    """Return the position of the first word that is a program, past assignments and programs that start others."""
    for position, word in enumerate(words):
        if not (_name(word) in _WRAPPERS or word.startswith("-") or _ASSIGNMENT.match(word)):
            return position
    return None


def _is(word: str, program: str) -> bool:
    return _name(word) == program


def _name(word: str) -> str:
    return word.rpartition("/")[2]
