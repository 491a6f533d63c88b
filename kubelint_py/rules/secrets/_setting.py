"""Settings in a text: what a configuration file, script or command line gives a name that may be a credential's.

No language is parsed. Where one of a few words occurs, the text around it tells whether it ends a name that gets a
value: `name: value`, `name = value`, `"name": "value"`, `<name>value</name>`, a pair of name and value, `--name value`,
and the ways of SQL and of .netrc files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from kubelint_py.rules.secrets._stem import STEMS

_MOST = 5_000
_LONGEST_NAME = 100
_LONGEST_VALUE = 512
_BEFORE = 160

_QUOTE = r"\\?[\"']?"
_AFTER = re.compile(
    rf"""
    (?P<rest>[\w.-]{{0,60}})(?:
        (?P<close>{_QUOTE})\]?[ \t]{{0,40}}(?P<sign>:=|=>|:(?!:)|=(?![=~]))[ \t]{{0,40}}
      | (?P<pair>{_QUOTE},?\s{{0,80}}(?:-\ )?{_QUOTE}(?:value|Value|val){_QUOTE}[ \t]{{0,8}}[:=][ \t]{{0,8}})
      | (?P<element></name>\s{{0,80}}<value>)
      | (?P<tag>>)
      | (?P<spaced>(?:(?<=requirepass)|(?<=masterauth))[ \t]{{1,20}})
      | (?P<flag>[ \t]{{1,8}})
    )
    """,
    re.VERBOSE,
)
_NAME_BACKWARDS = re.compile(r"[\w.-]*")
_NAMED = re.compile(r"(?:[Nn]ame|[Kk]ey)\\?[\"']?[ \t]{0,8}[:=][ \t]{0,8}\\?[\"']?\Z")
_VALUE_QUOTED = re.compile(r"\"((?:[^\"\\\n]|\\.){0,1024})\"|'([^'\n]{0,1024})'|\\\"([^\"\\\n]{0,1024})\\\"")
_VALUE_BARE = re.compile(r"[^\s\"'\\][^\n]{0,512}")
_VALUE_INLINE = re.compile(r"[^\s\"'\\;&,<>)}\]|][^\s\"'\\;&,<>)}\]|]{0,512}")
_VALUE_ELEMENT = re.compile(r"\s{0,80}([^<>\n]{0,512}?)\s{0,80}</")
_LINE_START = re.compile(r"(?:^|\n)[ \t]*(?:- |-D|export |set |ENV |ARG )?[ \t]*\\?[\"']?\Z")
_COMMENT = re.compile(r"(?:^|\n)[ \t]*(?:#|//|--[ \[]|;|\*|<!--|%%|REM )|[ \t](?:#|//)[ \t]")
_LOGIN = re.compile(r"\blogin\s{1,20}\S{1,80}\s{1,20}\Z")
_IDENTIFIED_BY = re.compile(
    r"identified\s{1,20}(?:with\s{1,20}\S{1,80}\s{1,20})?by\s{1,20}'([^'\n]{1,512})'", re.IGNORECASE
)
_TRAILING = re.compile(r"[ \t]+#.*")


class Setting(NamedTuple):
    """A name and its value between two offsets; `bare` when no quotes or tags are around it."""

    name: str
    start: int
    end: int
    bare: bool


def settings(text: str) -> Iterator[Setting]:
    """Yield what gets a value in a text, where its name may be a credential's."""
    seen: set[int] = set()
    for at, stem in _hits(text):
        if len(seen) >= _MOST:
            return
        match = _AFTER.match(text, at + len(stem))
        if match and match.end() not in seen:
            seen.add(match.end())
            found = _setting(text, at, match)
            if found and found.start < found.end:
                yield found
    if "dentified" in text or "DENTIFIED" in text:
        for match in islice(_IDENTIFIED_BY.finditer(text), _MOST):
            yield Setting("password", *match.span(1), bare=False)


def _hits(text: str) -> Iterator[tuple[int, str]]:
    lower = text.lower()
    if len(lower) != len(text):  # some capitals of other alphabets become two characters
        lower = "".join(character.lower() if character.isascii() else character for character in text)
    for stem in STEMS:
        at = lower.find(stem)
        while at >= 0:
            yield at, stem
            at = lower.find(stem, at + len(stem))


def _setting(text: str, at: int, match: re.Match[str]) -> Setting | None:
    head = text[max(at - _LONGEST_NAME, 0) : at]
    begin = _NAME_BACKWARDS.match(head[::-1])
    start = at - (begin.end() if begin else 0)
    before = text[max(start - _BEFORE, 0) : start]
    name = text[start : match.end("rest")]
    if match["tag"] or match["element"]:
        return _in_element(text, name, before, match)
    if match["pair"]:
        return _quoted_or_bare(text, name, match.end()) if _NAMED.search(before) else None
    if match["flag"]:
        return _after_space(text, name, before, match.end())
    if _COMMENT.search(before[before.rfind("\n") + 1 :]) and not name.startswith("--"):
        return None
    if match["spaced"]:
        return _quoted_or_bare(text, name, match.end()) if _LINE_START.search(before) else None
    return _assigned(text, name, before, match)


def _after_space(text: str, name: str, before: str, at: int) -> Setting | None:
    login = name == "password" and _LOGIN.search(before)
    sql = name.lower() == "password" and text.startswith("'", at)
    return _inline(text, name, at) if login or sql or name.startswith("--") else None


def _in_element(text: str, name: str, before: str, match: re.Match[str]) -> Setting | None:
    opening = before.endswith("<name>") if match["element"] else before.endswith("<")
    value = _VALUE_ELEMENT.match(text, match.end()) if opening else None
    return Setting(name, *value.span(1), bare=False) if value else None


def _assigned(text: str, name: str, before: str, match: re.Match[str]) -> Setting | None:
    inside = before[-1:] in {'"', "'"} and not match["close"]
    quoted = None if inside else _quoted(text, name, match.end())
    if quoted:
        return quoted
    if match["close"] and not match["close"].startswith("\\"):
        return _bare(text, name, match.end())
    if not inside and _LINE_START.search(before):
        return _bare(text, name, match.end())
    opened = before.rstrip(" \t\"'")[-1:] in {"{", ","}
    return _inline(text, name, match.end()) if match["sign"] == "=" or opened else None


def _quoted_or_bare(text: str, name: str, at: int) -> Setting | None:
    return _quoted(text, name, at) or _bare(text, name, at)


def _quoted(text: str, name: str, at: int) -> Setting | None:
    value = _VALUE_QUOTED.match(text, at)
    return Setting(name, *value.span(value.lastindex or 0), bare=False) if value else None


def _bare(text: str, name: str, at: int) -> Setting | None:
    """Return a setting whose value goes to the end of the line."""
    value = _VALUE_BARE.match(text, at)
    if value is None or len(value[0]) > _LONGEST_VALUE:
        return None
    kept = _TRAILING.sub("", value[0]).rstrip().rstrip(",")
    if any(character.isspace() for character in kept) and text[at - 1] == "=":
        return _inline(text, name, at)
    return Setting(name, at, at + len(kept), bare=True)


def _inline(text: str, name: str, at: int) -> Setting | None:
    quoted = _quoted(text, name, at)
    if quoted:
        return quoted
    value = _VALUE_INLINE.match(text, at)
    return Setting(name, *value.span(), bare=True) if value and len(value[0]) <= _LONGEST_VALUE else None
