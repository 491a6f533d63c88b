r"""Judging a CustomResourceDefinition without composing it.

Definitions are most of the bytes of many charts, machines write them, and hardly anybody asks for more than
whether Kubernetes accepts them. libyaml's parser alone answers for the syntax, in a quarter of the time that
composing takes. It does not tell whether a mapping repeats a key, so the lines are read here: `_ENTRY` takes
one key with all that belongs to its scalar at a time, or an item, a comment, a blank line.

Reading lines is exact only for the block style that machines write. In a text that the parser accepts, a plain
scalar holds no colon before a blank, and whatever stands further right than the key of a scalar belongs to the
scalar. The first line that is anything else (anchors, tags, flow collections of more than words, keys that are
no simple words, ...) ends it: the text is then composed as any other.
"""

from __future__ import annotations

import re
from operator import itemgetter

from yaml import YAMLError
from yaml._yaml import CParser

from kubelint_py.source.body import Skimmed
from kubelint_py.source.scalars import WORD_KEYS

_LONGEST = 2_000_000
"""Characters; what matching keeps for each line of a longer text could take too much memory."""
_RIGHTMOST = 900
"""Indentation; each nested collection starts further right than the one around it, or is a list at its key."""
_UNSEEN = ("\r", "\x85", "\u2028", "\u2029", "\ufeff")
"""Line breaks, and a mark, that reading lines takes no notice of."""

_OPENING = re.compile(
    r"(?:---[ ]*\n)?(?:[ ]*(?:#[^\n]*)?\n)*"
    r"(?=(?:apiVersion: (?P<group>apiextensions\.k8s\.io/[\w.-]+)\n|kind: CustomResourceDefinition\n){2}[A-Za-z])",
    re.ASCII,
)

_KEY = r"[A-Za-z_$][\w./$-]*"
_PLAIN = r"(?![-+.][iInN.])(?:[\w/$^(~.;<=+\\]|-[^ \n])"
_WORD = r"""(?:[A-Za-z][\w.-]*|"[\w ./-]*"|'[\w ./-]*')"""
_FLOW = rf"(?:\{{\}}|\[(?:{_WORD}(?:,[ ]?{_WORD})*)?\])"
_QUOTED = r"""(?:"[^"\\]*(?:\\[^/][^"\\]*)*"|'[^']*(?:''[^']*)*')"""
_END = r"[ ]*(?:\#[^\n]*)?\n"


def _rest(left: str) -> str:
    """Match the other lines of a scalar: those further right than what `left` matches, and blank ones."""
    return rf"(?:{left}[ ][^\n]*\n|[ \n]*\n)*"


def _value(left: str) -> str:
    """Match what follows the colon of a key; `left` matches as much as stands left of the key."""
    scalar = rf"(?:{_PLAIN}[^\n]*|[|>][-+]?)\n{_rest(left)}"
    return rf"(?:[ ](?:{scalar}|(?:{_QUOTED}|{_FLOW}){_END}|\#[^\n]*\n)|\n)"


_LEFT = r"\1"
_ITEM = rf"(?:{_PLAIN}[^:\n]*(?::(?!\s)[^:\n]*)*\n{_rest(_LEFT)}|(?:{_QUOTED}|{_FLOW}){_END})"
_ENTRY = re.compile(
    rf"([ ]*)(?:({_KEY}):{_value(_LEFT)}|-[ ]({_KEY}):{_value(_LEFT + '[ ][ ]')}|-[ ]{_ITEM}|(?:\#[^\n]*)?\n)"
    r"|([\s\S]+)",
    re.ASCII,
)
"""Groups: indentation, a key, a key right behind a dash, and the rest of a text that is something else."""


def skim_definition(text: str, begin: int, end: int) -> Skimmed | None:
    """Return what is known of the definition that a part of a text holds.

    None says nothing: it may be no definition, be refused, repeat a key, or be written in another style.
    """
    opening = _OPENING.match(text, begin, end)
    if opening is None or end - begin > _LONGEST:
        return None
    part = text[begin:end]
    if not part.endswith("\n"):
        part += "\n"
    if any(mark in part for mark in _UNSEEN):
        return None
    if not _no_key_repeats(_ENTRY.findall(part, opening.end() - begin)) or not _is_accepted(part):
        return None
    return Skimmed(opening.end(), {"apiVersion": opening["group"], "kind": "CustomResourceDefinition"})


def _no_key_repeats(entries: list[tuple[str, str, str, str]]) -> bool:
    """Tell whether all was understood, all keys are strings, and none is twice in its mapping.

    A mapping stands at one column; it ends where something starts further left.
    """
    around: list[tuple[int, set[str]]] = []
    column, keys = 0, set[str]()
    for indentation, key, dashed, other in entries:
        at = len(indentation)
        if key:
            if at > column:
                around.append((column, keys))
                column, keys = at, set()
            while at < column:
                column, keys = around.pop()
            if key in keys:
                return False
            keys.add(key)
        elif dashed:
            while at < column:
                column, keys = around.pop()
            around.append((column, keys))
            column, keys = at + 2, {dashed}
        elif other:
            return False
    words = set(map(itemgetter(1), entries)).union(map(itemgetter(2), entries))
    deepest = max(map(len, set(map(itemgetter(0), entries))))
    return WORD_KEYS.isdisjoint(words) and deepest <= _RIGHTMOST


def _is_accepted(part: str) -> bool:
    try:
        CParser(part).raw_parse()
    except (YAMLError, UnicodeError):
        return False
    return True
