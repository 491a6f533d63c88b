"""Credentials in a value that has a name: an environment variable, or an entry of a ConfigMap or Secret."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator

from kubelint_py.rules.secrets._name import is_beside, promise
from kubelint_py.rules.secrets._token import Credential, grade_of, keyed_token, tokens
from kubelint_py.rules.secrets._value import (
    is_code,
    is_password,
    is_placeholder,
    is_random,
    is_token,
)

_PROOFS = {"": is_password, "shape": is_token, "random": is_random}
_QUOTES_TEXT = re.compile(
    r"\.(?:c|cpp|css|erl|exs?|go|groovy|hbs|html?|java|jsx?|kts?|lua|md|mjs|php|pl|py|rb|rego|rst|star|tsx?)\Z"
    r"|(?:^|[^a-z])(?:i18n|lang|locales?|messages?|translations?)(?:[^a-z]|$)"
)
"""Names of programs, pages and translations: what stands there without quotes is no value."""
_GIVES_VALUE = (":", "=", "</", "--", "requirepass", "masterauth", "'", "login")
_LABEL = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+)*")
_NOT_PLAIN = ("!", "*", "&", "|", ">", "@", "%", "--")
_BASE64 = re.compile(r"[A-Za-z0-9+/]{16,}={0,2}")
_LONGEST_NAME = 64


def credentials(name: str, value: str) -> list[Credential]:
    """Return the credentials in a value, in their order; none reaches into another."""
    found = [*tokens(value), *_in_base64(value), *_own(name, value)]
    if any(sign in value for sign in _GIVES_VALUE):
        found += _settings(value, exact=bool(_QUOTES_TEXT.search(name)))
    kept: list[Credential] = []
    for each in sorted(found, key=lambda each: (each.start, -each.end, each.name)):
        if not kept or each.start >= kept[-1].end:
            kept.append(each)
    return kept


def _in_base64(value: str) -> Iterator[Credential]:
    if len(value) % 4 == 0 and len(value) <= 65_536 and _BASE64.fullmatch(value):
        inner = next(tokens(decoded(value)), None)
        if inner:
            yield Credential(f"{inner.title} in base64", 0, len(value), inner.grade)


def decoded(value: str) -> str:
    """Return the text that a value is in base64; "" when it is none."""
    try:
        return b64decode(value, validate=True).decode()
    except ValueError:
        return ""


def _own(name: str, value: str) -> Iterator[Credential]:
    text = value.strip()
    title, grade = judge(name, text)
    if title:
        start = value.find(text)
        yield Credential(title, start, start + len(text), grade)


def _settings(value: str, *, exact: bool) -> Iterator[Credential]:
    from kubelint_py.rules.secrets._setting import settings  # noqa: PLC0415  needed for texts only

    for setting in settings(value):
        text = value[setting.start : setting.end]
        if not (_is_expression(text, exact=exact) if setting.bare else _is_label(text)):
            title, grade = judge(setting.name, text)
            if title:
                name = shown(setting.name.removeprefix("-D").strip("-."))
                yield Credential(title, setting.start, setting.end, grade, name)


def _is_expression(text: str, *, exact: bool) -> bool:
    return exact or is_code(text) or text.startswith(_NOT_PLAIN)


def _is_label(text: str) -> bool:
    """Whether a text is what a form shows, as in `"password": "Password"`."""
    return bool(_LABEL.fullmatch(text)) and all(part.istitle() or part.isupper() for part in re.split("[- ]", text))


def judge(name: str, value: str) -> tuple[str, str]:
    """Return what credential a value of this name is, with its article, and its grade; "" for none."""
    title = keyed_token(name, value)
    if title and not is_beside(name) and not is_placeholder(value):
        return title, "leak"
    promised = promise(name)
    grade = grade_of(value) if promised and value else ""
    if promised is None or not grade:
        return "", ""
    title = f"{'an' if promised.title[0] in 'Aaei' else 'a'} {promised.title}"
    if grade != "leak":
        return (title, grade) if promised.proof != "random" else ("", "")
    return (title, grade) if _PROOFS[promised.proof](value) else ("", "")


def shown(name: str) -> str:
    """Return a name for a message; "" for one that is so odd that it may be part of a secret."""
    return "" if len(name) > _LONGEST_NAME or is_random(name) else name
