"""From a composed tree to plain data, as `sigs.k8s.io/yaml` does it.

`odd_mappings` answers for a whole document what in it needs a closer look; it looks at keys only. `keys_repeat`
and `build` are the closer look. Nothing here recurses: nesting is as deep as the text. Errors are
`YamlSyntaxError` with offsets relative to the composed text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import isfinite
from typing import Any

from kubelint_py.errors import InputLimitError, YamlSyntaxError
from kubelint_py.source.scalars import (
    HINTS,
    MERGE,
    WORD_KEYS,
    json_value,
    key_text,
    plain_value,
    resolve,
    resolve_tagged,
)
from kubelint_py.source.tree import Root, TreeNode, children, descend


def odd_mappings(root: Root) -> list[TreeNode]:
    """Return the mappings whose keys are not simply their text, each once.

    Hardly a document has one. To find that out is the better part of what reading costs beside libyaml.
    """
    if root.aliased or root.tagged:
        return _without_merged(root, [node for node in root.collections if node.id == "mapping"])
    keys: set[Any] = set()
    repeated = 0
    try:
        for node in root.collections:
            if node.id == "mapping":
                pairs = node.value
                own = {key.value for key, _ in pairs}
                repeated += len(pairs) - len(own)
                keys |= own
    except TypeError:
        repeated = 1
    if not repeated and _are_text(keys):
        return []
    return _without_merged(root, [node for node in root.collections if _is_odd(node)])


def _without_merged(root: Root, mappings: list[TreeNode]) -> list[TreeNode]:
    """Leave out the mappings that only stand behind a merge key: they are looked at with what they are merged into."""
    behind = {id(node) for mapping in mappings for node in _written_behind_merges(mapping)}
    if behind and root.aliased:
        targets = {id(node.value): node.value for node in descend(root.node) if node.id == "alias"}
        behind -= targets.keys()
        behind -= {id(item) for target in targets.values() for item in children(target)}
    return [node for node in mappings if id(node) not in behind] if behind else mappings


def _written_behind_merges(mapping: TreeNode) -> Iterator[TreeNode]:
    for key, value in mapping.value:
        if is_merge(key):
            yield from value.value if value.id == "sequence" else (value,)


def _are_text(keys: set[Any]) -> bool:
    """Tell whether all keys are strings whatever their style. What sorts before a colon may be a number."""
    return not keys or (min(keys) >= ":" and WORD_KEYS.isdisjoint(keys))


def _is_odd(node: TreeNode) -> bool:
    if node.id != "mapping":
        return False
    keys = {key.value for key, _ in node.value if key.id == "scalar"}
    return len(keys) < len(node.value) or not _are_text(keys)


def is_merge(key: TreeNode) -> bool:
    """Tell whether a key is the merge key: a plain `<<`, or one tagged so."""
    return bool(key.value == "<<" and ((not key.tag and not key.style) or key.tag in ("!", MERGE)))


def entries(mapping: TreeNode) -> Iterator[tuple[TreeNode, TreeNode]]:
    """Yield keys and values in the order in which they are set; the last one of a key counts.

    A merge stands for the pairs of its mappings, where it is written; of several mappings the first
    counts, so it comes last.
    """
    open_pairs = [iter(mapping.value)]
    while open_pairs:
        for key, value in open_pairs[-1]:
            if is_merge(key):
                open_pairs += [iter(source.value) for source in merged(value)]
                break
            yield key, value
        else:
            open_pairs.pop()


def merged(value: TreeNode) -> list[TreeNode]:
    """Return the mappings behind a merge key, the one that counts most first."""
    sources = [value] if value.id != "sequence" else value.value
    mappings = [source.value if source.id == "alias" else source for source in sources]
    if any(mapping.id != "mapping" for mapping in mappings):
        raise YamlSyntaxError("'<<' needs a mapping or a list of mappings", value.start_mark.index)
    return mappings


def resolved_key(node: TreeNode) -> Any:
    """Return what tells a key apart: its text for a string, else type and value. Raises for a collection."""
    target = node.value if node.id == "alias" else node
    if target.id != "scalar":
        raise YamlSyntaxError(f"a {target.id} cannot be a key", node.start_mark.index)
    key = _resolved(target)
    if type(key) is str:
        return key
    return (type(key), key if key == key else float("nan"))  # noqa: PLR0124  each not-a-number is a key of its own


def key_name(node: TreeNode) -> str:
    """Return the string that a key becomes; empty for what cannot be one, which only a replaced value may hold."""
    return _name(resolved_key(node)) or ""


def _name(key: Any) -> str | None:
    """Return the string that a resolved key becomes, or None if it cannot be one: see `check_writable`."""
    return key if type(key) is str else key_text(key[1])


def _resolved(node: TreeNode) -> Any:
    if node.tag:
        try:
            return resolve_tagged(node.tag, node.value)
        except ValueError as error:
            raise YamlSyntaxError(str(error), node.start_mark.index) from None
    return node.value if node.style else resolve(node.value)


def keys_repeat(mapping: TreeNode) -> bool:
    """Tell whether strict reading complains of a repeated key, merged ones included."""
    keys = [resolved_key(key) for key, _ in entries(mapping)]
    return len(set(keys)) < len(keys)


def build(root: Root, odd_mappings: list[TreeNode]) -> Any:
    """Return plain data. What an alias stands for is the same object as what its anchor stands for.

    What JSON cannot hold is left in it: see `check_writable`.
    """
    shells: dict[int, Any] = {id(node): {} if node.id == "mapping" else [] for node in root.collections}
    odd = {id(node) for node in odd_mappings}
    for node in root.collections:
        shell = shells[id(node)]
        if node.id == "sequence":
            shell.extend([_value(item, shells) for item in node.value])
        elif id(node) in odd:
            keys = ((resolved_key(key), value) for key, value in entries(node))
            fields = {key: (_name(key), _value(value, shells)) for key, value in keys}
            shell.update(fields.values())
        else:
            _fill(shell, node.value, shells)
    return _value(root.node, shells)


def _fill(shell: dict[str, Any], pairs: list[tuple[TreeNode, TreeNode]], shells: dict[int, Any]) -> None:
    """Set the pairs of a mapping whose keys are their text; this is where most of the time goes."""
    for key, node in pairs:
        value = node.value
        if type(value) is not str or node.tag:
            value = _value(node, shells)
        elif not node.style and (not value or value[0] in HINTS):
            value = plain_value(value)
        shell[key.value] = value


_EMPTY: dict[str, Callable[[], Any]] = {"mapping": dict, "sequence": list}


def _value(node: TreeNode, shells: dict[int, Any]) -> Any:
    target = node.value if node.id == "alias" else node
    if target.id == "scalar":
        return scalar_value(target)
    return shells[id(target)] if target.value else _EMPTY[target.id]()


def scalar_value(node: TreeNode) -> Any:
    """Return the value of a scalar as JSON holds it."""
    if not node.tag:
        return node.value if node.style else plain_value(node.value)
    try:
        return json_value(resolve_tagged(node.tag, node.value))
    except ValueError as error:
        raise YamlSyntaxError(str(error), node.start_mark.index) from None


def check_writable(data: Any, root: TreeNode) -> None:
    """Raise `YamlSyntaxError` if something is left in the data that JSON cannot hold.

    That is infinity, not-a-number, and a key that is null or too large. Where a later key replaced one of
    these nobody minds.
    """
    waiting, seen = [data], set()
    while waiting:
        value = waiting.pop()
        if type(value) is float and not isfinite(value):
            raise _first_unwritable(root)
        if type(value) not in (dict, list) or id(value) in seen:
            continue
        seen.add(id(value))
        if type(value) is dict and None in value:
            raise _first_unwritable(root)
        waiting.extend(value.values() if type(value) is dict else value)


def _first_unwritable(root: TreeNode) -> YamlSyntaxError:
    refusals = [_unwritable_value(root)]
    for node in descend(root):
        if node.id == "mapping":
            refusals += [_unwritable_key(key) or _unwritable_value(value) for key, value in node.value]
        elif node.id == "sequence":
            refusals += [_unwritable_value(value) for value in node.value]
    return min((error for error in refusals if error), key=lambda error: error.offset)


def _unwritable_key(node: TreeNode) -> YamlSyntaxError | None:
    if is_merge(node) or _name(resolved_key(node)) is not None:
        return None
    what = "null cannot be a key" if resolved_key(node)[1] is None else "this number is too large for a key"
    return YamlSyntaxError(what, node.start_mark.index)


def _unwritable_value(node: TreeNode) -> YamlSyntaxError | None:
    if node.id != "scalar" or (node.style and not node.tag):
        return None
    value = _resolved(node)
    if type(value) is not float or isfinite(value):
        return None
    return YamlSyntaxError("infinity and not-a-number cannot be written as JSON", node.start_mark.index)


_RATIO_LOW, _RATIO_HIGH = 400_000, 4_000_000


def _allowed(decoded: int) -> float:
    """Return the share of aliases that go-yaml allows after so many decoded nodes."""
    if decoded <= _RATIO_LOW:
        return 0.99
    if decoded >= _RATIO_HIGH:
        return 0.10
    return 0.99 - 0.89 * ((decoded - _RATIO_LOW) / (_RATIO_HIGH - _RATIO_LOW))


def check_expansion(root: TreeNode) -> None:
    """Raise `InputLimitError` where go-yaml gives up on a document that expands too many aliases.

    go-yaml counts each node it decodes, and those it decodes below an alias. Counting the size of an
    anchored node once and adding it for each alias comes to the same without expanding anything: the
    share of aliases only grows within an expansion, and is checked at its end.
    """
    sizes: dict[int, int] = {}
    undecoded = {id(node) for mapping in descend(root) for node in _undecoded(mapping)}
    open_nodes = [(root, children(root))]
    counts = [0, 1]
    decoded, expanded = 2, 0
    while open_nodes:
        node, below = open_nodes[-1]
        child = next(below, None)
        if child is None:
            open_nodes.pop()
            size = sizes[id(node)] = counts.pop()
            counts[-1] += size - (id(node) in undecoded)
        elif child.id == "alias":
            size = sizes[id(child.value)]
            decoded, expanded = decoded + size + 1, expanded + size
            counts[-1] += size + 1
            _check_share(expanded, decoded, child)
        else:
            decoded += id(child) not in undecoded
            counts.append(1)
            open_nodes.append((child, children(child)))
    _check_share(expanded, decoded, root)


def _check_share(expanded: int, decoded: int, node: TreeNode) -> None:
    if expanded > 100 and decoded > 1000 and expanded / decoded > _allowed(decoded):
        raise InputLimitError("aliases expand to too much", node.start_mark.index)


def _undecoded(node: TreeNode) -> Iterator[TreeNode]:
    """Yield what go-yaml does not decode of a mapping: its merge keys and the lists behind them."""
    for key, value in node.value if node.id == "mapping" else ():
        if is_merge(key):
            yield key
            if value.id == "sequence":
                yield value
