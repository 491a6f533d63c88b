"""What a value looks like: a credential, something that stands in for one, or something else altogether."""

from __future__ import annotations

import re
from collections import Counter
from math import log2

from kubelint_py.data.credential_words import (
    DEFAULT_CREDENTIALS,
    ELSEWHERE,
    FILLERS,
    PLACEHOLDER_MARKS,
    PLACEHOLDER_STARTS,
    PLACEHOLDER_WORDS,
    REFERENCE_ENDS,
    STANDS_FOR_NOTHING,
    WELL_KNOWN,
)
from kubelint_py.rules.secrets._name import words_of

_WHOLE_PLACEHOLDER = re.compile(
    r"\$\w+|%\w+%|__\w+__|<[^<>]*>|\{[\w.-]*\}|\[[\w .-]*\]|(.)\1{2,}|[*.xX#?-]+|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+"
)
_INNER_PLACEHOLDER = re.compile(
    r"<[a-z][\w .:/#-]*>|\bexample\b|placeholder|(?:change|replace)[-_ ]?(?:me|this)|redacted|dummy"
    r"|x{5,}|\*{3,}|(.)\1{9,}",
    re.IGNORECASE,
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]")
_EXTENSIONS = (
    "cer|cfg|conf|crt|css|env|gpg|html?|ini|jks|jpe?g|js|json|jwt|key|keystore|log|lua|p12|pem|pfx|php|png|properties|pub|py"
    "|rb|sh|sock|sql|svg|toml|tpl|txt|xml|ya?ml"
)
_SOMETHING_ELSE = r"""
      [+-]?\d+(?:\.\d+)?(?:%|[kKmMgGtT]i?[bB]?|ns|us|ms|s|m|h|d|w|y)?       # number, size
    | (?:\d+(?:ns|us|ms|s|m|h|d))+                                            # duration
    | [\^~<>=v]{0,3}\d+(?:\.\d+)+(?:[-+][\w.-]+)?                             # version, address
    | \d{4}-\d\d-\d\d(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?                  # date
    | (?:~|\.{1,2})?/[\w.@%+~:/-]*                                          # path
    | [A-Za-z]:\\.*
    | (?-i:[a-z0-9_.-]+(?:/[a-z0-9_.*-]+)+)                                 # path in a store, label, media type
    | [a-z][a-z0-9+.-]*://\S*                                               # URL; its password is looked for before
    | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                          # mail address
    | (?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z-]*(?::\d+)?           # host
    | [a-z0-9][a-z0-9-]*:\d{2,5}
    | (?-i:AAAA[BCE][A-Za-z0-9+/]+={0,2})                                     # public key
    | [A-Za-z_]\w*(?:\.[A-Za-z_]\w*){2,}                                    # class, property
    | [a-z][\w.-]*(?:[,;]\s?[a-z][\w.-]*=[^,;]*)+                            # options
    | (?:[a-z]{2,8}-){0,3}(?:sha|md|hs|rs|es|ps|aes|ecdsa|rsa|scram|hmac|ed)      # algorithm
      -?_?\d{1,5}[a-z]{0,8}(?:-[a-z0-9]{1,10}){0,4}
    """
"""Compiled on first use, which most runs never come to."""
_FILE = re.compile(rf"[\w./@-]+\.(?:{_EXTENSIONS})", re.IGNORECASE)
_WORDS_ONLY = re.compile(r"[A-Za-z]+(?:[-_. ][A-Za-z]+)*")
_OBJECT_NAME = re.compile(r"(?=[a-z])(?:-?(?:[a-z]+\d{0,3}|[a-z]\d{1,2}[a-z]|\d{1,2})(?![a-z0-9]))+")
_LONGEST_WORD = 14
_LONG_RANDOM = re.compile(r"[A-Za-z0-9+/_=-]{32,}")
_CODE = re.compile(r"[(){}\[\]<>`|\\;,]|\.\.|=>|::|\s|\$\w")


def is_placeholder(value: str) -> bool:
    """Whether a value stands for a secret that is filled in elsewhere, or for none."""
    value = value.strip().strip("\"'")
    if not value or any(mark in value for mark in PLACEHOLDER_MARKS) or value.startswith(PLACEHOLDER_STARTS):
        return True
    if len(value) <= 200 and (_WHOLE_PLACEHOLDER.fullmatch(value) or _INNER_PLACEHOLDER.search(value)):
        return True
    plain = _NOT_LETTERS.sub("", value[:64].lower())
    return plain in STANDS_FOR_NOTHING or plain.startswith(PLACEHOLDER_WORDS) or _is_elsewhere(value)


