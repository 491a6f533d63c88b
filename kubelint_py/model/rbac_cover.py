"""What a set of policy rules leaves of another rule.

This is the comparison behind the API server's guard against privilege escalation (nobody may grant what
he does not hold) and behind any list of gained or lost rights: a held `*` covers everything, a wanted `*`
is covered by a held `*` only, and a rule limited to names covers none that is not.
Source of the semantics: Kubernetes documentation, "Using RBAC Authorization", privilege escalation
prevention and bootstrapping.
"""

from __future__ import annotations

from collections.abc import Iterable

from kubelint_py.model.rbac_rule import ANY, Rule, covers_path


def uncovered(wanted: Rule, held: Iterable[Rule]) -> list[Rule]:
    """Return the part of `wanted` that no held rule covers, as rules that do not overlap."""
    parts = (wanted._replace(non_resource_urls=()), Rule(wanted.verbs, non_resource_urls=wanted.non_resource_urls))
    rest = [part for part in parts if part.reaches("")]
    for rule in held:
        rest = [left for part in rest for left in _subtract(part, rule)]
    return rest


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
