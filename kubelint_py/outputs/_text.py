"""Text of unknown origin made safe to show.

Names, messages and lines come from manifests that nobody has checked. What a terminal or a reader
would not show as it is (control characters, escape sequences, changes of direction, invisible
characters, lone surrogates) is written as a backslash escape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubelint_py.finding import Finding

TAB = "    "
LIMIT = 1000


def plain(text: str, limit: int = LIMIT) -> str:
    """Return at most `limit` characters of a text on one line, with what cannot be shown escaped."""
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else escaped(character) for character in text)


def escaped(character: str) -> str:
    r"""Return an unprintable character as an escape such as `\x1b` or `\u202e`."""
    return character.encode("unicode_escape").decode("ascii")


def cells(text: str) -> int:
    """Return how many columns of a terminal a printable text takes.

    Combining marks take none, wide East Asian characters two (Unicode Standard Annex 11).
    """
    if text.isascii():
        return len(text)
    from unicodedata import category, east_asian_width  # noqa: PLC0415

    def width(character: str) -> int:
        if category(character) in {"Mn", "Me"}:
            return 0
        return 2 if east_asian_width(character) in {"W", "F"} else 1

    return sum(map(width, text))


def plural(count: int, noun: str) -> str:
    """Return a count with its noun."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def place(file: str, line: int = 0, column: int = 0) -> str:
    """Return `file:line:column`, or the file alone where there is no position."""
    return f"{plain(file)}:{line}:{column}" if line else plain(file)


def subject(finding: Finding) -> str:
    """Return ` (Kind/name)`, or nothing when there is no object or the message names it already."""
    if finding.object is None:
        return ""
    name = plain("/".join(part for part in (finding.object.kind, finding.object.name) if part), 200)
    return f" ({name})" if name and name not in plain(finding.message) else ""


def unlocated(file: str) -> str:
    """Return the file as reported: what `locate` is where nobody knows better."""
    return file


def relative(file: str, locate: Callable[[str], str]) -> str:
    """Return the located file without leading `./` and doubled slashes."""
    from posixpath import normpath  # noqa: PLC0415

    return normpath(locate(file)) if file else ""
