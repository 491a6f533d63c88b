"""The scanner of the exact reader: go-yaml's tokens, for PyYAML's grammar.

It keeps the rules of go-yaml's own scanner, the limits and oddities included: a simple key ends within its
line and within 1,024 characters, and nobody waits to see whether an empty flow collection is a key.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from yaml import tokens as t

from kubelint_py.errors import InputLimitError
from kubelint_py.source.parse_lexemes import ENDS, Cursor, refuse, scan_block, scan_plain, scan_quoted
from kubelint_py.source.parse_properties import scan_anchor, scan_directive, scan_tag
from kubelint_py.source.tree import Mark

_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEY_LENGTH = 1024


class _Key(NamedTuple):
    """A token that becomes a key if a colon follows."""

    number: int
    required: bool
    pos: int
    line: int
    column: int


class Scanner:
    """Gives the tokens of a text one at a time.

    Raises `YamlSyntaxError`, and `InputLimitError` beyond `depth` nested collections of either style.
    """

    def __init__(self, text: str, depth: int) -> None:
        forbidden = _FORBIDDEN.search(text)
        if forbidden:
            refuse(f"the character U+{ord(forbidden[0]):04X} is not allowed in YAML", forbidden.start())
        self._cursor = Cursor(text)
        self._depth = depth
        self._tokens: list[t.Token] = [t.StreamStartToken(Mark(0), Mark(0))]
        self._taken = 0
        self._ended = False
        self._indent = -1
        self._indents: list[int] = []
        self._flow: list[int] = []
        self._keys: list[_Key | None] = [None]
        self._watched: dict[int, int] = {}
        """Number of a token that may be a key, and the flow level it was met on."""
        self._numbers = [0]
        """By flow level, the number of the last token that was watched there."""
        self._key_allowed = True
        self._fetchers = self._make_fetchers()

    def _make_fetchers(self) -> dict[str, Callable[[], None]]:
        return {
            "[": lambda: self._open_flow(t.FlowSequenceStartToken),
            "{": lambda: self._open_flow(t.FlowMappingStartToken),
            "]": lambda: self._close_flow(t.FlowSequenceEndToken),
            "}": lambda: self._close_flow(t.FlowMappingEndToken),
            ",": self._flow_entry,
            "*": lambda: self._anchor(t.AliasToken),
            "&": lambda: self._anchor(t.AnchorToken),
            "!": self._tag,
            "'": self._quoted,
            '"': self._quoted,
        }

    def peek(self) -> t.Token:
        """Return the next token without passing it."""
        while not self._tokens or (not self._ended and self._may_be_key()):
            self._fetch()
        return self._tokens[0]

    def get(self) -> t.Token:
        """Return the next token and pass it."""
        token = self.peek()
        self._taken += 1
        del self._tokens[0]
        return token

    def _may_be_key(self) -> bool:
        level = self._watched.get(self._taken, len(self._keys))
        return level < len(self._keys) and self._valid_key(level) is not None

    def _valid_key(self, level: int) -> _Key | None:
        """Return the waiting key of a flow level, or None when there is none or its colon came too late."""
        key = self._keys[level]
        if key and (key.line < self._cursor.line or key.pos + _KEY_LENGTH < self._cursor.pos):
            if key.required:
                refuse("a colon is missing after this key", key.pos)
            key = self._keys[level] = None
        return key

    def _save_key(self) -> None:
        """Remember that the token about to be scanned may be a key."""
        if self._key_allowed:
            required = not self._flow and self._indent == self._cursor.column
            number = self._taken + len(self._tokens)
            self._drop_key()
            cursor = self._cursor
            self._keys[-1] = _Key(number, required, cursor.pos, cursor.line, cursor.column)
            self._numbers[-1] = number
            self._watched[number] = len(self._keys) - 1

    def _drop_key(self) -> None:
        key = self._keys[-1]
        if key:
            if key.required:
                refuse("a colon is missing after this key", key.pos)
            self._keys[-1] = None
            self._watched.pop(key.number, None)

    def _insert(self, number: int, token: t.Token) -> None:
        """Add a token, before the token of that number unless that one was passed already."""
        at = number - self._taken
        self._tokens.insert(at if at >= 0 else len(self._tokens), token)

    def _roll(self, column: int, number: int, kind: type[t.Token], pos: int) -> None:
        if self._flow or self._indent >= column:
            return
        self._indents.append(self._indent)
        self._indent = column
        self._check_depth(len(self._indents), pos)
        self._insert(number, kind(Mark(pos), Mark(pos)))

    def _check_depth(self, depth: int, pos: int) -> None:
        if depth > self._depth:
            raise InputLimitError(f"more than {self._depth:,} nested collections", pos)

    def _unroll(self, column: int) -> None:
        mark = Mark(self._cursor.pos)
        while not self._flow and self._indent > column:
            self._tokens.append(t.BlockEndToken(mark, mark))
            self._indent = self._indents.pop()

    def _fetch(self) -> None:
        cursor = self._cursor
        self._skip_to_token()
        self._unroll(cursor.column)
        char = cursor.char
        if char == "\0":
            self._end()
        elif cursor.column == 0 and char == "%":
            self._directive()
        elif cursor.at_marker():
            self._marker(t.DocumentStartToken if char == "-" else t.DocumentEndToken)
        elif char in self._fetchers:
            self._fetchers[char]()
        else:
            self._fetch_indicator(char, cursor.text[cursor.pos + 1])

    def _fetch_indicator(self, char: str, following: str) -> None:
        if char == "-" and following in ENDS:
            self._block_entry()
        elif char == "?" and (self._flow or following in ENDS):
            self._question()
        elif char == ":" and (self._flow or following in ENDS):
            self._colon()
        elif char in "|>" and not self._flow:
            self._block_scalar()
        elif char in "#|>%@`" or char in ENDS:
            tab = "a tab cannot indent; use spaces"
            refuse(tab if char == "\t" else f"a plain scalar cannot start with {char!r}; quote it", self._cursor.pos)
        else:
            self._plain()

    def _skip_to_token(self) -> None:
        cursor = self._cursor
        while True:
            cursor.skip_blanks(tabs=bool(self._flow) or not self._key_allowed)
            if cursor.char == "#":
                cursor.skip_line_rest()
            if not cursor.at_break():
                return
            cursor.take_break()
            if not self._flow:
                self._key_allowed = True

    def _add(self, kind: Callable[[Mark, Mark], t.Token], length: int = 1) -> None:
        start = self._cursor.pos
        self._cursor.pos += length
        self._tokens.append(kind(Mark(start), Mark(start + length)))

    def _end(self) -> None:
        self._close_blocks()
        self._ended = True
        self._add(t.StreamEndToken, 0)

    def _directive(self) -> None:
        self._close_blocks()
        start = self._cursor.pos
        name, value = scan_directive(self._cursor)
        self._tokens.append(t.DirectiveToken(name, value, Mark(start), Mark(self._cursor.pos)))

    def _marker(self, kind: Callable[[Mark, Mark], t.Token]) -> None:
        self._close_blocks()
        self._add(kind, 3)

    def _close_blocks(self) -> None:
        self._unroll(-1)
        self._drop_key()
        self._key_allowed = False

    def _open_flow(self, kind: Callable[[Mark, Mark], t.Token]) -> None:
        self._save_key()
        self._flow.append(self._cursor.pos)
        self._keys.append(None)
        self._numbers.append(self._taken + len(self._tokens))
        self._check_depth(len(self._flow), self._cursor.pos)
        self._key_allowed = True
        self._add(kind)

    def _close_flow(self, kind: Callable[[Mark, Mark], t.Token]) -> None:
        self._drop_key()
        if self._flow:
            self._flow.pop()
            self._keys.pop()
            self._watched.pop(self._numbers.pop(), None)
        self._key_allowed = False
        self._add(kind)

    def _flow_entry(self) -> None:
        self._drop_key()
        self._key_allowed = True
        self._add(t.FlowEntryToken)

    def _start_block(self, kind: type[t.Token], refusal: str) -> None:
        """Open a block collection here if it is not open yet."""
        cursor = self._cursor
        if not self._flow and not self._key_allowed:
            refuse(refusal, cursor.pos)
        self._roll(cursor.column, self._taken + len(self._tokens), kind, cursor.pos)

    def _block_entry(self) -> None:
        self._start_block(t.BlockSequenceStartToken, "a list item cannot start here")
        self._drop_key()
        self._key_allowed = True
        self._add(t.BlockEntryToken)

    def _question(self) -> None:
        self._start_block(t.BlockMappingStartToken, "a key cannot start here")
        self._drop_key()
        self._key_allowed = not self._flow
        self._add(t.KeyToken)

    def _colon(self) -> None:
        key = self._valid_key(-1)
        if key:
            self._insert(key.number, t.KeyToken(Mark(key.pos), Mark(key.pos)))
            self._roll(key.column, key.number, t.BlockMappingStartToken, key.pos)
            self._keys[-1] = None
            self._watched.pop(key.number, None)
            self._key_allowed = False
        else:
            refusal = "a key with a value cannot stand here: check indentation, or quote the text"
            self._start_block(t.BlockMappingStartToken, refusal)
            self._key_allowed = not self._flow
        self._add(t.ValueToken)

    def _start_key(self) -> int:
        """Prepare for a token that may be a key, with nothing after it in its line that may be another."""
        self._save_key()
        self._key_allowed = False
        return self._cursor.pos

    def _anchor(self, kind: Callable[[str, Mark, Mark], t.Token]) -> None:
        start = self._start_key()
        name = scan_anchor(self._cursor)
        self._tokens.append(kind(name, Mark(start), Mark(self._cursor.pos)))

    def _tag(self) -> None:
        start = self._start_key()
        value = scan_tag(self._cursor)
        self._tokens.append(t.TagToken(value, Mark(start), Mark(self._cursor.pos)))

    def _quoted(self) -> None:
        start, quote = self._start_key(), self._cursor.char
        value = scan_quoted(self._cursor)
        self._tokens.append(t.ScalarToken(value, False, Mark(start), Mark(self._cursor.pos), quote))

    def _plain(self) -> None:
        start = self._start_key()
        value, end, self._key_allowed = scan_plain(self._cursor, bool(self._flow), self._indent + 1)
        self._tokens.append(t.ScalarToken(value, True, Mark(start), Mark(end)))

    def _block_scalar(self) -> None:
        self._drop_key()
        self._key_allowed = True
        start, style = self._cursor.pos, self._cursor.char
        value, end = scan_block(self._cursor, self._indent)
        self._tokens.append(t.ScalarToken(value, False, Mark(start), Mark(end), style))
