"""What a shell proposes after `--format`, `--select`, `explain` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kubelint_py.outputs import FORMATS
from kubelint_py.registry import load

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def formats(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Propose report formats."""
    return [name for name in FORMATS if name.startswith(incomplete)]


def rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Propose rules with their titles."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  no other run completes

    found = load().rules.values()
    return [CompletionItem(rule.id, help=rule.documentation.title) for rule in found if rule.id.startswith(incomplete)]


def selectors(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[str]:
    """Propose rules and categories behind the last comma."""
    given, comma, last = incomplete.rpartition(",")
    found = load().rules.values()
    names = dict.fromkeys([*(rule.category for rule in found), *(rule.id for rule in found)])
    return [given + comma + name for name in names if name.startswith(last)]


def paths(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Leave it to the shell to propose files and directories."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  no other run completes

    return [CompletionItem(incomplete, type="file")]
