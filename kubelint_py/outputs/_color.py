"""ANSI colours (ECMA-48, select graphic rendition)."""

from __future__ import annotations

_STYLES = {
    "critical": "1;31",
    "high": "31",
    "medium": "33",
    "low": "36",
    "info": "34",
    "place": "1",
    "note": "32",
    "faint": "2",
}


def paint(text: str, style: str, color: bool) -> str:
    """Return the text in the style of a severity or of a part, unchanged without colour."""
    return f"\x1b[{_STYLES[style]}m{text}\x1b[0m" if color and text else text
