"""`--baseline` and `--write-baseline`: findings that are known already do not fail the run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import click

from kubelint_py.api import Outcome
from kubelint_py.errors import ConfigError

_NARROWING = ("select", "ignore", "profile", "pss")


def baseline_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the two options."""
    known = click.option("--baseline", metavar="FILE", help="Hide the findings this file holds.")
    written = click.option("--write-baseline", metavar="FILE", help="Write the findings to this file, and hide them.")
    return known(written(command))


def with_baseline(outcome: Outcome, options: dict[str, Any]) -> Outcome:
    """Return the outcome with what the baselines hide; writes one where that is asked for."""
    known, written = options["baseline"], options["write_baseline"]
    if not known and not written:
        return outcome
    if written and options["diff"]:
        raise ConfigError("--diff writes nothing, so it goes without --write-baseline")
    # Most runs have no baseline.
    from kubelint_py.baseline import accept, read, write  # noqa: PLC0415

    notes: Sequence[str] = outcome.notes
    report = outcome.report
    if written:
        count = write(written, report.active())
        notes = (*notes, f"wrote {count} known {'finding' if count == 1 else 'findings'} to {written}")
    file = written or known
    report, stale = accept(report, read(file), file)
    if stale and not any(options[name] for name in _NARROWING):
        what = "entry of the baseline hides nothing" if stale == 1 else "entries of the baseline hide nothing"
        notes = (*notes, f"{stale} {what} any more; --write-baseline {file} drops them")
    return outcome._replace(report=report, notes=tuple(notes))
