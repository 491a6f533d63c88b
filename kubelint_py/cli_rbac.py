"""`kubelint rbac`: who can do what, and what has changed.

Exit codes: 0; 1 when `diff` finds a gain, or an input failed; 2 usage or configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from kubelint_py.api import load
from kubelint_py.config import Config
from kubelint_py.errors import KubelintError
from kubelint_py.model.rbac import Permissions
from kubelint_py.model.resource import Resource
from kubelint_py.outputs.rbac import FORMATS, render

OK, CHANGED, USAGE = 0, 1, 2
F = TypeVar("F", bound=Callable[..., Any])


@click.group("rbac")
def rbac_group() -> None:
    """Ask who can do what, and compare permissions."""


def _form(command: F) -> F:
    return click.option(
        "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="Report format."
    )(command)


@rbac_group.command("who-can")
@click.argument("verb")
@click.argument("resource")
@click.argument("paths", nargs=-1)
@click.option("-n", "--namespace", default="", metavar="NS", help="Where; rights in the whole cluster count, too.")
@click.option("--subresource", default="", metavar="NAME", help="Subresource, where TYPE/NAME would be ambiguous.")
@click.option("--name", default="", metavar="NAME", help="Name of the object.")
@_form
def who_can_command(verb: str, resource: str, paths: tuple[str, ...], form: str, **limits: str) -> None:
    """Show who can do VERB on RESOURCE in the objects of PATHS, by default those below this directory.

    RESOURCE is a type, with API group where it is not clear (deployments.apps), with a subresource or an
    object's name after a slash (pods/exec, secrets/database), or a path that starts with a slash (/metrics).
    """
    from kubelint_py.model.rbac_query import answer, read_question  # noqa: PLC0415  for this command only
    from kubelint_py.outputs.rbac import who_can  # noqa: PLC0415

    with _usage_errors():
        resources, permissions, failed = _read(paths)
        question = read_question(verb, resource, permissions, **limits)
        _print(render(who_can(question, answer(question, permissions), resources), form))
    raise click.exceptions.Exit(CHANGED if failed else OK)


@rbac_group.command("can")
@click.argument("subject")
@click.argument("paths", nargs=-1)
@click.option("-n", "--namespace", default="", metavar="NS", help="Where; rights in the whole cluster count, too.")
@_form
def can_command(subject: str, paths: tuple[str, ...], namespace: str, form: str) -> None:
    """Show what SUBJECT can do, with the binding and the rule that give it.

    SUBJECT is sa:NAMESPACE/NAME, user:NAME, group:NAME or system:serviceaccount:NAMESPACE:NAME. What its groups
    give counts.
    """
    from kubelint_py.model.rbac_query import read_subject_name  # noqa: PLC0415
    from kubelint_py.outputs.rbac import can  # noqa: PLC0415

    with _usage_errors():
        identity = read_subject_name(subject, _default_namespace())
        resources, permissions, failed = _read(paths)
        _print(render(can(identity, permissions.rules_for(identity, namespace or None), resources), form))
    raise click.exceptions.Exit(CHANGED if failed else OK)


@rbac_group.command("diff")
@click.argument("old")
@click.argument("new")
@_form
def diff_command(old: str, new: str, form: str) -> None:
    """Show what each subject gained or lost from OLD to NEW; exit with 1 when somebody gained a right.

    OLD and NEW are files, directories, globs, or one of them `-`.
    """
    from kubelint_py.model.rbac_diff import difference  # noqa: PLC0415
    from kubelint_py.outputs.rbac import diff  # noqa: PLC0415

    with _usage_errors():
        before, held, failed = _read((old,))
        after, holds, broken = _read((new,))
        found = difference(held, holds)
        _print(render(diff(found, before, after), form))
    raise click.exceptions.Exit(CHANGED if found.gained or failed or broken else OK)


def _default_namespace() -> str:
    return Config.load(Path()).namespace


def _read(paths: Sequence[str]) -> tuple[list[Resource], Permissions, bool]:
    """Return the objects of paths, their permissions, and whether an input failed, which is told."""
    loaded = load(paths or (".",))
    failed = [each for each in loaded.inputs if each.status == "failed"]
    for each in failed:
        click.echo(f"kubelint: {each.file}: {each.reason}", err=True)
    resources = loaded.resources
    permissions = Permissions([resource.data for resource in resources], namespace=_default_namespace())
    return resources, permissions, bool(failed)


def _print(text: str) -> None:
    click.echo(text, nl=False)


class _UsageError(click.ClickException):
    exit_code = USAGE

    def show(self, file: Any = None) -> None:
        click.echo(f"kubelint: {self.format_message()}", err=True, file=file)


@contextmanager
def _usage_errors() -> Iterator[None]:
    try:
        yield
    except KubelintError as error:
        raise _UsageError(str(error)) from error
