"""What a name says of its value: whether that should be a credential, and how sure the name is of it."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from kubelint_py.data.credential_words import (
    BESIDE_CREDENTIALS,
    KEY_OWNERS,
    NEUTRAL,
    NOT_BESIDE,
    NOT_CREDENTIALS,
    NOT_OWNERS,
    NOT_PASS,
    PASSWORD_ENDINGS,
    PASSWORD_WORDS,
    RANDOM_WORDS,
    REFERENCE_OWNERS,
    SECRET_WORDS,
)

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_NAMES_NOTHING = frozenset({"PWD", "OLDPWD"})


class Promise(NamedTuple):
    """What a name promises. `title` is what to call the value.

    `proof` is what the value has to show: nothing for a password, "shape" where names of objects and the
    like are as usual, "random" where most values are no credential.
    """

    title: str
    proof: str


@lru_cache(maxsize=1024)
def promise(name: str) -> Promise | None:
    """Return what a variable, key or field of this name holds, if that is a credential."""
    if name in _NAMES_NOTHING:
        return None
    words = words_of(name)
    while len(words) > 1 and words[-1] in NEUTRAL:
        words.pop()
    if not words or words[-1] in NOT_CREDENTIALS or not NOT_OWNERS.isdisjoint(words[:-1]):
        return None
    if len(words) > 1 and words[-2] in NOT_BESIDE and not _is_password(words[-1]):
        return None
    *before, last = pairwise(["", *words])
    strong = _strong(*last)
    if strong:
        return strong
    if words[-1] in RANDOM_WORDS or any(_strong(*pair) for pair in before):
        return Promise("credential", "random")
    return None


def is_beside(name: str) -> bool:
    """Whether a Secret's key of this name holds what belongs to a credential, such as the user or the host."""
    words = words_of(name)
    return bool(words) and (words[-1] in NOT_CREDENTIALS or words[-1] in BESIDE_CREDENTIALS)


def words_of(name: str) -> list[str]:
    """Split a name into words in lower case: `dbApiKey` and `DB_API_KEY` are db, api, key."""
    return [word.lower() for word in _WORD.findall(name)]


def _strong(owner: str, last: str) -> Promise | None:
    """Return what a word promises for sure, after the word before it, "" for none."""
    if _is_password(last):
        return Promise("password", "")
    if last == "key" and owner in KEY_OWNERS:
        return Promise("API key" if owner == "api" else f"{owner} key", "shape")
    if (owner, last) == ("erlang", "cookie"):
        return Promise("cookie", "shape")
    if last == "secret" and owner in REFERENCE_OWNERS:
        return None
    title = SECRET_WORDS.get(last) or next((SECRET_WORDS[word] for word in SECRET_WORDS if last.endswith(word)), "")
    return Promise(title, "shape") if title and (owner or last != "sas") else None


def _is_password(word: str) -> bool:
    return word in PASSWORD_WORDS or (word.endswith(PASSWORD_ENDINGS) and word not in NOT_PASS)
