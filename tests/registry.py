"""Rules made for tests, and a small registry of them for tests of configuration and suppression."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType
from typing import Any

from kubelint_py.finding import Problem
from kubelint_py.registry import Registry
from kubelint_py.rule import Rule


def module(**functions: object) -> ModuleType:
    """Return a module as a rule is one, with these functions."""
    made = ModuleType("made")
    made.__doc__ = "Made for a test.\n\nWhy.\n\nRemedy: none\n"
    vars(made).update(functions)
    return made


def _check(view: object, **options: object) -> Iterator[Problem]:
    yield from ()


def rule(rule_id: str, category: str, severity: str = "medium", **fields: Any) -> Rule:
    """Return a rule on nothing in particular, with some fields replaced."""
    docstring = f"Title of {rule_id}.\n\nOptions:\n    allow: names that are allowed\n"
    values: dict[str, Any] = {
        "view": "Container",
        "check": _check,
        "options": {},
        "tags": (),
        "since": "0.1",
        "default": True,
        "kinds": frozenset(),
        "implied_by": (),
        "aliases": (),
        "fix": "",
        "needs": frozenset(),
        "takes_version": False,
        "told": lambda: docstring,
        **fields,
    }
    return Rule(id=rule_id, category=category, severity=severity, **values)


REGISTRY = Registry(
    (
        rule("privileged-container", "pod", "critical", tags=("pss-baseline", "CKV_K8S_16"), options={"allow": ()}),
        rule("host-network", "pod", "high", aliases=("host-net",), options={"limit": 3, "strict": False, "name": "x"}),
        rule("writable-root", "pod", "medium", tags=("hardening",)),
        rule("image-without-digest", "image", "medium", default=False, options={"registries": {"docker.io": True}}),
        rule("dangling-service", "reference", "high", view="Bundle", options={"allow": ("a",)}),
        rule("yaml-syntax", "syntax", "critical", view="Document"),
        rule("internal-error", "syntax", "critical", view="Document"),
        rule("bad-suppression", "syntax", "medium", view="Document"),
        rule("unused-suppression", "syntax", "low", view="Document", default=False),
    )
)
