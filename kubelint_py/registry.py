"""Finds the rules: every file in `rules/<category>/` whose name has no leading underscore.

Importing all of them would be most of start-up, so what `@rule` and the signatures say is kept in
`data/rule_index.py`, and the module of a rule is imported when the rule runs. The index is but a shortcut: a
file that it does not know, or knows with another size, is imported at once.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from importlib import import_module
from typing import Any, NamedTuple

from kubelint_py.data.rule_index import INDEX
from kubelint_py.errors import PluginError
from kubelint_py.finding import Fix, Problems
from kubelint_py.rule import Rule, make_rule

_RULES = os.path.join(os.path.dirname(__file__), "rules")  # noqa: PTH118, PTH120  pathlib is slower, for hundreds of files


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


def unknown_name(what: str, name: object, nearest: str) -> str:
    """Return the message for a name that nothing has, with the known one it may be meant for."""
    return f"unknown {what} {name!r}" + (f"; did you mean {nearest!r}?" if nearest else "")


@lru_cache(maxsize=1)
def load() -> Registry:
    """Return the built-in rules. Raises `PluginError` on a malformed one."""
    return Registry(tuple(_known(file) or _imported(file) for file in _files()))


def read() -> Registry:
    """Return the built-in rules as their modules define them, without the index."""
    return Registry(tuple(_imported(file) for file in _files()))


class File(NamedTuple):
    """The file of a rule: its folder, its name without the ending, its size in bytes."""

    folder: str
    stem: str
    size: int

    @property
    def name(self) -> str:
        """The key in the index."""
        return f"{self.folder}/{self.stem}"

    @property
    def id(self) -> str:
        """The id of the rule."""
        return self.stem.replace("_", "-")

    @property
    def category(self) -> str:
        """The category of the rule."""
        return self.folder.replace("_", "-")


def _files() -> Iterator[File]:
    with os.scandir(_RULES) as folders:
        names = sorted(each.name for each in folders if each.name[0] not in "._" and each.is_dir())
    for folder in names:
        with os.scandir(os.path.join(_RULES, folder)) as files:  # noqa: PTH118
            found = [(each.name[:-3], each.stat().st_size) for each in files if each.name.endswith(".py")]
        yield from (File(folder, stem, size) for stem, size in sorted(found) if stem[0] != "_")


def _imported(file: File) -> Rule:
    module = import_module(f"kubelint_py.rules.{file.folder}.{file.stem}")
    return make_rule(file.id, file.category, module)


def _known(file: File) -> Rule | None:
    """Return the rule as the index has it, or None."""
    size, *fields = INDEX.get(file.name, (-1,))
    if size != file.size:
        return None
    late = _Late(file, fields)
    rule = Rule._make([file.id, file.category, *fields[:2], late, *fields[2:], late.docstring, late.fix])
    return rule if rule.fix else rule._replace(fixer=None)


def index_entry(rule: Rule, size: int) -> tuple[Any, ...]:
    """Return what the index says of a rule: the size of its file, and its fields but names and functions."""
    return (size, *_fields(rule))


def _fields(rule: Rule) -> list[Any]:
    return [*rule[2:4], *rule[5:-2]]


class _Late:
    """The check of a rule whose module is imported when it is needed."""

    __slots__ = ("_fields", "_file", "_rule")

    def __init__(self, file: File, fields: list[Any]) -> None:
        self._file = file
        self._fields = fields
        self._rule: Rule | None = None

    def _load(self) -> Rule:
        if self._rule is None:
            self._rule = _imported(self._file)
            if _fields(self._rule) != self._fields:
                raise PluginError(f"the index of the rules is out of date for {self._file.id}")
        return self._rule

    def __call__(self, *view: Any, **options: Any) -> Problems:
        return (self._rule or self._load()).check(*view, **options)

    def fix(self, *problem: Any, **options: Any) -> Fix | None:
        fixer = self._load().fixer
        return fixer(*problem, **options) if fixer else None

    def docstring(self) -> str:
        return self._load().docstring
