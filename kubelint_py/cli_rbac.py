"""`kubelint rbac`: who can do what, and what has changed.

Exit codes: 0; 1 when `diff` finds a gain, or an input failed; 2 usage or configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import click

from kubelint_py.api import load
from kubelint_py.cli_complete import paths as complete_paths
from kubelint_py.cli_usage import note, usage_errors
from kubelint_py.config import Config
from kubelint_py.errors import ConfigError, InputError
from kubelint_py.model.rbac import Permissions
from kubelint_py.model.rbac_query import answer, doubts, read_question, read_subject_name, subject_name
from kubelint_py.model.rbac_subject import Subject
from kubelint_py.model.resource import Resource
from kubelint_py.outputs.rbac import FORMATS, can, diff, render, who_can

OK, CHANGED = 0, 1
_TOLD = 3
_MOST = 200_000
F = TypeVar("F", bound=Callable[..., Any])


@click.group("rbac")
def rbac_group() -> None:
    """Ask who can do what, and compare permissions."""


def _shared(command: F) -> F:
    form = click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Report format."
    )
    config = click.option(
        "--config", "config_file", type=click.Path(exists=True, dir_okay=False), help="Use this configuration."
    )
    return form(config(command))


@rbac_group.command("who-can")
@click.argument("verb")
@click.argument("resource")
@click.argument("paths", nargs=-1, shell_complete=complete_paths)
@click.option("-n", "--namespace", default="", metavar="NS", help="Where; rights in the whole cluster count, too.")
@click.option("--subresource", default="", metavar="NAME", help="Subresource, where TYPE/NAME would be ambiguous.")
@click.option("--name", default="", metavar="NAME", help="Name of the object.")
@_shared
def who_can_command(
    verb: str, resource: str, paths: tuple[str, ...], form: str, config_file: str | None, **limits: str
) -> None:
    """Show who can do VERB on RESOURCE in the objects of PATHS, by default those below this directory.

    RESOURCE is a type, with API group where it is not clear (deployments.apps), with a subresource or an
    object's name after a slash (pods/exec, secrets/database), or a path that starts with a slash (/metrics).
    """
    with usage_errors():
        read = _read(paths, _given(config_file))
        question = read_question(verb, resource, read.permissions, **limits)
        for doubt in doubts(question, read.permissions):
            note(doubt)
        _print(render(who_can(question, answer(question, read.permissions), read.resources), form))
    raise click.exceptions.Exit(CHANGED if read.failed else OK)


@rbac_group.command("can")
@click.argument("subject")
@click.argument("paths", nargs=-1, shell_complete=complete_paths)
@click.option("-n", "--namespace", default="", metavar="NS", help="Where; rights in the whole cluster count, too.")
@_shared
def can_command(subject: str, paths: tuple[str, ...], namespace: str, form: str, config_file: str | None) -> None:
    """Show what SUBJECT can do, with the binding and the rule that give it.

    SUBJECT is sa:NAMESPACE/NAME, user:NAME, group:NAME or system:serviceaccount:NAMESPACE:NAME. What its groups
    give counts.
    """
    with usage_errors():
        config = _given(config_file)
        identity = read_subject_name(subject, _default_namespace(config))
        read = _read(paths, config)
        grants = list(islice(read.permissions.grants(identity, namespace or None), _MOST + 1))
        if len(grants) > _MOST:
            raise InputError(f"{identity} holds more than {_MOST:,} rights; ask for one namespace, or for fewer files")
        if not grants:
            _note_stranger(identity, read.permissions)
        _print(render(can(identity, grants, read.resources, namespace), form))
    raise click.exceptions.Exit(CHANGED if read.failed else OK)


@rbac_group.command("diff")
@click.argument("old", shell_complete=complete_paths)
@click.argument("new", shell_complete=complete_paths)
@_shared
def diff_command(old: str, new: str, form: str, config_file: str | None) -> None:
    """Show what each subject gained or lost from OLD to NEW; exit with 1 when somebody gained a right.

    OLD and NEW are files, directories, globs, or one of them `-`.
    """
    from kubelint_py.model.rbac_diff import difference  # noqa: PLC0415  for this command only

    with usage_errors():
        if old == new == "-":
            raise ConfigError("standard input can be OLD or NEW, not both")
        config = _given(config_file)
        before, after = _read((old,), config), _read((new,), config)
        found = difference(before.permissions, after.permissions)
        _print(render(diff(found, before.resources, after.resources), form))
    raise click.exceptions.Exit(CHANGED if found.gained or before.failed or after.failed else OK)


class _Read(NamedTuple):
    """The objects of some paths, their permissions, and whether an input failed."""

    resources: list[Resource]
    permissions: Permissions
    failed: bool


def _given(config_file: str | None) -> Config | None:
    return Config.from_file(Path(config_file)) if config_file else None


def _default_namespace(config: Config | None) -> str:
    return (config or Config.load(Path())).namespace


def _read(paths: Sequence[str], config: Config | None) -> _Read:
    """Read the objects of paths; what is missing for a full answer is told."""
    loaded = load(paths or (".",), config)
    objects = [resource.data for resource in loaded.resources]
    permissions = Permissions(objects, namespace=_default_namespace(config))
    failed = [f"{each.file}: {each.reason}" for each in loaded.inputs if each.status == "failed"]
    for each in (*failed, *_gaps(permissions, ", ".join(paths) or "this directory")):
        note(each)
    return _Read(loaded.resources, permissions, bool(failed))


def _gaps(permissions: Permissions, where: str) -> Iterator[str]:
    if not permissions.roles and not permissions.bindings:
        yield f"no role or binding was found in {where}"
    dangling = [each for each in permissions.bindings if permissions.role_of(each) is None]
    for binding in dangling[:_TOLD]:
        role = f"the {binding.role}, which is not among these objects" if binding.role else "no role"
        yield f"{binding.id} refers to {role}: it counts for nothing"
    if len(dangling) > _TOLD:
        yield f"{len(dangling) - _TOLD} more bindings refer to roles that are not there"


def _note_stranger(identity: Subject, permissions: Permissions) -> None:
    """Tell that no binding names an identity, and who is called alike."""
    known = permissions.subjects()
    if identity not in known and known:
        meant = [each for each in known if identity.name in {each.name, f"{each.namespace}/{each.name}"}][:_TOLD]
        hint = f"; did you mean {' or '.join(map(subject_name, meant))}?" if meant else ""
        note(f"these objects do not name {identity}{hint}")


def _print(text: str) -> None:
    click.echo(text, nl=False)
