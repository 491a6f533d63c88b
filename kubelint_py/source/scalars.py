"""Scalars as Kubernetes reads them.

The rules are those of `sigs.k8s.io/yaml`: a YAML 1.1 resolver (`yes` is true, `0644` and `0o644` are
420, `12:30` and dates stay strings) followed by conversion to JSON (`3.0` and `1e3` are whole numbers,
`.inf` cannot be written, keys become strings).

`resolve` and `resolve_tagged` give the resolver's value: str, bool, None, int within 64 bits, or float.
Two keys of a mapping are the same when these values and their types are. `json_value` and `key_text`
are the conversion. What raises `ValueError` does so with a text fit for the user.
"""

from __future__ import annotations

import re
import struct
from functools import lru_cache
from math import inf, isfinite, nan
from typing import Any

HINTS = frozenset("yYnNtTfFoO~.+-0123456789")
"""First characters of a plain scalar that may be anything but a string; the empty scalar is null."""

_TRUE = ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")
_FALSE = ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")
_NULL = ("", "~", "null", "Null", "NULL")
_WORDS: dict[str, Any] = {
    **dict.fromkeys(_TRUE, True),
    **dict.fromkeys(_FALSE, False),
    **dict.fromkeys(_NULL),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), inf),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), -inf),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), nan),
}
WORD_KEYS = frozenset(word for word in _WORDS if word[:1] > ":") | {"<<"}
"""Plain keys that are no string (or merge), besides those whose first character sorts before a colon."""

_PREFIX = "tag:yaml.org,2002:"
STR, BOOL, INT, FLOAT, NULL = (_PREFIX + name for name in ("str", "bool", "int", "float", "null"))
TIMESTAMP, BINARY, MERGE = (_PREFIX + name for name in ("timestamp", "binary", "merge"))
_RESOLVED = frozenset((STR, BOOL, INT, FLOAT, NULL, TIMESTAMP))

_INTEGER = re.compile(
    r"[-+]?(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<bin>[01]+)|0[oO]?(?P<oct>[0-7]+)|(?P<dec>0|[1-9][0-9]*))"
)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_FRACTION = re.compile(r"\.[0-9]+(?:_[0-9]+)*(?:[eE][-+]?[0-9]+(?:_[0-9]+)*)?")
_SIGNED_BINARY = re.compile(r"0b[-+][01]+")
_BASE64 = re.compile(r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?")
_TIME = (
    r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})"
    r"(?:(?P<mark>[Tt]| +)(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{1,2}):(?P<second>[0-9]{1,2})(?:[.,][0-9]+)?"
    r"(?P<zone>Z|[-+][0-9]{2}:[0-9]{2})?)?"
)
_BASES = (("hex", 16), ("bin", 2), ("oct", 8), ("dec", 10))
_MOST_DIGITS = 20
"""Decimal digits of the largest unsigned 64-bit number."""


def resolve(text: str) -> Any:
    """Return the value of an untagged plain scalar."""
    if not text or text[0] in HINTS:
        if text in _WORDS:
            return _WORDS[text]
        if text[0] in "+-0123456789":
            return _number(text)
        if text[0] == "." and _FRACTION.fullmatch(text):
            return _finite(text.replace("_", ""), text)
    return text


def _number(text: str) -> Any:
    digits = text.replace("_", "")
    match = _INTEGER.fullmatch(digits)
    if match:
        number = _integer(match)
        if number is not None:
            return number
    if _FLOAT.fullmatch(digits):
        return _finite(digits, text)
    if _SIGNED_BINARY.fullmatch(digits) and len(digits) <= 66:
        number = int(digits[2:], 2)  # noqa: FURB166  the sign stands behind the prefix
        return number if -(2**63) <= number < 2**63 else text
    return text


def _integer(match: re.Match[str]) -> int | None:
    """Return the number if it fits a signed, or written without a sign an unsigned, 64-bit integer."""
    name, base = next(pair for pair in _BASES if match[pair[0]] is not None)
    if base == 10 and len(match[name]) > _MOST_DIGITS:
        return None
    number, sign = int(match[name], base), match[0][0]
    if sign == "-":
        return -number if number <= 2**63 else None
    return number if number < 2**63 or (sign != "+" and number < 2**64) else None


def _finite(digits: str, text: str) -> Any:
    number = float(digits)
    return number if isfinite(number) else text


