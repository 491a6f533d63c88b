"""What each identity gained or lost between two sets of objects.

A right that an identity held before through another binding, role or group is not gained. What a group gains
is told of the group, not of its members.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

from kubelint_py.errors import InputError
from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_cover import HeldRules, uncovered
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.model.rbac_subject import Subject

LIMIT = 1_000_000
"""Comparisons for one direction; five thousand bindings to two thousand roles take some fifty thousand."""


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
    """Compare the effective permissions of two sets.

    Raises `InputError` where that takes more than `LIMIT` comparisons of rules, which no cluster needs.
    """
    return Difference(tuple(_Gains(old, new)), tuple(_Gains(new, old)))


class _Gains:
    """What the identities of one set have that they have not in another."""

    def __init__(self, old: Permissions, new: Permissions) -> None:
        self._old = old
        self._new = new
        self._left = LIMIT

    def __iter__(self) -> Iterator[Change]:
        for subject in self._new.subjects():
            own = list(self._counted(self._new.direct(subject)))
            if own:
                yield from self._of(subject, own)

    def _spend(self, comparisons: int) -> None:
        self._left -= comparisons
        if self._left < 0:
            raise InputError(f"more than {LIMIT:,} comparisons of rules are needed; compare fewer files at a time")

    def _counted(self, grants: Iterable[Grant]) -> Iterator[Grant]:
        for grant in grants:
            self._spend(1)
            yield grant

    def _of(self, subject: Subject, own: list[Grant]) -> Iterator[Change]:
        held: dict[str, HeldRules] = {}
        for grant in self._counted(self._old.grants(subject)):
            held.setdefault(grant.namespace, HeldRules()).add(grant.rule)
        everywhere = held.setdefault("", HeldRules())
        for grant in sorted(own, key=lambda each: each.namespace):
            known = held.setdefault(grant.namespace, HeldRules())
            if grant.rule in known or grant.rule in everywhere:
                continue
            # What is told once need not be told of the next binding.
            near = everywhere.near(grant.rule)
            if grant.namespace:
                near = chain(near, known.near(grant.rule))
            parts = uncovered(grant.rule, near, self._spend)
            known.add(grant.rule)
            if parts:
                yield Change(subject, tuple(parts), grant)
