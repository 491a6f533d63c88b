"""Where the fields of a composed document stand.

Ranges are offsets relative to the composed text, which starts at `base` of the whole text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.source.build import is_merge, key_name, merged, resolved_key
from kubelint_py.source.protocol import Path
from kubelint_py.source.tree import TreeNode, is_empty

_COLON = re.compile(r"[ \t]*:")
_PROPERTIES = re.compile(r"(?:(?:&[0-9A-Za-z_-]+|!<[^>\s]*>|!\S*)(?:\s+|#[^\r\n]*(?=[\r\n]))*)*")
_LARGE = 32
"""Entries of a mapping from which looking one up is remembered: many findings may stand in it."""
Offsets = tuple[int, int]
Indexes = dict[int, "dict[str, int] | None"]
"""By the identity of a mapping, where in it the entry of a name is; None where merges make that no simple matter."""


class Range(NamedTuple):
    """Where something stands; `alias` is the place of the alias that led there."""

    start: int
    end: int
    alias: Offsets | None = None


class _Step(NamedTuple):
    """A field on the way: its value, its key (None for a list item), the outermost alias above it."""

    value: TreeNode
    key: TreeNode | None
    alias: TreeNode | None


def value_range(root: TreeNode, path: Path, text: str, base: int, indexes: Indexes) -> Range | None:
    """Return where the value at `path` stands; a null written as nothing stands at its key or dash."""
    step = _walk(root, path, indexes)
    if step is None:
        return None
    alias, value = step.alias, step.value
    if value.id == "alias":
        alias, value = alias or value, value.value
    if not is_empty(value):
        return _with_alias(content_start(value, text, base), content_end(value, text, base), alias)
    if step.key is not None:
        return _with_alias(*_key_offsets(step.key, text, base), alias)
    return _with_alias(*_dash(value, bool(path)), alias)


def key_range(root: TreeNode, path: Path, text: str, base: int, indexes: Indexes) -> Range | None:
    """Return where the key at `path` stands; for a list item, and for the root, its first token."""
    step = _walk(root, path, indexes)
    if step is None:
        return None
    if step.key is not None:
        return _with_alias(*_key_offsets(step.key, text, base), step.alias)
    return _with_alias(*_first_token(step.value, text, base, bool(path)), step.alias)


def _with_alias(start: int, end: int, alias: TreeNode | None) -> Range:
    return Range(start, end, (alias.start_mark.index, alias.end_mark.index) if alias is not None else None)


def _key_offsets(node: TreeNode, text: str, base: int) -> Offsets:
    return content_start(node, text, base), node.end_mark.index


def content_start(node: TreeNode, text: str, base: int) -> int:
    """Return where a node starts behind its anchor and tag; a null that is nothing else starts with them."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    match = _PROPERTIES.match(text, base + start, base + end)
    content = match.end() - base if match else start
    return content if content < end else start


def _dash(value: TreeNode, is_item: bool) -> Offsets:
    """Return where an empty item stands: at the dash right before it."""
    end = value.start_mark.index
    return (max(end - 1, 0), end) if is_item else (end, end)


def _walk(root: TreeNode, path: Path, indexes: Indexes) -> _Step | None:
    step: _Step | None = _Step(root, None, None)
    for part in path:
        if step is None:
            return None
        node, alias = step.value, step.alias
        if node.id == "alias":
            alias, node = alias or node, node.value
        if node.id == "mapping":
            step = _entry(node, str(part), alias, indexes)
        elif node.id == "sequence" and isinstance(part, int) and 0 <= part < len(node.value):
            step = _Step(node.value[part], None, alias)
        else:
            return None
    return step


def _entry(mapping: TreeNode, name: str, alias: TreeNode | None, indexes: Indexes) -> _Step | None:
    if len(mapping.value) < _LARGE:
        return _find_entry(mapping, name, alias)
    if id(mapping) not in indexes:
        keys = [key for key, _ in mapping.value]
        merges = any(is_merge(key) for key in keys)
        indexes[id(mapping)] = None if merges else {key_name(key): at for at, key in enumerate(keys)}
    index = indexes[id(mapping)]
    if index is None:
        return _find_entry(mapping, name, alias)
    if name not in index:
        return None
    key, value = mapping.value[index[name]]
    return _Step(value, key, alias)


def _find_entry(mapping: TreeNode, name: str, alias: TreeNode | None) -> _Step | None:
    """Return the entry that counts: the last one of the name, where a merge stands for its mappings."""
    waiting: list[tuple[Iterator[tuple[TreeNode, TreeNode]], TreeNode | None]] = [(reversed(mapping.value), alias)]
    while waiting:
        pairs, via = waiting[-1]
        for key, value in pairs:
            if is_merge(key):
                sources = list(zip(merged(value), value.value if value.id == "sequence" else [value], strict=True))
                waiting += [
                    (reversed(source.value), via or (written if written.id == "alias" else None))
                    for source, written in reversed(sources)
                ]
                break
            if key_name(key) == name:
                return _Step(value, key, via)
        else:
            waiting.pop()
    return None


def content_end(node: TreeNode, text: str, base: int) -> int:
    """Return the end of a value: for a block collection that of the last thing in it."""
    while node.id in ("sequence", "mapping"):
        end = int(node.end_mark.index)
        if not node.value or (node.flow_style and text[base + end - 1] in "]}"):
            return end
        last = node.value[-1]
        if node.id == "mapping":
            key, last = last
            if is_empty(last):
                return after_key(key, text, base)
        node = last
    end = int(node.end_mark.index)
    if node.id == "scalar" and node.style in ("|", ">"):
        start = node.start_mark.index
        return int(start) + len(text[base + start : base + end].rstrip())
    return end


def after_key(key: TreeNode, text: str, base: int) -> int:
    """Return the end of a key without value: after its colon if there is one."""
    end = int(key.end_mark.index)
    colon = _COLON.match(text, base + end)
    return colon.end() - base if colon else end


def _first_token(node: TreeNode, text: str, base: int, is_item: bool) -> Offsets:
    while node.id == "mapping" and node.value and text[base + content_start(node, text, base)] != "{":
        node = node.value[0][0]
    start = content_start(node, text, base)
    if node.id in ("sequence", "mapping"):
        return start, start + 1
    if is_empty(node):
        return _dash(node, is_item)
    return start, content_end(node, text, base)


def repeated_keys(root: TreeNode) -> list[tuple[Path, TreeNode, TreeNode]]:
    """Return each key that is written again in its mapping: path, the later and the earlier key.

    A key that merely overrides a merged one is none of these.
    """
    found: list[tuple[Path, TreeNode, TreeNode]] = []
    waiting: list[tuple[Path, TreeNode]] = [((), root)]
    while waiting:
        path, node = waiting.pop()
        if node.id == "sequence":
            waiting += [((*path, index), item) for index, item in enumerate(node.value)]
        elif node.id == "mapping":
            seen: dict[object, TreeNode] = {}
            for key, value in node.value:
                if is_merge(key):
                    continue
                name, below = resolved_key(key), (*path, key_name(key))
                if name in seen:
                    found.append((below, key, seen[name]))
                seen[name] = key
                waiting.append((below, value))
    return sorted(found, key=lambda entry: entry[1].start_mark.index)
