"""JSON as ASCII, with one item a line where it matters to readers and diffs."""

from __future__ import annotations

import json
import re
from typing import Any

_OTHER = re.compile(r"[^\x00-\x7f]")


def dumps(value: Any) -> str:
    """Return a value as JSON on one line. A lone surrogate, which no parser takes, becomes U+FFFD."""
    text = json.dumps(value, ensure_ascii=False)
    return text if text.isascii() else _OTHER.sub(_escape, text)


def outline(value: Any, depth: int, indent: str = "") -> str:
    """Return a value as JSON whose outer `depth` levels take one line an item."""
    if depth == 0 or not value or not isinstance(value, dict | list):
        return dumps(value)
    inner = indent + "  "
    if isinstance(value, dict):
        items = [f"{dumps(key)}: {outline(item, depth - 1, inner)}" for key, item in value.items()]
        opening, closing = "{", "}"
    else:
        items = [outline(item, depth - 1, inner) for item in value]
        opening, closing = "[", "]"
    lines = f",\n{inner}".join(items)
    return f"{opening}\n{inner}{lines}\n{indent}{closing}"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        code = 0xFFFD
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
