"""What all commands share: lists in options, and errors that say what is wrong with the call."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from kubelint_py.errors import KubelintError

USAGE = 2
"""Exit code of a wrong call or configuration."""


def split(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts of values that may hold commas."""
    return tuple(part.strip() for value in values for part in value.split(",") if part.strip())


@contextmanager
def usage_errors() -> Iterator[None]:
    """Print an error raised on purpose and exit with 2."""
    try:
        yield
    except KubelintError as error:
        click.echo(f"kubelint: {error}", err=True)
        sys.exit(USAGE)
