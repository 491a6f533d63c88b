"""Which of the rights worth more than they look a role gives. The table is `data.rbac_primitives`.

Source of the semantics: Kubernetes documentation, "Role Based Access Control Good Practices".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from kubelint_py.model.rbac_rights import Hit, Rights
from kubelint_py.model.rbac_rule import Rule


class Part(NamedTuple):
    """One right of the table: of the row `primitive`, number `right` of number `way`."""

    primitive: str
    way: int
    right: int


@lru_cache(maxsize=4096)
def rights(rule: Rule, cluster: bool = True) -> dict[Part, Hit]:
    """Return what a rule gives of the table, bound in the whole cluster or in one namespace."""
    return _table().given_by(rule, cluster=cluster)


Way = list[list[tuple[int, Hit]]]
"""One way a role gives a row: for each right of it, the rules that give it with their number."""


def ways(held: Sequence[dict[Part, Hit]], primitive: str) -> Iterator[Way]:
    """Yield each way a role gives a row; `held` is what `rights` returns for each rule of the role."""
    from kubelint_py.data.rbac_primitives import by_id  # noqa: PLC0415  start-up does not need the table

    for number, way in enumerate(by_id()[primitive].ways):
        needed = (Part(primitive, number, right) for right in range(len(way)))
        found = [[(index, given[part]) for index, given in enumerate(held) if part in given] for part in needed]
        if all(found):
            yield found


def is_limited(way: Way, primitive: str) -> bool:
    """Whether resourceNames limit a way to less than the row says: its first rules have names, harmless ones."""
    from kubelint_py.data.rbac_primitives import POWERFUL_NAMES, by_id  # noqa: PLC0415

    names = {name for part in way for name in part[0][1].names}
    return bool(names) and by_id()[primitive].names_limit and names.isdisjoint(POWERFUL_NAMES)


def gives(held: Sequence[dict[Part, Hit]], primitive: str) -> bool:
    """Whether a role gives a row in some way that resourceNames do not limit."""
    return any(not is_limited(way, primitive) for way in ways(held, primitive))


@cache
def _table() -> Rights[Part]:
    from kubelint_py.data.rbac_primitives import PRIMITIVES  # noqa: PLC0415

    return Rights(
        (Part(row.id, number, index), right)
        for row in PRIMITIVES
        for number, way in enumerate(row.ways)
        for index, right in enumerate(way)
    )
