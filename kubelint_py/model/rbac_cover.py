"""What a set of policy rules leaves of another rule.

This is the comparison behind the API server's guard against privilege escalation (nobody may grant what
he does not hold) and behind any list of gained or lost rights: a held `*` covers everything, a wanted `*`
is covered by a held `*` only, and a rule limited to names covers none that is not.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization", privilege escalation
prevention and bootstrapping.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kubelint_py.model.rbac_rule import ANY, Rule, covers_path


def uncovered(wanted: Rule, held: Iterable[Rule], spend: Callable[[int], None] | None = None) -> list[Rule]:
    """Return the part of `wanted` that no held rule covers, as rules that do not overlap.

    `spend` is told how many comparisons are about to be made; it may raise to end them.
    """
    parts = (wanted._replace(non_resource_urls=()), Rule(wanted.verbs, non_resource_urls=wanted.non_resource_urls))
    rest = [part for part in parts if part.reaches("")]
    for rule in held:
        if not rest:
            break
        if spend:
            spend(len(rest))
        rest = [left for part in rest for left in _subtract(part, rule)]
    return rest


class HeldRules:
    """Rules, each once, found by what they may cover a part of."""

    __slots__ = ("_by_resource", "_rules")

    def __init__(self) -> None:
        self._rules: dict[Rule, None] = {}
        self._by_resource: dict[str, dict[Rule, None]] = {}

    def __contains__(self, rule: Rule) -> bool:
        return rule in self._rules

    def add(self, rule: Rule) -> None:
        """Add a rule."""
        self._rules[rule] = None
        for key in _keys(rule):
            self._by_resource.setdefault(key, {})[rule] = None

    def near(self, wanted: Rule) -> Iterator[Rule]:
        """Yield the rules that name a resource of this one, or all of them, or a path where it names one."""
        keys = dict.fromkeys((ANY, *_keys(wanted)))
        keys.update(dict.fromkeys(f"*/{key.partition('/')[2]}" for key in keys if "/" in key))
        seen: set[Rule] = set()
        for key in keys:
            for rule in self._by_resource.get(key, ()):
                if rule not in seen:
                    seen.add(rule)
                    yield rule


def _keys(rule: Rule) -> Iterator[str]:
    yield from rule.resources
    if rule.non_resource_urls:
        yield "a path"


def _subtract(wanted: Rule, held: Rule) -> list[Rule]:
    """Cut the held cross product out of the wanted one, one field after the other."""
    left, core = [], wanted
    for field, covered in _covered(wanted, held).items():
        items = getattr(wanted, field)
        if not covered:
            return [wanted]
        outside = tuple(item for item in items if item not in covered)
        if outside:
            left.append(core._replace(**{field: outside}))
            core = core._replace(**{field: tuple(item for item in items if item in covered)})
    return left


def _covered(wanted: Rule, held: Rule) -> dict[str, set[str]]:
    """Return the wanted items the held rule covers, for each field that limits something."""
    covered = {"verbs": _members(wanted.verbs, held.verbs)}
    if wanted.non_resource_urls:
        urls = held.non_resource_urls
        covered["non_resource_urls"] = {
            path for path in wanted.non_resource_urls if any(covers_path(url, path) for url in urls)
        }
        return covered
    covered["api_groups"] = _members(wanted.api_groups, held.api_groups)
    covered["resources"] = _resources(wanted.resources, held.resources)
    if held.resource_names:
        # A rule without names means every name, which no list of names covers.
        covered["resource_names"] = set(wanted.resource_names).intersection(held.resource_names)
    return covered


def _members(wanted: tuple[str, ...], held: tuple[str, ...]) -> set[str]:
    return set(wanted) if ANY in held else set(wanted).intersection(held)


def _resources(wanted: tuple[str, ...], held: tuple[str, ...]) -> set[str]:
    if ANY in held:
        return set(wanted)
    granted = set(held)
    return {item for item in wanted if item in granted or ("/" in item and f"*/{item.partition('/')[2]}" in granted)}
