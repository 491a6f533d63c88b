r"""Scalars as text: the part of the scanner that needs no state but its place.

go-yaml descends from libyaml 0.1. Where that differs from the libyaml of today (`?` and `:` in flow style,
the escapes `\'` and `\/`, tags beside flow indicators, directives) this follows go-yaml. Line breaks are
LF, CRLF, CR, NEL, LS and PS; blanks are spaces and tabs.
"""

from __future__ import annotations

import re
from typing import NoReturn

from kubelint_py.errors import YamlSyntaxError
from kubelint_py.source.text import BREAK, BREAKS

BLANKS = " \t"
ENDS = BLANKS + BREAKS + "\0"
"""What may follow an indicator; the text ends with a zero character, which no YAML text may hold."""

_REST = re.compile(f"[^{BREAKS}\0]*")
_BLANK_RUN = re.compile("[ \t]*")
_SPACE_RUN = re.compile(" *")
_PLAIN = {
    flow: re.compile(f"[^:#{stops}]*(?:(?::(?![{ENDS}])|(?<![ \t])#)[^:#{stops}]*)*")
    for flow, stops in ((False, BREAKS + "\0"), (True, BREAKS + "\0" + r",?\[\]{}"))
}
_QUOTED = {"'": re.compile(f"[^'{BREAKS}\0]+"), '"': re.compile(f'[^"\\\\{BREAKS}\0]+')}
_HEADER = re.compile(rf"[|>](?:([+-])([0-9])?|([0-9])([+-])?)?[ \t]*(?:#[^{BREAKS}\0]*)?")
_ESCAPES = {
    "0": "\0", "a": "\a", "b": "\b", "t": "\t", "\t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b",
    " ": " ", '"': '"', "'": "'", "\\": "\\", "N": "\x85", "_": "\xa0", "L": "\u2028", "P": "\u2029",
}  # fmt: skip
_CODES = {code: re.compile(f"[0-9A-Fa-f]{{{length}}}") for code, length in (("x", 2), ("u", 4), ("U", 8))}


def refuse(message: str, offset: int) -> NoReturn:
    """Refuse the document because of what stands at `offset` of the scanned text."""
    raise YamlSyntaxError(message, offset)


class Cursor:
    """A place in the text that knows its line; `line` counts from 0, `column` in characters."""

    __slots__ = ("line", "line_start", "pos", "text")

    def __init__(self, text: str) -> None:
        self.text = text + "\0\0\0\0"
        self.pos = self.line = self.line_start = 0

    @property
    def column(self) -> int:
        """Characters since the start of the line."""
        return self.pos - self.line_start

    @property
    def char(self) -> str:
        """The character here; the zero character at the end."""
        return self.text[self.pos]

    def at_break(self) -> bool:
        """Tell whether a line ends here."""
        return self.text[self.pos] in BREAKS

    def at_marker(self) -> bool:
        """Tell whether `---` or `...` stands here at the start of a line."""
        return (
            self.pos == self.line_start
            and self.text.startswith(("---", "..."), self.pos)
            and self.text[self.pos + 3] in ENDS
        )

    def take_break(self) -> str:
        """Pass a line break and return what it adds to a scalar; empty when there is none."""
        match = BREAK.match(self.text, self.pos)
        if not match:
            return ""
        self.pos = self.line_start = match.end()
        self.line += 1
        return match[0] if match[0] in "\u2028\u2029" else "\n"

    def skip_line_rest(self) -> None:
        """Pass everything up to the line break."""
        self.pos = self._end(_REST)

    def skip_blanks(self, *, tabs: bool) -> None:
        """Pass spaces, and tabs where they are allowed."""
        self.pos = self._end(_BLANK_RUN if tabs else _SPACE_RUN)

    def _end(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self.text, self.pos)
        return match.end() if match else self.pos

    def take(self, pattern: re.Pattern[str]) -> str:
        """Pass what the pattern matches here and return it."""
        start, self.pos = self.pos, self._end(pattern)
        return self.text[start : self.pos]


def scan_plain(cursor: Cursor, flow: bool, indent: int) -> tuple[str, int, bool]:
    """Scan a plain scalar; return its value, its end, and whether the place after it starts a line.

    Outside of flow style its lines are indented by at least `indent`.
    """
    parts: list[str] = []
    gap, end, broken = "", cursor.pos, False
    while not cursor.at_marker() and cursor.char != "#":
        run = cursor.take(_PLAIN[flow])
        text = run.rstrip(BLANKS)
        if not text:
            break
        cursor.pos -= len(run) - len(text)
        parts += (gap, text)
        end, broken = cursor.pos, False
        if cursor.char not in ENDS or cursor.char == "\0":
            break
        gap, broken = _scan_gap(cursor, indent, escaped=False)
        if not flow and cursor.column < indent:
            break
    return "".join(parts), end, broken


