"""Template actions in a text that should be a manifest."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kubelint_py.errors import DocumentError, YamlSyntaxError

_ACTIONS = ("{{", "{%")
_LINE = re.compile(r"[^\n]*\n?")
_BLOCK_HEADER = re.compile(r"(?:^|[\s:-])[|>][-+0-9]{0,3}$")
_TOKEN = re.compile(r"\{\{|\{%|(?<![^\s])#|(?<![^\s\[{,:(-])[\"']")
_SEQUENCE_MARKS = re.compile(r"(?:- +)*")
_SHOWN = 60


def unrendered_template(text: str, error: DocumentError | None) -> str:
    """Return the message for a refused document that is an unrendered template; empty when it is none.

    `text` is that of the document. An action is `{{ … }}` or `{% … %}` outside comments, quotes
    and block scalars: there YAML reads it as text and it cannot be why the document is refused.
    """
    if not isinstance(error, YamlSyntaxError):
        return ""
    offset = template_action(text)
    return "" if offset < 0 else f"template action {_excerpt(text, offset)} is not rendered; lint the rendered output"


def template_action(text: str) -> int:
    """Return the offset of the first template action outside comments, quotes and block scalars, or -1."""
    if not any(action in text for action in _ACTIONS):
        return -1
    quote = ""
    for start, line in _lines_outside_blocks(text):
        found, quote = _scan(line, quote)
        if found >= 0:
            return start + found
    return -1


def _lines_outside_blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield offset and text of each line that is not content of a block scalar."""
    block: int | None = None
    for match in _LINE.finditer(text):
        line = match.group()
        bare = line.strip()
        if block is not None and (not bare or _indent(line) > block):
            continue
        block = None
        if bare:
            yield match.start(), line
        if _BLOCK_HEADER.search(_without_comment(bare)):
            block = _parent_indent(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _parent_indent(line: str) -> int:
    """Return the indentation that the content of a block scalar opened on this line must exceed."""
    indent = _indent(line)
    marks = _SEQUENCE_MARKS.match(line, indent)
    end = marks.end() if marks else indent
    return indent if line[end : end + 1] in {"|", ">"} else end


def _without_comment(line: str) -> str:
    at = line.find(" #")
    return line[:at].rstrip() if at >= 0 else line


def _scan(line: str, quote: str) -> tuple[int, str]:
    """Return where an action stands in a line (or -1) and the quote that is still open at its end."""
    at = 0
    if quote:
        at = _quote_end(line, 0, quote)
        if at < 0:
            return -1, quote
    last_close = line.rfind("}}")
    while match := _TOKEN.search(line, at):
        mark, at = match.group(), match.end()
        if mark in _ACTIONS:
            return match.start(), ""
        if mark == "#":
            return -1, ""
        end = _quote_end(line, at, mark)
        if 0 <= end <= last_close and (torn := _torn_action(line, at, end)) >= 0:
            return torn, ""
        if end < 0:
            return -1, mark
        at = end
    return -1, ""


def _quote_end(line: str, at: int, quote: str) -> int:
    """Return the offset behind the closing quote, or -1 when the line ends before it."""
    while (end := line.find(quote, at)) >= 0:
        if quote == "'" and line.startswith("''", end):
            at = end + 2
        elif quote == '"' and _is_escaped(line, end):
            at = end + 1
        else:
            return end + 1
    return -1


def _is_escaped(line: str, at: int) -> bool:
    start = at
    while start and line[start - 1] == "\\":
        start -= 1
    return (at - start) % 2 == 1


def _torn_action(line: str, start: int, end: int) -> int:
    """Return where an action starts that a quote inside it tears apart, as in `"{{ get "name" }}"`, or -1."""
    at = line.find("{{", start, end)
    return -1 if at < 0 or line.find("}}", at, end) >= 0 else at


def _excerpt(text: str, offset: int) -> str:
    action = text[offset : offset + 2]
    line = text[offset : offset + 10 * _SHOWN].partition("\n")[0].rstrip()
    end = line.find("}}" if action == "{{" else "%}")
    action = line[: end + 2] if end >= 0 else line
    return action if len(action) <= _SHOWN else action[:_SHOWN] + "…"
