"""Tokens in a text: what is a credential by its look alone, whatever it is called."""

from __future__ import annotations

import re
from base64 import b64decode, urlsafe_b64decode
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from kubelint_py.data.credentials import FORMATS, KEYED_FORMATS, Format
from kubelint_py.rules.secrets._stem import SHORTEST_TOKEN
from kubelint_py.rules.secrets._value import is_default, is_placeholder, is_weak

_USER_AND_PASSWORD = re.compile(r"[^\s/:@?#\"'<>]{0,128}:([^\s/@?#\"'<>]{3,256})@[^\s\"'/@]")
_BASE64 = re.compile(r"[A-Za-z0-9+/_=-]*")
_PEM_END = re.compile(r"-----END [A-Z0-9 ]{1,60}-----")
_MOST = 1000
_APART = {hint: each for each in FORMATS for hint in each.hints if " " in hint or hint.endswith('"')}
_TOGETHER = {hint: each for each in FORMATS for hint in each.hints if hint not in _APART}
"""Formats by hints that are in one word with the token; behind those of `_APART` there may be a space."""


class Credential(NamedTuple):
    """What was found between two offsets of a text. `title` has its article.

    `grade` is "leak", "weak" for what is worth less to a thief, "known" for a password that is in every list, or
    "default" for one that is hardly meant to be a secret. `name` is that of a setting inside of the text, "" for
    the text's own and for tokens.
    """

    title: str
    start: int
    end: int
    grade: str = "leak"
    name: str = ""


def tokens(text: str) -> Iterator[Credential]:
    """Yield the tokens in a text, in the order of their formats."""
    if len(text) >= SHORTEST_TOKEN:
        for each in _hinted(text):
            yield from _of_format(each, text)
    if "://" in text and "@" in text:
        yield from _url_passwords(text)


def _hinted(text: str) -> Iterable[Format]:
    """Return the formats of which a text holds a hint. Most of a large text are short words, where no token is."""
    words = " ".join([word for word in text.split() if len(word) >= SHORTEST_TOKEN])
    together = [_TOGETHER[hint] for hint in _TOGETHER if hint in words]
    return dict.fromkeys([*together, *(_APART[hint] for hint in _APART if hint in text)])


def grade_of(value: str) -> str:
    """Return how bad it is to have a value where credentials are; "" for one that stands for none."""
    if is_placeholder(value) or is_weak(value):
        return "default" if is_default(value) else ""
    return "known" if is_default(value) else "leak"


def keyed_token(name: str, value: str) -> str:
    """Return what a value is by its look, where that counts beside such a name only; "" for nothing."""
    name = name.lower()
    found = (title for word, title, pattern in KEYED_FORMATS if word in name and _compiled(pattern).fullmatch(value))
    return next(found, "")


@lru_cache(maxsize=128)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _of_format(each: Format, text: str) -> Iterator[Credential]:
    behind = 0
    for match in islice(_compiled(each.pattern).finditer(text), _MOST):
        start, end = match.span(match.lastindex or 0)
        if start >= behind and _holds(each.holds, text[start:end]) and not _stands_in(each, match):
            behind = _whole(text, match, end)
            yield Credential(each.title, start, behind, "weak" if each.weak else "leak")


def _stands_in(each: Format, match: re.Match[str]) -> bool:
    if each.weak:  # a hash starts with a dollar sign, like a variable
        return "EXAMPLE" in match[0]
    value = match[match.lastindex or 0]
    return is_placeholder(value) or is_placeholder(value[-16:])


def _whole(text: str, match: re.Match[str], end: int) -> int:
    """Return where a key ends of which only the beginning was matched."""
    if "PRIVATE KEY-----" in match[0]:
        closing = _PEM_END.search(text, end)
        return closing.end() if closing else len(text.rstrip())
    if match[0].startswith("LS0t"):
        rest = _BASE64.match(text, end)
        return rest.end() if rest else end
    return len(text.rstrip()) if match[0].startswith("PuTTY") else end


def _holds(what: str, value: str) -> bool:
    if what == "basic":
        user, colon, password = _decoded(value).partition(":")
        return bool(colon and len(password) >= 3 and user.isprintable()) and not is_placeholder(password)
    if what == "jwt":
        return '"alg"' in _decoded(value.partition(".")[0])
    return what != "random" or (any(map(str.isdigit, value)) and not is_placeholder(value))


def _decoded(value: str) -> str:
    padded = value.rstrip("=") + "=" * (-len(value.rstrip("=")) % 4)
    try:
        return (urlsafe_b64decode(padded) if "-" in value or "_" in value else b64decode(padded)).decode()
    except ValueError:
        return ""


def _url_passwords(text: str) -> Iterator[Credential]:
    at = text.find("://")
    for _ in range(_MOST):
        if at < 0:
            return
        match = _USER_AND_PASSWORD.match(text, at + 3) if text[at - 1 : at].isalnum() else None
        grade = grade_of(match[1]) if match else ""
        if match and grade:
            yield Credential("a password in a URL", *match.span(1), grade)
        at = text.find("://", match.end() if match else at + 3)
