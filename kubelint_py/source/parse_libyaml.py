"""The fast reader: libyaml through PyYAML's C binding. Importing this fails where there is none.

What libyaml reads otherwise than go-yaml without saying so is found out by `unlike_libyaml` before and
`doubtful` after composing; both may only err on the safe side, since the exact reader then decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from yaml._yaml import CParser

from kubelint_py.source.parse_compose import compose
from kubelint_py.source.tree import Root, TreeNode, descend, scalar_at

_ANCHOR = re.compile(r"&(?<![^\s\[{,:?-]&)[0-9A-Za-z_-]+(?![^\s?:,\]}%@`])")
_DIRECTIVE = re.compile(r"%(?<![^\r\n\x85\u2028\u2029]%)")
_TAG = re.compile(r"!(?<![^\s\[{,:?-]!)(?:[!<]|(?![^\s,\]}]))")
_ESCAPED_SLASH = re.compile(r"\\(?=/)")
_OPENINGS = tuple(re.compile(rf"{bracket}(?<![^\s\[{{,:?].)(?!\s*[\]}}])") for bracket in (r"\[", r"\{"))
_INDENT = re.compile("[ ?:-]*")
_STRIDE = 64
_SAMPLED_INDENT = re.compile("[ ?:-]{8,}")
_STEEPEST = 8 * _STRIDE - _STRIDE
_MOST_BRACKETS = 1000
SAFE_DEPTH = 2 * _MOST_BRACKETS
"""Nesting that the C stack of any platform bears; libyaml's composer recurses, its events do not."""


def _untagged(_kind: type, _value: str | None, _implicit: object) -> str:
    """Stand in for a resolver: an untagged node keeps an empty tag."""
    return ""


_nothing = [].clear


class _Composer(CParser):
    """Composes without resolving tags.

    libyaml's composer calls three methods for each node; most are C here, which is what they cost. By one
    of them it also tells all collections that hold anything: each is the first argument for what it holds.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.resolve = _untagged
        self.ascend_resolver = _nothing

    def next_document(self) -> tuple[TreeNode, dict[TreeNode, object]]:
        """Return the root of the next document, and as keys its collections."""
        parents: dict[TreeNode, object] = {}
        self.descend_resolver = parents.setdefault
        root = self.get_node()
        del parents[None]
        return root, parents


def unlike_libyaml(text: str) -> bool:
    """Tell whether libyaml may read the text otherwise because of directives or byte order marks."""
    return "\ufeff" in text or ("%" in text and _DIRECTIVE.search(text) is not None)


def read_fast(text: str, depth: int) -> Iterator[Root]:
    """Yield the documents of a text; raises `yaml.YAMLError`, `UnicodeError` or `DocumentError`."""
    if ("&" in text and _ANCHOR.search(text)) or depth < SAFE_DEPTH or _may_nest_deeply(text):
        yield from compose(_events(text), depth)
        return
    tagged = "!" in text and _TAG.search(text) is not None
    composer = _Composer(text)
    while composer.check_node():
        root, collections = composer.next_document()
        yield Root(root, collections, aliased=False, tagged=tagged)


def _may_nest_deeply(text: str) -> bool:
    """Tell whether brackets or indentation may nest deeper than is safe."""
    brackets = _count(text, "[") + _count(text, "{")
    if brackets > _MOST_BRACKETS and sum(len(opening.findall(text)) for opening in _OPENINGS) > _MOST_BRACKETS:
        return True
    samples = _SAMPLED_INDENT.finditer(text[::_STRIDE])
    return any(_is_steep(text, run.start() * _STRIDE, (run.end() - 7) * _STRIDE) for run in samples)


def _count(text: str, character: str) -> int:
    """Count a character that is rare in most texts, up to the limit for brackets and one more."""
    number, at = 0, text.find(character)
    while at >= 0 and number <= _MOST_BRACKETS:
        number, at = number + 1, text.find(character, at + 1)
    return number


def _is_steep(text: str, at: int, end: int) -> bool:
    """Tell whether a run of indentation and indicators starts before `end` and is long.

    Each block collection starts further right than the one it is in, or is a list at the indentation of its
    key, with nothing but indicators and spaces to its left: 1,024 of them leave a run of 512 characters,
    which eight samples in a row cannot miss.
    """
    while at < end:
        match = _INDENT.match(text, at)
        stop = match.end() if match else at
        if stop - at >= _STEEPEST:
            return True
        at = (stop // _STRIDE + 1) * _STRIDE
    return False


def _events(text: str) -> Iterator[Any]:
    parser = CParser(text)
    while parser.check_event():
        yield parser.get_event()


def doubtful(root: Root, text: str) -> bool:
    r"""Tell whether something was accepted that go-yaml refuses or reads otherwise.

    In flow style go-yaml ends a plain scalar at `?` and a tag at a blank only; it has no escape `\/`, and it
    takes an empty flow collection at the start for the whole document, whatever follows. That a scalar has
    the tag `!`, which makes it a string, is in libyaml's events, but not in the tree composed in C.
    """
    if root.node.id == "mapping" and root.node.value and root.node.value[0][0].id != "scalar":
        return True
    start, end = root.node.start_mark.index, root.node.end_mark.index
    slashes = _ESCAPED_SLASH.finditer(text, start, end) if _holds(root.node, "\\", text) else ()
    if any(_is_quoted(root.node, match.start()) for match in slashes):
        return True
    if root.tagged and any(_lost_tag(root.node, match.start()) for match in _TAG.finditer(text, start, end)):
        return True
    if not _holds(root.node, "?", text) and not _holds(root.node, "!", text):
        return False
    flows = [node for node in root.collections if node.flow_style and node.value]
    return any(_flow_doubtful(node, text) for node in _outermost(flows))


def _is_quoted(root: TreeNode, offset: int) -> bool:
    node = scalar_at(root, offset)
    return node is not None and node.id == "scalar" and node.style == '"'


def _lost_tag(root: TreeNode, offset: int) -> bool:
    node = scalar_at(root, offset)
    return node is not None and node.id == "scalar" and node.start_mark.index == offset and not node.tag


def _tagged(node: TreeNode, text: str) -> bool:
    return bool(node.tag) or text.startswith("!", node.start_mark.index)


def _holds(node: TreeNode, needle: str, text: str) -> bool:
    return text.find(needle, node.start_mark.index, node.end_mark.index) >= 0


def _outermost(nodes: list[TreeNode]) -> Iterator[TreeNode]:
    end = 0
    for node in sorted(nodes, key=lambda node: node.start_mark.index):
        if node.start_mark.index >= end:
            end = node.end_mark.index
            yield node


def _flow_doubtful(flow: TreeNode, text: str) -> bool:
    if not _holds(flow, "?", text) and not _holds(flow, "!", text):
        return False
    return any(
        _tagged(node, text) or (node.id == "scalar" and not node.style and _holds(node, "?", text))
        for node in descend(flow)
    )
