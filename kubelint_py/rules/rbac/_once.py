"""Several rules ask the same of one set: it is found once, and kept as long as the set."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from kubelint_py.authoring import Bundle

Found = TypeVar("Found")


def once(find: Callable[[Bundle], Found]) -> Callable[[Bundle], Found]:
    """Return the function with a memory for the sets it was asked about; it must not find None."""
    known: WeakKeyDictionary[Bundle, Found] = WeakKeyDictionary()

    @wraps(find)
    def ask(bundle: Bundle) -> Found:
        found = known.get(bundle)
        if found is None:
            found = known[bundle] = find(bundle)
        return found

    return ask
