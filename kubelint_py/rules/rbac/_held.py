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
_ROWS = ("rbac-create-pods", "rbac-read-secrets")


def first_grant(bundle: Bundle, subject: Subject, right: str) -> Grant | None:
    """Return a grant of everything, or of a row of the table without resourceNames; the whole cluster first."""
    scopes = [held[right] for held in _holdings(bundle).of(subject) if right in held]
    return min((each[min(each)] for each in scopes), key=lambda grant: grant.namespace, default=None)


@once
def _holdings(bundle: Bundle) -> Holdings[str]:
    return Holdings(bundle.permissions, _given)


def _given(rule: Rule) -> Iterator[str]:
    if is_everything(rule):
        yield EVERYTHING
    given = [rights(rule)]
    yield from (row for row in _ROWS if gives(given, row))
