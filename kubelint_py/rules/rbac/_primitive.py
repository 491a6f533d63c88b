"""What the rules about dangerous rights have in common: the place, the words and the severity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kubelint_py.authoring import Bundle, Node, Problem, Problems
from kubelint_py.finding import SEVERITIES, severity_rank
from kubelint_py.model.rbac_primitive import Way, gives, is_limited, rights, ways
from kubelint_py.model.rbac_rights import Hit, is_namespaced
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.rules.rbac._controllers import without_own
from kubelint_py.rules.rbac._holders import (
    KINDS,
    KUBE_SYSTEM,
    NOBODY,
    Allowed,
    HeldRole,
    aggregated_into,
    judged_roles,
)
from kubelint_py.rules.rbac._role import is_wildcard, item, listed, title

if TYPE_CHECKING:
    from kubelint_py.data.rbac_primitives import Primitive

__all__ = [
    "KINDS",
    "NOBODY",
    "WILDCARDS",
    "Allowed",
    "best_way",
    "dangers",
    "primitive_problems",
    "stepped",
    "weighed",
    "where",
    "whereabouts",
    "worst_of",
]

WILDCARDS = ("rbac-wildcard-everything", "rbac-wildcard-resource", "rbac-wildcard-verb")
"""Rules that already say of a `*` what it is."""

_SPECIAL = ("bind", "escalate", "impersonate")
_SHOWN = 3
_NAMED = 2
"""How many steps less a right is that resourceNames limit."""


def primitive_problems(
    bundle: Bundle, primitive: str, roles: Allowed, subjects: Allowed, *, named: bool = True, own: bool = True
) -> Problems:
    """Yield one problem a role that gives a right of the table.

    `roles` and `subjects` are patterns of what is allowed. Without `named`, resourceNames are enough; without
    `own`, rights on the custom resources of the role's own operator do not count.
    """
    for held in judged_roles(bundle, roles, subjects):
        found = best_way(held if own else without_own(bundle, held, primitive), primitive)
        if found and (named or not is_limited(found, primitive)):
            yield _problem(held, primitive, found)


def best_way(held: HeldRole, primitive: str) -> Way | None:
    """Return how a role gives a primitive, a way without resourceNames before one with."""
    if not held.is_bound and aggregated_into(held.role):
        return None
    found = list(ways(held.rights, primitive))
    alone = _merged([way[0] for way in found if len(way) == 1])
    several = [*([[alone]] if alone else []), *(way for way in found if len(way) > 1)]
    ordered = [[sorted(part, key=lambda hit: bool(hit[1].names)) for part in way] for way in several]
    return min(ordered, key=lambda way: any(part[0][1].names for part in way), default=None)


def _merged(parts: Iterable[list[tuple[int, Hit]]]) -> list[tuple[int, Hit]]:
    """Put together rights of which each is enough: what of each rule gives one of them."""
    found: dict[int, Hit] = {}
    for index, hit in sorted(each for part in parts for each in part):
        known = found.get(index, hit)
        resources, verbs = (tuple(dict.fromkeys((*one, *other))) for one, other in zip(known[:2], hit[:2], strict=True))
        found[index] = Hit(resources, verbs, hit.names)
    return list(found.items())


def _row(primitive: str) -> Primitive:
    from kubelint_py.data.rbac_primitives import by_id  # noqa: PLC0415  start-up does not need the table

    return by_id()[primitive]


def _problem(held: HeldRole, primitive: str, found: Way) -> Problem:
    index, hit = found[0][0]
    only = f" ({listed(hit.names)} only)" if hit.names else ""
    message = f"{title(held.role)} may {_row(primitive).allows}{only}{_where(held, hit)}: {_cut(hit)}"
    others = {number: each for part in found for number, each in part if number != index}
    severity = weighed(held, _row(primitive).severity, limited=is_limited(found, primitive))
    related = (*_others(held, primitive, others), *whereabouts(held))
    return Problem(_place(held, index, primitive, hit), message, related, severity, resource=held.role)


def _others(held: HeldRole, primitive: str, hits: Mapping[int, Hit]) -> Iterator[tuple[Node, str]]:
    for index in sorted(hits)[:_SHOWN]:
        yield _place(held, index, primitive, hits[index]), f"and here: {_cut(hits[index])}"


def _place(held: HeldRole, index: int, primitive: str, hit: Hit) -> Node:
    """Return what to point at: the `*` if there is one, so that the rule about it speaks for this one."""
    node = held.rules[index][0]
    if {part.primitive for part in held.rights[index]}.intersection(_row(primitive).implied_by):
        return node
    wildcard = next(filter(is_wildcard, hit.resources), "")
    if wildcard:
        return item(node, "resources", wildcard)
    if "*" in hit.verbs or hit.verbs[0].partition(":")[0] in _SPECIAL:
        return item(node, "verbs", "*" if "*" in hit.verbs else hit.verbs[0])
    return item(node, "resources", hit.resources[0]) if len(hit.resources) == 1 else node.at("resources")


def _cut(hit: Hit) -> str:
    """Tell what to take out of a rule."""
    if "*" in hit.resources:
        return "list the resources instead of '*'"
    if "*" in hit.verbs:
        return "list the verbs instead of '*'"
    return f"drop {', '.join(hit.verbs)} on {listed(hit.resources)}"


def _where(held: HeldRole, hit: Hit) -> str:
    return where(held) if any(map(is_namespaced, hit.resources)) else ""


def where(held: HeldRole) -> str:
    """Tell where a role holds, with a leading space; "" where that is open."""
    scopes = held.scopes
    if "" in scopes:
        return " in the whole cluster"
    if not scopes:
        own = held.role.namespace
        return "" if held.role.kind == "ClusterRole" else f" in namespace {own!r}" if own else " in its namespace"
    return f" in namespace{'s' if len(scopes) > 1 else ''} {listed(scopes)}"


def weighed(held: HeldRole, severity: str, *, limited: bool = False) -> str:
    """Weigh a severity by where the role holds, what limits it, and who has it."""
    scopes = held.scopes or ["" if held.role.kind == "ClusterRole" else held.role.namespace or "its own"]
    narrow = not {"", KUBE_SYSTEM}.intersection(scopes)
    broad = any(holder.is_broad for holder in held.holders)
    return stepped(severity, broad - narrow - _NAMED * limited)


def stepped(severity: str, steps: int) -> str:
    """Return the severity some steps stronger or weaker."""
    return SEVERITIES[max(0, min(len(SEVERITIES) - 1, severity_rank(severity) + steps))]


def dangers(held: HeldRole) -> tuple[str, Node | None]:
    """Return the worst that a role may do and where it says so; "" and None for a harmless role."""
    from kubelint_py.data.rbac_primitives import PRIMITIVES  # noqa: PLC0415

    found = {row: way for row in PRIMITIVES if (way := best_way(held, row.id)) and not is_limited(way, row.id)}
    row = _worst(found)
    if row is None:
        return "", None
    index, hit = found[row][0][0]
    return row.allows, _place(held, index, row.id, hit)


def worst_of(rules: Iterable[Rule]) -> str:
    """Return the worst that rules allow anywhere: what follows "may"; "" where they are harmless."""
    from kubelint_py.data.rbac_primitives import PRIMITIVES  # noqa: PLC0415

    given = [rights(granted) for granted in rules]
    row = _worst(row for row in PRIMITIVES if gives(given, row.id))
    return row.allows if row else ""


def _worst(rows: Iterable[Primitive]) -> Primitive | None:
    """Return the first of the most severe rows; none below high."""
    serious = [row for row in rows if severity_rank(row.severity) >= severity_rank("high")]
    return max(serious, key=lambda row: severity_rank(row.severity), default=None)


def whereabouts(held: HeldRole) -> Iterator[tuple[Node, str]]:
    """Yield the places that make the role effective."""
    for holder in held.holders[:_SHOWN]:
        scope = f"in namespace {holder.namespace!r}" if holder.namespace else "in the whole cluster"
        yield holder.node, f"{holder.binding.title} gives it to {holder.subject} {scope}"
