"""Finds the rules: every file in `rules/<category>/` whose name has no leading underscore."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from kubelint_py.errors import PluginError
from kubelint_py.rule import Rule, make_rule

_RULES = Path(__file__).parent / "rules"


class Registry:
    """The known rules. Names are rule ids; selectors are ids, aliases, categories and tags."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self.rules: dict[str, Rule] = {}
        self.aliases: dict[str, str] = {}
        self._groups: dict[str, list[Rule]] = {}
        for rule in rules:
            self._add(rule)
        self.categories = tuple(sorted({rule.category for rule in rules}))

    def _add(self, rule: Rule) -> None:
        for name in (rule.id, *rule.aliases):
            if name in self.rules or name in self.aliases:
                raise PluginError(f"two rules are called {name}")
        self.rules[rule.id] = rule
        self.aliases.update(dict.fromkeys(rule.aliases, rule.id))
        for name in {rule.category, *rule.tags}:
            self._groups.setdefault(name, []).append(rule)

    def resolve(self, name: str) -> Rule | None:
        """Return the rule of this id or alias."""
        return self.rules.get(self.aliases.get(name, name))

    def matching(self, selector: str) -> list[Rule]:
        """Return the rules a selector means; empty for an unknown one."""
        rule = self.resolve(selector)
        return [rule] if rule else list(self._groups.get(selector, ()))

    def nearest(self, name: str) -> str:
        """Return the known selector closest to `name`, or "" when nothing is close."""
        from difflib import get_close_matches  # noqa: PLC0415  needed on a mistake only

        known = [*self.rules, *self.aliases, *self._groups]
        return next(iter(get_close_matches(name, known, n=1, cutoff=0.6)), "")


@lru_cache(maxsize=1)
def load() -> Registry:
    """Import the built-in rules. Raises `PluginError` on a malformed one."""
    return Registry(tuple(_built_in()))


def _built_in() -> Iterator[Rule]:
    for folder in sorted(_RULES.iterdir()):
        if folder.name[0] in "._" or not folder.is_dir():
            continue
        for file in sorted(folder.glob("[!_]*.py")):
            module = import_module(f"kubelint_py.rules.{folder.name}.{file.stem}")
            yield make_rule(file.stem.replace("_", "-"), folder.name.replace("_", "-"), module)
