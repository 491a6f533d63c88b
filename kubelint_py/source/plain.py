"""Questions about plain data: dict, list, str, int, float, bool and None."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

_SHALLOW = 100


def is_shallow(data: Any, levels: int = _SHALLOW) -> bool:
    """Tell whether collections nest no deeper than some levels; the default is safe for what recurses.

    What aliases share is gone through once.
    """
    level = [data]
    for _ in range(levels):
        level = list({id(part): part for value in level for part in _collections(value)}.values())
        if not level:
            return True
    return False


def _collections(value: Any) -> Iterable[Any]:
    parts = value.values() if type(value) is dict else value if type(value) is list else ()
    return (part for part in parts if type(part) in (dict, list))


def scalar_fields(data: Any) -> dict[str, Any]:
    """Return the fields of a mapping whose values are no collections; empty for anything else."""
    if type(data) is not dict:
        return {}
    return {name: value for name, value in data.items() if type(value) not in (dict, list)}
