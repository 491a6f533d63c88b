"""Which of a few wide rights an identity holds, found once for each role of a set."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Bundle
from kubelint_py.model.rbac import Grant
from kubelint_py.model.rbac_holdings import Holdings
from kubelint_py.model.rbac_primitive import gives, rights
from kubelint_py.model.rbac_rule import Rule, is_everything
from kubelint_py.model.rbac_subject import Subject
from kubelint_py.rules.rbac._once import once

EVERYTHING = "everything"
_TAKEOVERS = ("rbac-create-pods", "rbac-read-secrets")
"""The rows of the table that lead to the identities of others in a namespace."""


def first_grant(bundle: Bundle, subject: Subject, right: str) -> Grant | None:
    """Return a grant of everything, or of a row of the table without resourceNames; the whole cluster first."""
    scopes = [held[right] for held in _holdings(bundle).of(subject) if right in held]
    return min((each[min(each)] for each in scopes), key=lambda grant: grant.namespace, default=None)


def takeovers(bundle: Bundle, subject: Subject) -> list[tuple[str, Grant]]:
    """Return what an identity may that takes over others: what follows "may", and a grant of it."""
    from kubelint_py.data.rbac_primitives import by_id  # noqa: PLC0415  start-up does not need the table

    return [(by_id()[row].allows, grant) for row in _TAKEOVERS if (grant := first_grant(bundle, subject, row))]


@once
def _holdings(bundle: Bundle) -> Holdings[str]:
    return Holdings(bundle.permissions, _given)


def _given(rule: Rule) -> Iterator[str]:
    if is_everything(rule):
        yield EVERYTHING
    given = [rights(rule)]
    yield from (row for row in _TAKEOVERS if gives(given, row))