def resolve_tagged(tag: str, text: str) -> Any:
    """Return the value of a scalar with an explicit tag, however it is quoted."""
    if tag == BINARY:
        return _binary(text)
    if tag not in _RESOLVED or tag == STR:
        return text
    if tag == TIMESTAMP:
        if _is_time(text):
            return text
        raise ValueError(f"{_short(text)} is not a timestamp")
    value = resolve(text)
    kind = {bool: BOOL, int: INT, float: FLOAT, type(None): NULL}.get(type(value))
    if kind == tag:
        return value
    if tag == FLOAT and kind == INT and value < 2**63:
        return float(value)
    raise ValueError(f"{_short(text)} is not a value of !!{tag[len(_PREFIX) :]}")


def _short(text: str) -> str:
    return repr(text if len(text) <= 20 else text[:17] + "...")


def _binary(text: str) -> str:
    """Decode base64; a byte that is not UTF-8 becomes U+FFFD, as when Go writes JSON."""
    from binascii import a2b_base64  # noqa: PLC0415  rare, keeps start-up lean

    compact = text.replace("\n", "").replace("\r", "")
    if not _BASE64.fullmatch(compact):
        raise ValueError("the value of !!binary is not base64")
    return re.sub("[\udc80-\udcff]", "\ufffd", a2b_base64(compact).decode("utf-8", "surrogateescape"))


def _is_time(text: str) -> bool:
    """Tell whether go-yaml reads the text as a timestamp: a date, or date and time (a zone after T only)."""
    match = re.fullmatch(_TIME, text)
    if not match or (match["mark"] is not None and (match["mark"][0] == " ") == (match["zone"] is not None)):
        return False
    from datetime import date, time  # noqa: PLC0415  rare, keeps start-up lean

    try:
        date(int(match["year"]) or 4, int(match["month"]), int(match["day"]))
        time(int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0))
    except ValueError:
        return False
    zone = match["zone"]
    return zone in (None, "Z") or (int(zone[1:3]) <= 24 and int(zone[4:]) <= 60)


def json_value(value: Any) -> Any:
    """Return a resolved value as JSON holds it: a whole float is an int when it fits 64 bits.

    Infinity and not-a-number, which JSON cannot hold, are left to the caller.
    """
    if type(value) is not float or not value.is_integer():
        return value
    if abs(value) < 2**53:
        return int(value)
    return _whole(value)


def _whole(value: float) -> int | float:
    """Return the number JSON shows: the shortest digits that give this float, padded with zeros."""
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    fraction = fraction.rstrip("0")
    number = int(whole + fraction) * 10 ** (int(exponent or 0) - len(fraction))
    return number if -(2**63) <= number < 2**64 else value


@lru_cache(maxsize=1 << 14)
def plain_value(text: str) -> Any:
    """Return an untagged plain scalar as JSON holds it."""
    return json_value(resolve(text))


def key_text(key: Any) -> str | None:
    """Return a resolved key as the string it becomes; None for null and for an integer that is too large."""
    if type(key) is str or key is None:
        return key
    if type(key) is bool:
        return "true" if key else "false"
    if type(key) is float:
        return _float_key(key)
    return str(key) if key < 2**63 else None


def _float_key(number: float) -> str:
    """Format as Go's `FormatFloat(number, 'g', -1, 32)`, with YAML's words for what is not finite."""
    try:
        packed = struct.pack("<f", number)
    except OverflowError:
        packed = struct.pack("<f", inf if number > 0 else -inf)
    single = struct.unpack("<f", packed)[0]
    if not isfinite(single):
        return ".nan" if single != single else ".inf" if single > 0 else "-.inf"  # noqa: PLR0124
    texts = (f"{single:.{precision}e}" for precision in range(9))
    text = next(text for text in texts if struct.pack("<f", float(text)) == packed)
    mantissa, _, power = text.partition("e")
    exponent = int(power)
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    if not -4 <= exponent < 6:
        return f"{mantissa}e{exponent:+03d}"
    return _positional(mantissa, exponent)


def _positional(mantissa: str, exponent: int) -> str:
    sign, digits = ("-" if mantissa[0] == "-" else ""), mantissa.replace("-", "").replace(".", "")
    if exponent < 0:
        return f"{sign}0.{'0' * (-exponent - 1)}{digits}"
    whole, fraction = digits[: exponent + 1].ljust(exponent + 1, "0"), digits[exponent + 1 :]
    return f"{sign}{whole}.{fraction}" if fraction else sign + whole