def _scan_gap(cursor: Cursor, indent: int, *, escaped: bool) -> tuple[str, bool]:
    """Pass blanks and line breaks within a scalar; return what they fold to and whether a line ended.

    `escaped` says that an escaped line break came right before. A tab before column `indent` is refused.
    """
    blanks = cursor.take(_BLANK_RUN)
    if not escaped and not cursor.at_break():
        return blanks, False
    first = "" if escaped else cursor.take_break()
    rest: list[str] = []
    while True:
        start = cursor.pos
        tab = cursor.take(_BLANK_RUN).find("\t")
        if tab >= 0 and start + tab - cursor.line_start < indent:
            refuse("a tab cannot indent the lines of a plain scalar", start + tab)
        if not cursor.at_break():
            break
        rest.append(cursor.take_break())
    if first == "\n":
        return "".join(rest) or " ", True
    return first + "".join(rest), True


def scan_quoted(cursor: Cursor) -> str:
    """Scan a quoted scalar and return its value."""
    start, quote = cursor.pos, cursor.char
    cursor.pos += 1
    parts: list[str] = []
    while True:
        run = cursor.take(_QUOTED[quote])
        if cursor.at_break():
            parts += (run.rstrip(BLANKS), _scan_gap(cursor, 0, escaped=False)[0])
        else:
            parts.append(run)
            if cursor.char == quote and not cursor.text.startswith("''", cursor.pos):
                cursor.pos += 1
                return "".join(parts)
            if cursor.char == "\0":
                refuse("this quote is never closed", start)
            parts.append(_scan_escape(cursor, quote))
        if cursor.at_marker():
            refuse("the document ends before this quote is closed", start)


def _scan_escape(cursor: Cursor, quote: str) -> str:
    """Pass a doubled quote or an escape sequence and return what it stands for."""
    cursor.pos += 2
    if quote == "'":
        return "'"
    code = cursor.text[cursor.pos - 1]
    if code in BREAKS:
        cursor.pos -= 1
        cursor.take_break()
        return _scan_gap(cursor, 0, escaped=True)[0]
    if code in _ESCAPES:
        return _ESCAPES[code]
    digits = cursor.take(_CODES[code]) if code in _CODES else ""
    if not digits:
        refuse(
            f"unknown escape sequence {cursor.text[cursor.pos - 2 : cursor.pos]!r}".replace("\\\\", "\\"),
            cursor.pos - 2,
        )
    value = int(digits, 16)
    if 0xD800 <= value <= 0xDFFF or value > 0x10FFFF:
        refuse("this escape sequence is not a Unicode character", cursor.pos - len(digits) - 2)
    return chr(value)


def scan_block(cursor: Cursor, parent: int) -> tuple[str, int]:
    """Scan a literal or folded scalar below indentation `parent`; return its value and its end."""
    start, folded = cursor.pos, cursor.char == ">"
    match = _HEADER.match(cursor.text, cursor.pos)
    chomping, digit = (match[1] or match[4] or "", match[2] or match[3] or "") if match else ("", "")
    cursor.pos = match.end() if match else cursor.pos
    if digit == "0" or not (cursor.at_break() or cursor.char == "\0"):
        refuse("this is no header of a block scalar", start)
    cursor.take_break()
    indent = max(parent, 0) + int(digit) if digit else 0
    parts: list[str] = []
    breaks, indent, end = _scan_indentation(cursor, indent, parent)
    leading, leading_blank = "", False
    while cursor.column == indent and cursor.char != "\0":
        blank = cursor.char in BLANKS
        if folded and leading == "\n" and not leading_blank and not blank:
            parts.append("" if breaks else " ")
        else:
            parts.append(leading)
        parts += (breaks, cursor.take(_REST))
        leading, leading_blank = cursor.take_break(), blank
        breaks, _, end = _scan_indentation(cursor, indent, parent)
    parts.append("" if chomping == "-" else leading)
    parts.append(breaks if chomping == "+" else "")
    return "".join(parts), end


def _scan_indentation(cursor: Cursor, indent: int, parent: int) -> tuple[str, int, int]:
    """Pass empty lines and the indentation of a block scalar; return the breaks, the indentation, the end."""
    breaks: list[str] = []
    end, deepest = cursor.pos, 0
    while True:
        start = cursor.pos
        cursor.skip_blanks(tabs=False)
        if indent and cursor.column > indent:
            cursor.pos = max(start, cursor.line_start + indent)
        deepest = max(deepest, cursor.column)
        if (not indent or cursor.column < indent) and cursor.char == "\t":
            refuse("a tab cannot indent a block scalar", cursor.pos)
        if not cursor.at_break():
            return "".join(breaks), indent or max(deepest, parent + 1, 1), end
        breaks.append(cursor.take_break())
        end = cursor.pos
