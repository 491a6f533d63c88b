r"""The JSON reader: one value, concatenated values (NDJSON among them), or an array with a document per element.

Values and places are those of the YAML reader: `3.0` is an int, an integer beyond 64 bits a float, the last
of repeated keys counts. Unlike in YAML `\/` and surrogate pairs are read; half a pair becomes U+FFFD.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from math import inf
from typing import Any, NamedTuple, NoReturn

from yaml import events as e

from kubelint_py.errors import DocumentError, YamlSyntaxError
from kubelint_py.source.body import Composed, Place, TreeBody, surveyed
from kubelint_py.source.parse_compose import compose
from kubelint_py.source.parse_yaml import DEPTH
from kubelint_py.source.plain import is_shallow
from kubelint_py.source.scalars import json_value, plain_value
from kubelint_py.source.text import Source
from kubelint_py.source.tree import Mark

_SPACE = re.compile(r"[ \t\r\n]*")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_RESUME = re.compile(r"[\r\n](?=[{\[])")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")
_STRING = re.compile(r'"(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"')
_WORD = re.compile("true|false|null")
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_LONGEST = 25
"""Digits, sign included, of which an integer may still fit 64 bits."""


class _Value(NamedTuple):
    """A value of the text: where it ends, and its data unless only a tree can give it."""

    end: int
    data: Any
    duplicate_keys: bool
    composed: Composed | None = None


def read_json(source: Source, depth: int) -> Iterator[TreeBody]:
    """Yield the documents of a JSON text; a refused value is one too, and reading resumes at the next line
    that starts with a bracket.
    """
    text = source.text
    pos = _skip(text, 1 if text.startswith("\ufeff") else 0)
    if pos == len(text):
        yield TreeBody(source, Place(pos, pos, 0, recompose), None, data=None)
    elif text[pos] == "[":
        yield from _elements(source, pos, depth)
    else:
        yield from _values(source, pos, depth)


def _skip(text: str, pos: int) -> int:
    match = _SPACE.match(text, pos)
    return match.end() if match else pos


def _values(source: Source, pos: int, depth: int) -> Iterator[TreeBody]:
    fast = True
    while pos < len(source.text):
        body = _value_or_refusal(source, pos, depth, fast)
        fast = fast and body.error is None
        yield body
        pos = _skip(source.text, body.end)


def _value_or_refusal(source: Source, pos: int, depth: int, fast: bool) -> TreeBody:
    try:
        return _body(source, pos, (_read_value if fast else _read_strictly)(source.text, pos, depth))
    except DocumentError as error:
        resume = _RESUME.search(source.text, pos + 1)
        end = resume.end() if resume else len(source.text)
        return TreeBody(source, Place(pos, end, 0, recompose), None, error)


def _elements(source: Source, opening: int, depth: int) -> Iterator[TreeBody]:
    """Yield the elements of an array; what is wrong outside of them is a refused document."""
    text = source.text
    pos = _skip(text, opening + 1)
    if text.startswith("]", pos):
        yield TreeBody(source, Place(opening, pos + 1, 0, recompose), None, data=None)
    try:
        while not text.startswith("]", pos):
            value = _read_value(text, pos, depth)
            yield _body(source, pos, value)
            pos = _after_element(text, _skip(text, value.end), opening)
        pos = _skip(text, pos + 1)
        if pos < len(text):
            raise YamlSyntaxError("nothing may follow the array", pos)
    except DocumentError as error:
        yield TreeBody(source, Place(min(pos, len(text)), len(text), 0, recompose), None, error)


def _after_element(text: str, pos: int, opening: int) -> int:
    """Return where the next element or the closing bracket stands."""
    if text.startswith(",", pos):
        pos = _skip(text, pos + 1)
        if not text.startswith("]", pos):
            return pos
        raise YamlSyntaxError("an element is missing before ']'", pos)
    if pos == len(text):
        raise YamlSyntaxError("this bracket is never closed", opening)
    if not text.startswith("]", pos):
        raise YamlSyntaxError("',' or ']' is missing here", pos)
    return pos


def _body(source: Source, start: int, value: _Value) -> TreeBody:
    place = Place(start, value.end, 0, recompose)
    if value.composed:
        return TreeBody(source, place, value.composed)
    return TreeBody(source, place, None, data=value.data, duplicate_keys=value.duplicate_keys)


def _read_value(text: str, pos: int, depth: int) -> _Value:
    """Read the value at `pos`. What the standard library cannot read, or would hold half pairs, becomes a tree.

    Each refusal of the standard library counts the lines of the whole text before it.
    """
    pairs = _Pairs()
    decoder = json.JSONDecoder(
        object_pairs_hook=pairs.take, parse_float=_float, parse_int=_integer, parse_constant=_refuse_constant
    )
    try:
        data, end = decoder.raw_decode(text, pos)
    except (ValueError, RecursionError):
        pass
    else:
        if not _SURROGATE.search(text, pos, end) and (end - pos <= 2 * depth or is_shallow(data, depth)):
            return _Value(end, data, pairs.repeated)
    return _read_strictly(text, pos, depth)


def _read_strictly(text: str, pos: int, depth: int) -> _Value:
    reader = _Reader(text, pos)
    composed = surveyed(next(compose(reader.events(), depth)))
    return _Value(reader.pos, None, False, composed)


def recompose(text: str, ordinal: int) -> Composed | None:
    """Compose a value again; there is at most one in a text."""
    if ordinal or not text:
        return None
    return _read_strictly(text, 0, DEPTH).composed


class _Pairs:
    """Makes dicts and notes whether a key was repeated."""

    __slots__ = ("repeated",)

    def __init__(self) -> None:
        self.repeated = False

    def take(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        self.repeated = self.repeated or len(made) < len(pairs)
        return made


def _float(text: str) -> Any:
    value = float(text)
    if value in (inf, -inf):
        raise ValueError(text)
    return json_value(value)


def _integer(text: str) -> Any:
    value = int(text) if len(text) <= _LONGEST else float(text)
    return value if -(2**63) <= value < 2**64 and type(value) is int else _float(text)


def _refuse_constant(text: str) -> None:
    raise ValueError(text)


class _Reader:
    """Gives the value at `pos` as parsing events and is strict about it; marks count from there."""

    def __init__(self, text: str, pos: int) -> None:
        self.pos = pos
        self._text = text
        self._start = pos

    def _mark(self) -> Any:
        return Mark(self.pos - self._start)

    def _refuse(self, message: str) -> NoReturn:
        if self.pos >= len(self._text):
            raise YamlSyntaxError("the text ends within this value", self._start)
        raise YamlSyntaxError(message, self.pos)

    def _next(self) -> str:
        """Return the next character that is no space; empty at the end."""
        self.pos = _skip(self._text, self.pos)
        return self._text[self.pos : self.pos + 1]

    def events(self) -> Iterator[e.Event]:
        """Yield the events of one document."""
        yield e.DocumentStartEvent()
        closers: list[str] = []
        value_due = True
        while value_due or closers:
            char = self._next()
            if not value_due and char == closers[-1]:
                yield self._close(closers.pop())
            elif not value_due:
                self._pass(char, ",", f"',' or '{closers[-1]}' is missing here")
                value_due = True
                if closers[-1] == "}":
                    yield self._key()
            elif char in ("[", "{"):
                closers.append("]" if char == "[" else "}")
                yield self._open(char)
                value_due = self._next() != closers[-1]
                if value_due and char == "{":
                    yield self._key()
            else:
                yield self._scalar(char)
                value_due = False
        yield e.DocumentEndEvent()

    def _pass(self, char: str, wanted: str, message: str) -> None:
        if char != wanted:
            self._refuse(message)
        self.pos += 1

    def _open(self, char: str) -> e.Event:
        kind = e.SequenceStartEvent if char == "[" else e.MappingStartEvent
        mark = self._mark()
        self.pos += 1
        return kind(None, None, True, mark, self._mark(), flow_style=True)

    def _close(self, closer: str) -> e.Event:
        kind = e.SequenceEndEvent if closer == "]" else e.MappingEndEvent
        mark = self._mark()
        self.pos += 1
        return kind(mark, self._mark())

    def _key(self) -> e.Event:
        if self._next() != '"':
            self._refuse("a key in double quotes is missing here")
        event = self._scalar('"')
        self._pass(self._next(), ":", "':' is missing after this key")
        return event

    def _scalar(self, char: str) -> e.Event:
        match = (_STRING if char == '"' else _NUMBER if char in "-0123456789" else _WORD).match(self._text, self.pos)
        if not char or not match:
            self._refuse("this is no JSON value")
        text, style = match[0], ""
        if char == '"':
            text, style = _HALF_PAIR.sub("\ufffd", json.loads(text)), '"'
        elif type(plain_value(text)) is str:
            self._refuse("this number is too large")
        mark = self._mark()
        self.pos = match.end()
        return e.ScalarEvent(None, None, (not style, bool(style)), text, mark, self._mark(), style=style)
