"""The same finding on several containers of one object, folded to one entry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kubelint_py.finding import Finding

_WORD = re.compile(r"[\w-]+")
_QUOTES = ("'", '"', "`")
_ANY = "\0"


class Entry(NamedTuple):
    """The first of equal findings, and all of them when there is more than one."""

    finding: Finding
    members: tuple[Finding, ...]


def fold(findings: Iterable[Finding]) -> list[Entry]:
    """Fold findings that differ only in container and place, in the order of the first of each."""
    groups: list[list[Finding]] = []
    index: dict[Any, list[Finding]] = {}
    seen: dict[Any, int] = {}
    for finding in findings:
        if not finding.container:
            groups.append([finding])
            continue
        key = _key(finding)
        # A container's second finding of a kind is another finding, not the same on another container.
        turn = seen[key, finding.container] = seen.get((key, finding.container), 0) + 1
        group = index.get((key, turn))
        if group is None:
            group = index[key, turn] = []
            groups.append(group)
        group.append(finding)
    return [Entry(group[0], tuple(group) if len(group) > 1 else ()) for group in groups]


def _key(finding: Finding) -> tuple[Any, ...]:
    return (
        finding.rule,
        finding.severity,
        finding.file,
        finding.document,
        finding.object,
        finding.related,
        finding.source,
        finding.tags,
        _nameless(finding.message, finding.container),
    )


def _nameless(message: str, name: str) -> str:
    if name not in message:
        return message
    for quote in _QUOTES:
        if quote + name + quote in message:
            return message.replace(quote + name + quote, _ANY)
    return _WORD.sub(lambda word: _ANY if word[0] == name else word[0], message)
