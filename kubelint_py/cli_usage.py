"""What all commands share: lists in options, errors that say what is wrong with the call, and ways on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from kubelint_py import cli_complete as complete
from kubelint_py.errors import KubelintError
from kubelint_py.outputs._text import plain

if TYPE_CHECKING:
    from kubelint_py.finding import Input

USAGE = 2
"""Exit code of a wrong call or configuration."""

_RENDERERS = {"helm-template": "helm template CHART", "kustomization": "kustomize build DIRECTORY"}


def selectors_option(name: str, text: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option of this name that takes rules, categories and tags, repeated or with commas between them."""
    return click.option(
        name, multiple=True, callback=_split, shell_complete=complete.selectors, metavar="RULE,…", help=text
    )


def _split(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of values that may hold commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


def note(text: str) -> None:
    """Tell users something that is no part of a report."""
    click.echo(f"kubelint: {plain(text)}", err=True)


@contextmanager
def usage_errors() -> Iterator[None]:
    """Print an error raised on purpose and exit with 2."""
    try:
        yield
    except KubelintError as error:
        note(str(error))
        sys.exit(USAGE)


def way_on(inputs: Iterable[Input], command: str) -> str:
    """Return how inputs that are skipped become readable for a command: the end of a sentence, or nothing."""
    reasons = {each.reason.partition(":")[0] for each in inputs}
    ways = [f"`{renderer} | kubelint {command} -`" for reason, renderer in _RENDERERS.items() if reason in reasons]
    return f"; render it first, as in {' or '.join(ways)}" if ways else ""
