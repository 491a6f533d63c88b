"""Where a part of a string stands in the manifest, so that a finding points at it and hides all of it."""

from __future__ import annotations

from collections.abc import Iterable

from kubelint_py.authoring import Node
from kubelint_py.source.text import Position, Source, Span


def place(node: Node, start: int, end: int) -> Span | None:
    """Return where the characters `start` to `end` of a field's text stand.

    What cannot be found because the text is folded or escaped stands anywhere in the field, so all of it is
    returned. None where there is no text, and for the whole of a field on one line, which is where findings point;
    so they do for a part of what an alias stands for, which then can be suppressed at the alias too.
    """
    location, source = node.document.locate(node.path), node.document.source
    if location is None or source is None or not isinstance(node.value, str):
        return None
    whole = location.span
    if whole.start.line == whole.end.line and (location.alias or end - start == len(node.value)):
        return None
    first = source.offset(whole.start)
    if source.text[first : first + 1] == "|":
        return _in_block(node.value, start, end, whole, source) or whole
    raw, part = source.text[first : source.offset(whole.end)], node.value[start:end]
    at = raw.find(node.value)
    if at >= 0:
        return source.span(first + at + start, first + at + end)
    at = raw.find(part)
    return source.span(first + at, first + at + len(part)) if raw.count(part) == 1 else whole


def _in_block(value: str, start: int, end: int, whole: Span, source: Source) -> Span | None:
    first, last = _position(value, start, whole, source), _position(value, end, whole, source)
    return Span(first, last) if first and last else None


def _position(value: str, offset: int, whole: Span, source: Source) -> Position | None:
    """Return where a character of a literal block stands: its lines are those below the header, indented."""
    above = value.count("\n", 0, offset)
    begin = value.rfind("\n", 0, offset) + 1
    stop = value.find("\n", begin)
    text = value[begin : stop if stop >= 0 else len(value)]
    written = source.line_text(whole.start.line + 1 + above)
    if not written.endswith(text):
        return None
    return Position(whole.start.line + 1 + above, len(written) - len(text) + offset - begin + 1)


def around(fields: Iterable[tuple[Node, Span | None]]) -> Span | None:
    """Return the span from the first to the last of some fields or parts of them; None where there is no text."""
    found = []
    for node, part in fields:
        location = None if part else node.document.locate(node.path)
        found += [part] if part else [location.span] if location else []
    return Span(min(span.start for span in found), max(span.end for span in found)) if found else None
