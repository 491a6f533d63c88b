"""Resource quantities such as `500m`, `1.5Gi` or `1e3`.

A quantity is a number and a suffix: n u m k M G T P E (powers of 1000), Ki Mi Gi Ti Pi Ei (powers of 1024), or
a decimal exponent. What is finer than 1n is rounded away from zero to a multiple of it, and a quantity with a
binary suffix ends at 2**63 - 1.
Source: Kubernetes API, `resource.Quantity` of apimachinery, whose leniency is kept: digits may be missing.
"""

from __future__ import annotations

import re
from decimal import MAX_EMAX, MIN_EMIN, ROUND_UP, Context, Decimal

from kubelint_py.errors import KubelintError

_QUANTITY = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?([eEinumkKMGTP]+[+-]?[0-9]*|[+-][0-9]*)?")
_EXPONENT = re.compile(r"[eE]([+-]?)0*([0-9]+)")
_DECIMAL = {"n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18}
_BINARY = {"Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60}
_NANO = -9
_INT64_MAX = 2**63 - 1
_INT64_MIN = -(2**63)


class InvalidQuantity(KubelintError, ValueError):  # noqa: N818 - the name says what is wrong
    """A text is not a quantity."""


def parse(text: str) -> Decimal:
    """Return the value of a quantity, exact but for rounding up to 1n. Raises `InvalidQuantity` if it is none.

    Blanks are not part of a quantity; see `read` for a field's value. The exponent of the result can be huge,
    so compare it, and use `value` rather than `int`.
    """
    match = _QUANTITY.fullmatch(text) if isinstance(text, str) and text else None
    if match is None:
        raise _invalid(text)
    sign, whole, fraction, suffix = (group or "" for group in match.groups())
    binary = _BINARY.get(suffix)
    exponent = 0 if binary else _exponent(text, suffix)
    # Upstream reads a bare suffix as zero unless the power is too great for its short way.
    if not whole and not fraction and (exponent < _NANO or (binary or 0) >= _BINARY["Pi"]):
        raise _invalid(text)
    number = Decimal(f"{whole or 0}.{fraction}E{exponent}")
    if not number:
        return Decimal(0)
    finer = exponent - len(fraction) < _NANO
    if binary or finer:
        number = _settle(number, 2 ** (binary or 0), len(whole) + len(fraction), finer)
    if binary:
        number = min(number, Decimal(_INT64_MAX))
    return number.copy_negate() if sign == "-" else number


def _settle(number: Decimal, factor: int, digits: int, finer: bool) -> Decimal:
    """Multiply exactly, and round up to 1n what has more places."""
    context = Context(prec=digits + 30, Emin=MIN_EMIN, Emax=MAX_EMAX, rounding=ROUND_UP)
    number = context.multiply(number, Decimal(factor))
    return context.quantize(number, Decimal((0, (1,), _NANO))) if finer else number


def read(value: object) -> Decimal:
    """Return the quantity a manifest's field holds: a string, blanks around it allowed, or a number.

    Raises `InvalidQuantity` for anything else.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, float):
        return parse(repr(value))
    return parse(value.strip() if isinstance(value, str) else "")


def value(quantity: Decimal) -> int | None:
    """Return a quantity in whole units, rounded away from zero; None beyond 64 bits."""
    return _scaled(quantity, 0)


def milli_value(quantity: Decimal) -> int | None:
    """Return a quantity in thousandths, rounded away from zero; None beyond 64 bits."""
    return _scaled(quantity, 3)


def _scaled(quantity: Decimal, places: int) -> int | None:
    if quantity.adjusted() + places > 20:
        return None
    context = Context(prec=40, Emin=MIN_EMIN, Emax=MAX_EMAX, rounding=ROUND_UP)
    rounded = context.quantize(quantity, Decimal((0, (1,), -places)))
    number = int(context.scaleb(rounded, places))
    return number if _INT64_MIN <= number <= _INT64_MAX else None


def _exponent(text: str, suffix: str) -> int:
    if suffix in _DECIMAL:
        return _DECIMAL[suffix]
    match = _EXPONENT.fullmatch(suffix)
    if match is None or len(match[2]) > 19:
        raise _invalid(text)
    number = int(match[1] + match[2])
    if not _INT64_MIN <= number <= _INT64_MAX:
        raise _invalid(text)
    # Upstream keeps the lower 32 bits.
    return (number + 2**31) % 2**32 - 2**31


def _invalid(text: object) -> InvalidQuantity:
    shown = repr(text)
    return InvalidQuantity(f"{shown if len(shown) <= 100 else shown[:100] + '…'} is not a quantity")