def _is_elsewhere(value: str) -> bool:
    if len(value) > 64 or not _WORDS_ONLY.fullmatch(value):
        return False
    first, *others = words_of(value)
    return bool(others) and first in ELSEWHERE


def is_default(value: str) -> bool:
    """Whether a value is a password that everybody knows."""
    return value.lower() in DEFAULT_CREDENTIALS or value.lower() in WELL_KNOWN


def is_weak(value: str) -> bool:
    """Whether a value is a password everybody tries first, or made of the words one writes in place of one."""
    return value.lower() in DEFAULT_CREDENTIALS or (
        len(value) < 64 and bool(_WORDS_ONLY.fullmatch(value)) and FILLERS.issuperset(words_of(value))
    )


def is_something_else(value: str) -> bool:
    """Whether a value is a number, duration, path, URL, host, file, class or algorithm."""
    if len(value) > 256:
        return False
    if _FILE.fullmatch(value):
        return True
    return bool(re.fullmatch(_SOMETHING_ELSE, value, re.VERBOSE | re.IGNORECASE)) and not _is_random_text(value)


def _is_random_text(value: str) -> bool:
    # Base64 may begin with a slash and hold some: no path has so much variety in so few parts.
    return bool(_LONG_RANDOM.fullmatch(value)) and len(classes(value)) >= 3 and entropy(value) >= 4.2


def is_reference(value: str) -> bool:
    """Whether a value is the name of a Secret or of a key in one, such as `orders-db-password`."""
    words = words_of(value) if _WORDS_ONLY.fullmatch(value) else []
    return len(words) > 1 and words[-1] in REFERENCE_ENDS


def is_object_name(value: str) -> bool:
    """Whether a value may be the name of an object: words in lower case, with dashes between, and hardly a digit."""
    return "-" in value and bool(_OBJECT_NAME.fullmatch(value)) and sum(map(str.isdigit, value)) <= 3


def is_password(value: str) -> bool:
    """Whether a value can be the password its name promises."""
    if not 4 <= len(value) <= 256 or any(character.isspace() for character in value):
        return False
    if value.isdecimal():
        return len(value) >= 6 and value not in "012345678901234567890" and len(set(value)) > 2
    return not is_something_else(value) and not is_reference(value)


def is_token(value: str) -> bool:
    """Whether a value can be the token or key its name promises, rather than the name of something."""
    if not 8 <= len(value) <= 4096 or any(character.isspace() for character in value):
        return False
    if value.isdecimal() or is_something_else(value) or is_reference(value) or is_object_name(value):
        return False
    return not reads_as_words(value) and (len(classes(value)) >= 2 or entropy(value) >= 3.0)


def is_random(value: str) -> bool:
    """Whether a value looks random: where its name promises little, this has to tell."""
    if not 16 <= len(value) <= 256 or any(character.isspace() for character in value) or is_something_else(value):
        return False
    if re.fullmatch(r"[0-9a-fA-F]+", value):
        return len(value) >= 32 and entropy(value) >= 3.0
    digits = sum(map(str.isdigit, value))
    if len(classes(value)) < 2 or not digits or is_reference(value) or (digits <= 3 and _has_long_words(value)):
        return False
    return entropy(value) >= (4.0 if len(value) >= 24 else 3.5)


def _has_long_words(value: str) -> bool:
    words = words_of(value)
    return sum(map(len, words)) >= 3.5 * len(words)


def reads_as_words(value: str) -> bool:
    """Whether a value is made of words, such as `InMemoryTokenStore`; a run of many letters is none."""
    if not _WORDS_ONLY.fullmatch(value.strip("_")):
        return False
    words = words_of(value)
    return sum(map(len, words)) >= 3 * len(words) and max(map(len, words)) <= _LONGEST_WORD


def is_code(value: str) -> bool:
    """Whether an unquoted value in a file is an expression rather than a text."""
    return bool(_CODE.search(value))


def classes(value: str) -> set[str]:
    """Return which kinds of characters a value has."""
    found = set()
    for character in value:
        if character.isdigit():
            found.add("digit")
        elif character.isalpha():
            found.add("upper" if character.isupper() else "lower")
        elif character not in "-_.":
            found.add("other")
    return found


def entropy(value: str) -> float:
    """Return the Shannon entropy in bits a character; 0 for nothing."""
    length = len(value)
    return -sum(count / length * log2(count / length) for count in Counter(value).values()) if length else 0.0
