"""The exact reader: go-yaml's rules in pure Python, some fifteen times slower than libyaml.

It has the second look at whatever libyaml refuses or may have read otherwise, and the only look where PyYAML
comes without its C binding. The grammar is PyYAML's, which go-yaml shares; the scanner is our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NoReturn

from yaml import YAMLError
from yaml.events import Event
from yaml.parser import Parser
from yaml.tokens import ScalarToken, StreamEndToken, Token

from kubelint_py.errors import DocumentError, YamlSyntaxError
from kubelint_py.source.parse_compose import compose
from kubelint_py.source.parse_scanner import Scanner
from kubelint_py.source.text import BREAKS
from kubelint_py.source.tree import Root

_EXPECTED = re.compile(r"expected (?P<what>.*?),? but (?:found|got) '(?P<found>.*)'")
_HEADER = re.compile(f"[^{BREAKS}]*")
_TOKENS = {
    "<stream end>": "the text ends",
    "<document start>": "the document ends",
    "<document end>": "the document ends",
    "<block end>": "the indentation ends",
    "<scalar>": "this text",
    "<block sequence start>": "a list",
    "<block mapping start>": "a mapping",
}


class _Grammar(Parser):
    """PyYAML's grammar over our tokens."""

    def __init__(self, text: str, depth: int) -> None:
        super().__init__()
        self._scanner = Scanner(text, depth)

    def check_token(self, *kinds: type[Token]) -> bool:
        token = self._scanner.peek()
        return not kinds or isinstance(token, kinds)

    def peek_token(self) -> Token:
        return self._scanner.peek()

    def get_token(self) -> Token:
        return self._scanner.get()


def read_exact(text: str, depth: int) -> Iterator[Root]:
    """Yield the documents of a text without byte order mark; raises the error of the first that is refused."""
    return compose(_events(text, depth), depth)


def scan_scalars(text: str) -> tuple[list[tuple[int, int]], int]:
    """Return the ranges of the scalars up to where a text is refused, without the headers of block scalars,
    and that place.
    """
    found: list[tuple[int, int]] = []
    try:
        scanner = Scanner(text, len(text) + 1)
        token = scanner.get()
        while not isinstance(token, StreamEndToken):
            if isinstance(token, ScalarToken):
                header = _HEADER.match(text, token.start_mark.index) if token.style in ("|", ">") else None
                found.append((header.end() if header else token.start_mark.index, token.end_mark.index))
            token = scanner.get()
    except DocumentError as error:
        return found, error.offset
    return found, len(text)


def _events(text: str, depth: int) -> Iterator[Event]:
    grammar = _Grammar(text, depth)
    try:
        while grammar.check_event():
            event: Any = grammar.get_event()  # type: ignore[no-untyped-call]
            if getattr(event, "version", None) not in (None, (1, 1)):
                raise YamlSyntaxError("Kubernetes reads YAML 1.1 only", event.start_mark.index)
            yield event
    except YAMLError as error:
        _refuse(error)
    finally:
        grammar.dispose()


def _refuse(error: YAMLError) -> NoReturn:
    """Raise an error of the grammar in our words, at the place that helps."""
    problem = str(getattr(error, "problem", error))
    mark, opened = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    match = _EXPECTED.fullmatch(problem)
    at = mark.index if mark else 0
    if match and match["what"] in ("',' or ']'", "',' or '}'"):
        if match["found"] == "<stream end>" and opened:
            raise YamlSyntaxError(f"this bracket is never closed by {match['what'][-3:]}", opened.index) from None
        raise YamlSyntaxError(f"{match['what']} is missing before {_name(match['found'])}", at) from None
    if match and match["what"] == "<block end>":
        raise YamlSyntaxError("this does not fit the indentation of what stands above", at) from None
    if match and match["what"] == "'<document start>'":
        raise YamlSyntaxError("the document has ended; this does not belong to it", at) from None
    if match:
        raise YamlSyntaxError(f"a value is missing before {_name(match['found'])}", at) from None
    raise YamlSyntaxError(problem.removeprefix("found "), at) from None


def _name(token: str) -> str:
    return _TOKENS.get(token, f"'{token}'")
