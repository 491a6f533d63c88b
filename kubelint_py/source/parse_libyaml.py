"""The fast reader: libyaml through PyYAML's C binding. Importing this fails where there is none.

What libyaml reads otherwise than go-yaml without saying so is found out by `unlike_libyaml` before and
`doubtful` after composing; both may only err on the safe side, since the exact reader then decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml._yaml import CParser
from yaml.events import Event

from kubelint_py.source.build import Survey
from kubelint_py.source.parse_compose import compose
from kubelint_py.source.tree import Root, TreeNode, descend

_ANCHOR = re.compile(r"&(?<![^\s\[{,:?-]&)[0-9A-Za-z_-]+(?![^\s?:,\]}%@`])")
_LONE_TAG = re.compile(r"!(?<![^\s\[{,:?-]!)(?![^\s,\]}])")
_STEEP = re.compile("[ ?:-]{480,}")
_SAMPLED_STEEP = re.compile("[ ?:-]{16,}")
_STRIDE = 32
_MOST_BRACKETS = 1000
"""Nesting that the C stack of any platform bears; libyaml's composer recurses, its events do not."""


class _Composer(CParser):
    """Composes without resolving tags: an untagged node keeps an empty tag."""

    def resolve(self, *_: object) -> str:
        return ""

    def descend_resolver(self, *_: object) -> None:
        pass

    def ascend_resolver(self, *_: object) -> None:
        pass


def unlike_libyaml(text: str) -> bool:
    """Tell whether libyaml may read the text otherwise because of directives or byte order marks."""
    return "\ufeff" in text or text.startswith("%") or "\n%" in text or "\r%" in text


def read_fast(text: str, depth: int) -> Iterator[Root]:
    """Yield the documents of a text; raises `yaml.YAMLError`, `UnicodeError` or `DocumentError`."""
    if _may_nest_deeply(text) or ("&" in text and _ANCHOR.search(text)):
        yield from compose(_events(text), depth)
        return
    tagged = "!!" in text or "!<" in text
    composer = _Composer(text)
    while composer.check_node():
        yield Root(composer.get_node(), aliased=False, tagged=tagged)


def _may_nest_deeply(text: str) -> bool:
    """Tell whether brackets or indentation may nest deeper than is safe.

    Each block collection starts further right than the one it is in, with nothing but indicators and spaces
    to its left: five hundred of them leave a run that taking every 32nd character cannot miss.
    """
    if text.count("[") + text.count("{") > _MOST_BRACKETS:
        return True
    runs = _SAMPLED_STEEP.finditer(text[::_STRIDE])
    return any(_STEEP.search(text, run.start() * _STRIDE, run.end() * _STRIDE) for run in runs)


def _events(text: str) -> Iterator[Event]:
    parser = CParser(text)
    while parser.check_event():
        yield parser.get_event()


def doubtful(root: Root, found: Survey, text: str) -> bool:
    """Tell whether something was accepted that go-yaml refuses or reads otherwise.

    In flow style go-yaml ends a plain scalar at `?` and a tag at a blank only; it has no escape `\\/`, and it
    takes an empty flow collection at the start for the whole document, whatever follows. That a scalar has
    the tag `!`, which makes it a string, is not in libyaml's tree.
    """
    if root.node.id == "mapping" and root.node.value and root.node.value[0][0].id != "scalar":
        return True
    if "\\/" in text and any(_holds(node, "\\/", text) for node in descend(root.node) if _style(node) == '"'):
        return True
    bang = "!" in text
    if bang and _LONE_TAG.search(text) and any(_tagged(node, text) for node in descend(root.node) if not node.tag):
        return True
    if not bang and "?" not in text:
        return False
    flows = [node for node in found.collections if node.flow_style and node.value]
    return any(_flow_doubtful(node, text) for node in _outermost(flows))


def _tagged(node: TreeNode, text: str) -> bool:
    return text.startswith("!", node.start_mark.index)


def _style(node: TreeNode) -> str | None:
    return node.style if node.id == "scalar" else None


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
    return any(_tagged(node, text) or (_style(node) == "" and _holds(node, "?", text)) for node in descend(flow))
