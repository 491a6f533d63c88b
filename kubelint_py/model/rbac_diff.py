"""What each identity gained or lost between two sets of objects.

A right that an identity held before through another binding, role or group is not gained. What a group gains
is told of the group, not of its members.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_cover import uncovered
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.model.rbac_subject import Subject


class Change(NamedTuple):
    """Rights an identity has in one set and not in the other.

    `rules` are the new parts of the rule of `grant`, which says where it comes from in the set that has it.
    """

    subject: Subject
    rules: tuple[Rule, ...]
    grant: Grant

    @property
    def namespace(self) -> str:
        """Where the rights hold, "" for the whole cluster."""
        return self.grant.namespace


class Difference(NamedTuple):
    """What was gained and lost, by identity and then by scope, the whole cluster first."""

    gained: tuple[Change, ...]
    lost: tuple[Change, ...]


def difference(old: Permissions, new: Permissions) -> Difference:
    """Compare the effective permissions of two sets."""
    return Difference(tuple(_gained(old, new)), tuple(_gained(new, old)))


def _gained(old: Permissions, new: Permissions) -> Iterator[Change]:
    for subject in new.subjects():
        own = [grant for grant in new.rules_for(subject) if grant.subject == subject]
        if own:
            yield from _gained_by(subject, own, old)


def _gained_by(subject: Subject, own: list[Grant], old: Permissions) -> Iterator[Change]:
    held: dict[str, dict[Rule, None]] = {}
    for grant in old.rules_for(subject):
        held.setdefault(grant.namespace, {})[grant.rule] = None
    for grant in sorted(own, key=lambda each: each.namespace):
        known = held.setdefault(grant.namespace, {})
        everywhere = held.get("", {})
        if grant.rule in known or grant.rule in everywhere:
            continue
        # What is told once need not be told of the next binding.
        parts = uncovered(grant.rule, [*everywhere, *(known if grant.namespace else ())])
        known[grant.rule] = None
        if parts:
            yield Change(subject, tuple(parts), grant)
