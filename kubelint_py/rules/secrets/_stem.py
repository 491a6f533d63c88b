"""What tells at little cost that a value needs no closer look."""

from __future__ import annotations

STEMS = ("pass", "pw", "secret", "token", "cred", "jwt", "bearer", "sas", "cookie", "key", "auth")
"""One of them is in every name that `_name.promise` knows; those that say most come first."""
SHORTEST_TOKEN = 14
"""No token that is known by its look is shorter, and no setting or URL with a password is worth a look."""


def may_hold(name: str, value: str) -> bool:
    """Whether a value may hold a credential, or its name may be a credential's."""
    if len(value) >= SHORTEST_TOKEN:
        return True
    name = name.lower()
    return any(stem in name for stem in STEMS)
