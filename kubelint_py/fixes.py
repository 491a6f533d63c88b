"""Makes changes in a text and proves each of them.

A change counts only when the text, read again by our reader and by another one, says what it said before, and what
was wanted in the one place. What cannot be proven is not done.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from kubelint_py.source.document import Document
from kubelint_py.source.edit import Change, Edit, edits, is_editable, spliced, with_changes
from kubelint_py.source.parse import DEFAULT_LIMITS, Limits, read_documents
from kubelint_py.source.parse_again import read_again
from kubelint_py.source.text import Source

_MOST_ATTEMPTS = 200
"""Attempts at one text. There are more than one only where a change among others cannot be proven."""


class Wanted(NamedTuple):
    """A change of a document, which is told by its index."""

    document: int
    change: Change


class Mended(NamedTuple):
    """A text after changes, and those that were made: positions in what was wanted."""

    text: str
    made: list[int]


class _State(NamedTuple):
    source: Source
    documents: list[Document]


class Readings:
    """What the other reader makes of texts, each read once: what one `mend` ends with the next one starts from."""

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}

    def of(self, text: str) -> Any:
        """Return the data of a text, or the exception `ValueError` where it is refused."""
        if text not in self._known:
            try:
                self._known[text] = read_again(text)
            except ValueError as error:
                self._known[text] = error
        return self._known[text]


def mend(
    source: Source, wanted: Sequence[Wanted], limits: Limits = DEFAULT_LIMITS, readings: Readings | None = None
) -> Mended:
    """Return the text with every change made that can be written and proven."""
    state = _State(source, read_documents(source, limits))
    readings = readings or Readings()
    indices = {each.document for each in wanted if each.document < len(state.documents)}
    usable = {index for index in indices if _is_usable(state.documents[index], readings)}
    first = [number for number, each in enumerate(wanted) if each.document in usable]
    waiting = [first] if first else []
    made: list[int] = []
    attempts = 0
    while waiting and attempts < _MOST_ATTEMPTS:
        attempts += 1
        batch = waiting.pop()
        after, done = _attempt(state, wanted, batch, limits, readings)
        if after is not None:
            state = after
            made += done
        elif len(batch) > 1:
            middle = len(batch) // 2
            waiting += [batch[middle:], batch[:middle]]
    return Mended(state.source.text, sorted(made))


def _is_usable(document: Document, readings: Readings) -> bool:
    return is_editable(document) and not isinstance(readings.of(document.text), ValueError)


def _attempt(
    before: _State, wanted: Sequence[Wanted], batch: list[int], limits: Limits, readings: Readings
) -> tuple[_State | None, list[int]]:
    """Return the state after a batch of changes, None unless it is proven, and the changes that were written."""
    by_document: dict[int, list[int]] = {}
    for number in batch:
        by_document.setdefault(wanted[number].document, []).append(number)
    found: list[Edit] = []
    done: list[int] = []
    changed: dict[int, list[Change]] = {}
    for index, numbers in sorted(by_document.items()):
        written = edits(before.documents[index], [wanted[number].change for number in numbers])
        found += written.edits
        made = [numbers[at] for at in written.made]
        done += made
        changed[index] = [wanted[number].change for number in made]
    if not _apart(found):
        return None, []
    source = Source(before.source.name, spliced(before.source.text, found))
    after = _State(source, read_documents(source, limits))
    return (after if _proven(before, after, changed, readings) else None), done


def _apart(found: list[Edit]) -> bool:
    return all(one.end <= other.start for one, other in pairwise(found))


def _proven(before: _State, after: _State, changed: dict[int, list[Change]], readings: Readings) -> bool:
    """Tell whether nothing but the changes was done."""
    if len(before.documents) != len(after.documents):
        return False
    pairs = enumerate(zip(before.documents, after.documents, strict=True))
    return all(
        _holds(old, new, changed[index], readings) if changed.get(index) else old.text == new.text
        for index, (old, new) in pairs
    )


def _holds(old: Document, new: Document, changes: list[Change], readings: Readings) -> bool:
    if new.error or old.duplicate_keys != new.duplicate_keys:
        return False
    read_by_others = readings.of(old.text), readings.of(new.text)
    try:
        return all(same(with_changes(one, changes), other) for one, other in ((old.data, new.data), read_by_others))
    except LookupError:
        return False


def same(one: Any, other: Any) -> bool:
    """Tell whether plain data is the same, the order of keys and the types of scalars included.

    What aliases share is compared once.
    """
    waiting = [(one, other)]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one, other = waiting.pop()
        if one is other or (id(one), id(other)) in seen:
            continue
        if type(one) is not type(other):
            return False
        seen.add((id(one), id(other)))
        if isinstance(one, dict):
            if list(one) != list(other):
                return False
            waiting += [(one[key], other[key]) for key in one]
        elif isinstance(one, list):
            if len(one) != len(other):
                return False
            waiting += zip(one, other, strict=True)
        elif one != other and (one == one or other == other):  # noqa: PLR0124  not-a-number is the same as itself
            return False
    return True
