"""What a directive says: the rules it names, why, and until when."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kubelint_py.config_select import UNSTOPPABLE
from kubelint_py.finding import ObjectReference
from kubelint_py.registry import Registry, unknown_name

_EXPIRES = re.compile(r"(?:^|(?<=\s))expires=(\S*)")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SEARCHES = 100
_LONGEST = 100


class Policy(NamedTuple):
    """What the directives of one input may say.

    `nearest` is the search for what an unknown name is meant to be. `forbidden` are ids of rules they cannot
    suppress, `today` is an ISO date.
    """

    registry: Registry
    nearest: Callable[[str], str]
    require_reason: bool = False
    forbidden: frozenset[str] = frozenset()
    today: str = ""


def limited_search(registry: Registry) -> Callable[[str], str]:
    """Return a search for the known name closest to an unknown one that is soon tired: it looks at every rule."""
    left = iter(range(_SEARCHES))

    def nearest(name: str) -> str:
        return registry.nearest(name) if len(name) <= _LONGEST and next(left, None) is not None else ""

    return nearest


class Said(NamedTuple):
    """The content of a directive: ids of known rules, the reason as written, and what is wrong with it.

    `expired` is the last day it held, where that is over.
    """

    rules: tuple[str, ...]
    reason: str
    expired: str = ""
    complaints: tuple[str, ...] = ()


class Spot(NamedTuple):
    """Where a directive stands. `path` is the JSON Pointer of an annotation, "" for a comment."""

    line: int
    column: int
    end_column: int
    document: int
    path: str = ""
    object: ObjectReference | None = None


class Directive(NamedTuple):
    """One readable directive.

    A comment covers findings that start on one of `lines`, and, unless it is `trailing`, findings inside
    a field that starts there. An annotation covers findings of its document below the JSON Pointer
    `scope`; with `container`, only those of the container of that name, which stands at one of
    `containers`.
    """

    by: str
    said: Said
    spot: Spot
    lines: tuple[int, ...] = ()
    trailing: bool = False
    scope: str = ""
    container: str = ""
    containers: tuple[str, ...] = ()


class Complaint(NamedTuple):
    """What is wrong with a directive, or with a part of it."""

    message: str
    spot: Spot


def read_content(names: Iterable[str], reason: str, policy: Policy) -> Said:
    """Return what a directive with these rule names and this reason says."""
    listed = [name for name in names if name]
    if not listed:
        return Said((), reason, complaints=("this suppression names no rule",))
    expiry, remainder, wrong = _expiry(reason)
    if wrong:
        return Said((), reason, complaints=(wrong,))
    if policy.require_reason and not remainder.strip():
        return Said((), reason, complaints=("this suppression needs a reason: the configuration requires one",))
    rules, complaints = [], []
    for name in listed:
        complaint = _complaint(name, policy)
        rule = policy.registry.resolve(name)
        if complaint:
            complaints.append(complaint)
        elif rule:
            rules.append(rule.id)
    expired = expiry if expiry and expiry < (policy.today or _today()) else ""
    return Said(tuple(dict.fromkeys(rules)), reason, expired, tuple(complaints))


def _complaint(name: str, policy: Policy) -> str:
    rule = policy.registry.resolve(name)
    if rule is None:
        if policy.registry.matching(name):
            return f"{name!r} is a group of rules: name the rules to suppress"
        return unknown_name("rule", name, policy.nearest(name))
    if rule.id == UNSTOPPABLE:
        return f"{UNSTOPPABLE} cannot be suppressed"
    if rule.id in policy.forbidden:
        return f"the configuration lets no comment or annotation suppress {rule.id}"
    return ""


def _expiry(reason: str) -> tuple[str, str, str]:
    """Return the last day a suppression holds, the reason without it, and what is wrong with it."""
    for match in _EXPIRES.finditer(reason):
        remainder = reason[: match.start()] + reason[match.end() :]
        if _is_date(match[1]):
            return match[1], remainder, ""
        if _DATE.fullmatch(match[1]) or not reason[: match.start()].strip():
            return "", remainder, f"{match[1]!r} is no date: write expires=YYYY-MM-DD"
    return "", reason, ""


def _is_date(text: str) -> bool:
    from datetime import date  # noqa: PLC0415  expiry dates are rare

    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _today() -> str:
    from datetime import datetime, timezone  # noqa: PLC0415  expiry dates are rare

    return datetime.now(tz=timezone.utc).date().isoformat()
