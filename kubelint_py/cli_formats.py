"""`--format FMT[:FILE]`: what to write where, and which paths reports name."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePath

from kubelint_py.errors import ConfigError
from kubelint_py.inputs.ignore import repository_root
from kubelint_py.outputs import FORMATS

Wanted = tuple[str, str]
"""A format and the file it goes to; an empty one is standard output."""


def read_formats(values: Iterable[str]) -> list[Wanted]:
    """Return what `--format` asks for. Raises `ConfigError` on an unknown format, and on two in one place."""
    wanted: list[Wanted] = []
    for value in values:
        name, _, file = value.partition(":")
        if name not in FORMATS:
            raise ConfigError(f"unknown format {name!r}; there are: {', '.join(FORMATS)}")
        before = next((other for other, place in wanted if place == file), "")
        if before:
            where = file or "standard output"
            raise ConfigError(f"formats {before} and {name} both go to {where}; write --format {name}:FILE for one")
        wanted.append((name, file))
    return wanted


def save(file: str, text: str) -> None:
    """Write a report to a file. Raises `ConfigError` where that cannot be."""
    try:
        Path(file).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {(error.strerror or '').lower()}") from None


def locator() -> Callable[[str], str]:
    """Return a function from a reported file to its path from the root of the repository.

    Services that read reports know no other. Without a repository, or for a file outside of it, it is the file as
    reported.
    """
    here = Path.cwd()
    root = repository_root(here)

    def locate(file: str) -> str:
        if root is None or file.startswith("<"):
            return file
        path = PurePath(os.path.normpath(here / file))
        return path.relative_to(root).as_posix() if path.is_relative_to(root) else file

    return locate
