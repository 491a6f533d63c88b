"""Anchors, tags and directives as text, by go-yaml's rules."""

from __future__ import annotations

import re

from kubelint_py.source.parse_lexemes import BLANKS, ENDS, Cursor, refuse

_ALPHA = re.compile("[0-9A-Za-z_-]*")
_HANDLE = re.compile("!(?:[0-9A-Za-z_-]*!)?")
_URI = re.compile(r"(?:[0-9A-Za-z_\-;/?:@&=+$,.!~*'()\[\]]|%[0-9A-Fa-f]{2})*")
_VERSION = re.compile("[ \t]*([0-9]{1,2})[.]([0-9]{1,2})")


def scan_anchor(cursor: Cursor) -> str:
    """Scan an anchor or an alias and return its name."""
    start = cursor.pos
    cursor.pos += 1
    name = cursor.take(_ALPHA)
    if not name or cursor.char not in ENDS + "?:,]}%@`":
        kind = "an anchor" if cursor.text[start] == "&" else "an alias"
        refuse(f"a name of letters, digits, '-' and '_' has to follow '{cursor.text[start]}' ({kind}); quote it", start)
    return name


def scan_tag(cursor: Cursor) -> tuple[str | None, str]:
    """Scan a tag and return its handle (None for a verbatim tag and for `!`) and its suffix."""
    start = cursor.pos
    if cursor.text[start + 1] == "<":
        cursor.pos += 2
        handle, suffix = None, _scan_uri(cursor)
        if not suffix or cursor.char != ">":
            refuse("this tag has no closing '>'", start)
        cursor.pos += 1
    else:
        handle, suffix = cursor.take(_HANDLE), _scan_uri(cursor)
        if not suffix and handle != "!":
            refuse("this tag has no name", start)
        handle, suffix = (handle, suffix) if suffix else (None, "!")
    if cursor.char not in ENDS:
        refuse("a tag ends with a space; this one does not", start)
    return handle, suffix


def _scan_uri(cursor: Cursor) -> str:
    start = cursor.pos
    text = cursor.take(_URI)
    if "%" not in text:
        return text
    from urllib.parse import unquote  # noqa: PLC0415  rare, keeps start-up lean

    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return refuse("the escapes of this tag are not UTF-8", start)


def scan_directive(cursor: Cursor) -> tuple[str, tuple[object, object]]:
    """Scan a directive and its line; return its name and value."""
    start = cursor.pos
    cursor.pos += 1
    name = cursor.take(_ALPHA)
    if name == "YAML" and cursor.char in ENDS:
        value = _scan_version(cursor, start)
    elif name == "TAG" and cursor.char in ENDS:
        value = _scan_tag_directive(cursor, start)
    else:
        refuse("a line that starts with '%' has to be a %YAML or %TAG directive", start)
    cursor.skip_blanks(tabs=True)
    if cursor.char == "#":
        cursor.skip_line_rest()
    if not cursor.at_break() and cursor.char != "\0":
        refuse("only a comment may follow a directive", cursor.pos)
    cursor.take_break()
    return name, value


def _scan_version(cursor: Cursor, start: int) -> tuple[object, object]:
    match = _VERSION.match(cursor.text, cursor.pos)
    if not match:
        refuse("a %YAML directive needs a version such as 1.1", start)
    cursor.pos = match.end()
    return int(match[1]), int(match[2])


def _scan_tag_directive(cursor: Cursor, start: int) -> tuple[object, object]:
    cursor.skip_blanks(tabs=True)
    handle = cursor.take(_HANDLE)
    if not handle or cursor.char not in BLANKS:
        refuse("a %TAG directive needs a handle such as '!e!'", start)
    cursor.skip_blanks(tabs=True)
    prefix = _scan_uri(cursor)
    if not prefix or cursor.char not in ENDS:
        refuse("a %TAG directive needs a prefix", start)
    return handle, prefix
