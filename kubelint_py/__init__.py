"""Offline linter for Kubernetes manifests: the public API.

The names below are loaded on first use, so that `import kubelint_py` stays cheap.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kubelint_py import images, network, pss, quantity, rbac
    from kubelint_py.api import check_objects, check_paths, check_text, parse, rules
    from kubelint_py.config import Config
    from kubelint_py.finding import Finding, Input, Report, Summary
    from kubelint_py.rule import Rule

__version__ = "0.1.0"

__all__ = [
    "Config",
    "Finding",
    "Input",
    "Report",
    "Rule",
    "Summary",
    "__version__",
    "check_objects",
    "check_paths",
    "check_text",
    "images",
    "network",
    "parse",
    "pss",
    "quantity",
    "rbac",
    "rules",
]

_HOMES = {
    **dict.fromkeys(("check_objects", "check_paths", "check_text", "parse"), "api"),
    **dict.fromkeys(("Finding", "Input", "Report", "Summary"), "finding"),
    "Config": "config",
    "Rule": "rule",
}
_MODULES = frozenset({"images", "network", "pss", "quantity", "rbac"})


class _Package(ModuleType):
    """`kubelint_py.rules` is a package and a function of the public API: a package that can be called."""

    @property
    def rules(self) -> Any:
        package = import_module("kubelint_py.rules")
        package.__class__ = _Rules
        return package

    @rules.setter
    def rules(self, value: Any) -> None:
        """Ignore the import system, which sets a subpackage as an attribute of its parent."""

    def __getattr__(self, name: str) -> Any:
        if name in _MODULES:
            return import_module(f"kubelint_py.{name}")
        if name in _HOMES:
            return getattr(import_module(f"kubelint_py.{_HOMES[name]}"), name)
        raise AttributeError(f"module 'kubelint_py' has no attribute {name!r}")


class _Rules(ModuleType):
    def __call__(self) -> list[Rule]:
        """Return all rules, in the order of their categories."""
        found: list[Rule] = import_module("kubelint_py.api").rules()
        return found


sys.modules[__name__].__class__ = _Package
