"""Which rules a selection means.

A selector is a rule id, an alias, a category or a tag. Enabled is what is selected minus what is
ignored; without a selection the profile says what is selected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from kubelint_py.finding import severity_rank
from kubelint_py.rule import Rule

PROFILES = ("minimal", "default", "strict")
"""Each one holds the rules of the one before it."""

UNSTOPPABLE = "internal-error"
"""A crash of ours is always told: nothing switches it off and nothing suppresses it."""

V = TypeVar("V")


def names(rule: Rule) -> frozenset[str]:
    """Return every selector that means this rule."""
    return frozenset((rule.id, rule.category, *rule.aliases, *rule.tags))


def selects(selectors: Iterable[str], rule: Rule) -> bool:
    """Whether one of the selectors means this rule."""
    return not names(rule).isdisjoint(selectors)


def enables(rule: Rule, *, select: Sequence[str], ignore: Sequence[str], profile: str) -> bool:
    """Whether a rule is selected and not ignored."""
    if selects(ignore, rule):
        return False
    return selects(select, rule) if select else in_profile(rule, profile)


def in_profile(rule: Rule, profile: str) -> bool:
    """Whether a profile holds a rule.

    `minimal` holds the default rules of severity high and critical, `default` the default rules,
    `strict` all rules.
    """
    if profile == "strict":
        return True
    return rule.default and (profile != "minimal" or severity_rank(rule.severity) >= severity_rank("high"))


def of_rule(values: Mapping[str, V], rule: Rule) -> V | None:
    """Return the value that stands under the rule's id or one of its aliases."""
    return next((values[name] for name in (rule.id, *rule.aliases) if name in values), None)


def of_selectors(values: Mapping[str, V], rule: Rule) -> V | None:
    """Return the value under the rule's own name, else under the last category or tag that means it."""
    own = of_rule(values, rule)
    if own is not None:
        return own
    meaning = names(rule)
    return next((value for name, value in reversed(list(values.items())) if name in meaning), None)
