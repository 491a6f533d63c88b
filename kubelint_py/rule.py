"""The `@rule` decorator and the `Rule` record.

A rule is a function. Its module's place gives id and category, its first parameter's type says what
it looks at, its keyword parameters are its options, and the module docstring is its documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any, NamedTuple, TypeVar

from kubelint_py.errors import PluginError
from kubelint_py.finding import SEVERITIES, Fix, Problem

VIEWS = ("Input", "Document", "Resource", "Workload", "PodSpec", "Container", "Bundle")
HEADINGS = ("Remedy", "Fix", "Bad", "Good", "Options", "Sources")
_HEADING = re.compile(rf"^({'|'.join(HEADINGS)}):[ ]*", re.MULTILINE)
_OPTION = re.compile(r"^ {4}(\w+): (.+(?:\n {5,}.+)*)", re.MULTILINE)

Check = Callable[..., Iterator[Problem]]
Fixer = Callable[..., Fix | None]
C = TypeVar("C", bound=Check)


class Settings(NamedTuple):
    """What `@rule` was told."""

    severity: str
    tags: tuple[str, ...]
    since: str
    default: bool
    kinds: frozenset[str]
    implied_by: tuple[str, ...]
    aliases: tuple[str, ...]
    fix: str
    needs: frozenset[str]


def rule(
    *,
    severity: str,
    since: str,
    tags: tuple[str, ...] = (),
    default: bool = True,
    kinds: tuple[str, ...] = (),
    implied_by: tuple[str, ...] = (),
    aliases: tuple[str, ...] = (),
    fix: str = "",
    needs: tuple[str, ...] = (),
) -> Callable[[C], C]:
    """Make a function a rule.

    `default` is False for opt-in rules. `kinds` restricts a Resource rule to these kinds and tells
    which objects a Bundle rule looks at; it runs where there is one, or where there is one of the kinds
    that it `needs` to say anything. `implied_by` names rules that already say it: where one of
    them has a finding on the same place, this one is shown in the strict profile only. `fix` is
    "safe", "unsafe" or empty; where it is not, the module has a function `fix(problem, view, **options)`
    that returns the `Fix` of a problem, or None. A safe rule may offer unsafe fixes as well.
    """
    settings = Settings(severity, tags, since, default, frozenset(kinds), implied_by, aliases, fix, frozenset(needs))

    def mark(check: C) -> C:
        check.__dict__["rule"] = settings
        return check

    return mark


class Documentation(NamedTuple):
    """A rule's docstring in parts. `bad` and `good` are manifests."""

    title: str
    why: str
    remedy: str
    bad: str
    good: str
    options: dict[str, str]
    sources: tuple[str, ...]
    fix: str = ""


class Rule(NamedTuple):
    """A registered rule.

    `view` is the type its check takes; `options` maps names to defaults; `told` gives its docstring,
    `fixer` the fix of a problem.
    """

    id: str
    category: str
    severity: str
    view: str
    check: Check
    options: dict[str, Any]
    tags: tuple[str, ...]
    since: str
    default: bool
    kinds: frozenset[str]
    implied_by: tuple[str, ...]
    aliases: tuple[str, ...]
    fix: str
    needs: frozenset[str]
    takes_version: bool
    told: Callable[[], str]
    fixer: Fixer | None = None

    @property
    def docstring(self) -> str:
        """The documentation as it is written."""
        return self.told()

    @property
    def documentation(self) -> Documentation:
        """The parts of the docstring."""
        return parse_docstring(self.docstring)

    @property
    def docs(self) -> str:
        """Place of the documentation page, relative to the documentation's root."""
        return f"rules/{self.id}.md"


def make_rule(rule_id: str, category: str, module: ModuleType) -> Rule:
    """Return the rule a module defines.

    Raises `PluginError` when the module has no check, an unknown view or an unknown severity.
    """
    check = getattr(module, "check", None)
    settings = getattr(check, "rule", None)
    if not callable(check) or not isinstance(settings, Settings):
        raise PluginError(f"rule {rule_id}: no function `check` marked with @rule")
    view, takes_version = _signature(rule_id, check)
    if settings.severity not in SEVERITIES:
        raise PluginError(f"rule {rule_id}: unknown severity {settings.severity!r}")
    return Rule(
        id=rule_id,
        category=category,
        severity=settings.severity,
        view=view,
        check=check,
        options=dict(getattr(check, "__kwdefaults__", None) or {}),
        tags=settings.tags,
        since=settings.since,
        default=settings.default,
        kinds=settings.kinds,
        implied_by=settings.implied_by,
        aliases=settings.aliases,
        fix=settings.fix,
        needs=settings.needs or settings.kinds,
        takes_version=takes_version,
        told=lambda: module.__doc__ or "",
        fixer=_fixer(rule_id, settings.fix, module),
    )


def _fixer(rule_id: str, fix: str, module: ModuleType) -> Fixer | None:
    fixer = getattr(module, "fix", None)
    if fix not in ("", "safe", "unsafe") or bool(fix) != callable(fixer):
        raise PluginError(f"rule {rule_id}: fix must be 'safe' or 'unsafe', and needs a function `fix`")
    return fixer if fix else None


def _signature(rule_id: str, check: Any) -> tuple[str, bool]:
    # The `inspect` module would cost start-up more than all rules together.
    code = check.__code__
    names = code.co_varnames[: code.co_argcount]
    annotation = check.__annotations__.get(names[0]) if names else None
    view = annotation if isinstance(annotation, str) else getattr(annotation, "__name__", "")
    if view not in VIEWS or len(names) > 2 or (len(names) == 2 and names[1] != "kubernetes"):
        raise PluginError(f"rule {rule_id}: check must take one of {', '.join(VIEWS)}")
    keywords = code.co_varnames[code.co_argcount : code.co_argcount + code.co_kwonlyargcount]
    if set(keywords) != set(check.__kwdefaults__ or {}):
        raise PluginError(f"rule {rule_id}: every option needs a default")
    return view, len(names) == 2


def parse_docstring(text: str) -> Documentation:
    """Split a rule's docstring at its headings."""
    text = "\n".join(line.rstrip() for line in text.strip("\n").split("\n"))
    marks = list(_HEADING.finditer(text))
    opening = text[: marks[0].start()] if marks else text
    title, _, why = opening.partition("\n")
    parts = dict.fromkeys(HEADINGS, "")
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        parts[mark[1]] = text[mark.end() : following.start() if following else len(text)]
    return Documentation(
        title=title.strip().rstrip("."),
        why=why.strip(),
        remedy=" ".join(parts["Remedy"].split()).rstrip("."),
        bad=_dedent(parts["Bad"]),
        good=_dedent(parts["Good"]),
        options={name: " ".join(says.split()) for name, says in _OPTION.findall(parts["Options"])},
        sources=tuple(line.strip() for line in parts["Sources"].split("\n") if line.strip()),
        fix=" ".join(parts["Fix"].split()),
    )


def _dedent(block: str) -> str:
    lines = [line.removeprefix("    ") for line in block.strip("\n").split("\n")]
    return "\n".join(lines).strip("\n") + "\n" if block.strip() else ""
