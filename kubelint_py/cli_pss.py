"""`kubelint pss`: which level of the Pod Security Standards each workload reaches, and what leads to the next one."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kubelint_py.api_load import Loaded, load
from kubelint_py.cli_complete import paths as complete_paths
from kubelint_py.cli_usage import note, usage_errors, way_on
from kubelint_py.config import Config
from kubelint_py.config_pss import too_new
from kubelint_py.model.pss_changes import standing
from kubelint_py.model.versions import NEWEST, Version, parse
from kubelint_py.outputs.pss import as_json, as_text

OK, FAILED = 0, 1


@click.command("pss")
@click.argument("paths", nargs=-1, shell_complete=complete_paths)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="A table or JSON.")
@click.option("--version", "--kubernetes-version", "version", metavar="V", help="Version of the standards, as v1.31.")
@click.option("--stdin-filename", default="<stdin>", metavar="P", help="What `-` is called.")
@click.option("--config", "config_file", type=click.Path(exists=True, dir_okay=False), help="Use this configuration.")
def pss_command(
    paths: tuple[str, ...], form: str, version: str | None, stdin_filename: str, config_file: str | None
) -> None:
    """Show the Pod Security Standards level of each workload and the changes that lead to the next one.

    Files, directories, globs or `-`; the current directory by default. Exits with 1 when an input failed, with 2
    on a usage or configuration error.
    """
    with usage_errors():
        config = Config.from_file(Path(config_file)) if config_file else None
        policy = parse(version) if version else (config or Config.load(Path())).kubernetes
        loaded = load(paths or (".",), config, stdin_name=stdin_filename)
    for each in _notes(loaded, policy):
        note(each)
    standings = [standing(each, policy) for each in loaded.workloads]
    version = f"v{min(policy, NEWEST)}"
    text = as_json(standings, loaded.inputs, version) if form == "json" else as_text(standings, version)
    click.echo(text, nl=False)
    sys.exit(FAILED if any(each.status == "failed" for each in loaded.inputs) else OK)


def _notes(loaded: Loaded, policy: Version) -> Iterator[str]:
    newer = too_new(policy)
    if newer:
        yield newer
    yield from (f"{each.file}: {each.reason}" for each in loaded.inputs if each.status == "failed")
    if not loaded.workloads:
        yield f"no workload was found{way_on(loaded.inputs, 'pss')}"
