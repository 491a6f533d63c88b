"""Where configuration files are, what stands in them, and on which line.

A configuration file is untrusted input: it is read up to a limit, and nothing in it is executed.
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any, NamedTuple

from kubelint_py.errors import ConfigError, InputError
from kubelint_py.source.document import Document, Path
from kubelint_py.source.parse import parse
from kubelint_py.source.text import decode

NAMES = (".kubelint.yaml", ".kubelint.yml", "pyproject.toml")
"""In one directory the first of these wins. `pyproject.toml` counts when it has a table `tool.kubelint`."""

LIMIT = 1_000_000
"""Largest configuration file, in bytes."""

_TOML = "pyproject.toml"
_TABLE = "tool.kubelint"


class ConfigFile(NamedTuple):
    """A configuration file as read. `name` is its absolute path."""

    name: str
    text: str

    @property
    def root(self) -> str:
        """The directory that path patterns are relative to."""
        return os.path.dirname(self.name)  # noqa: PTH120  plain strings throughout

    def line(self, path: Path, hint: str = "") -> int:
        """Return the line, from 1, of the setting at `path`, or of the nearest one above it.

        In TOML the line is found in the text; `hint` is the text of a list item.
        """
        if self.name.endswith(".toml"):
            from kubelint_py.config_toml import line_of  # noqa: PLC0415  needed on a mistake only

            return line_of(self.text, (*_TABLE.split("."), *path), hint)
        return _yaml_line(_documents(self), path)

    def error(self, message: str, path: Path = (), hint: str = "") -> ConfigError:
        """Return the error for a setting."""
        return ConfigError(message, file=self.name, line=self.line(path, hint))


def nearest(start: str | os.PathLike[str]) -> tuple[ConfigFile, dict[str, Any]] | None:
    """Return the configuration file nearest to a file or directory, and its settings.

    Looks in the directory, then upward to the root of the file system. Raises `ConfigError` on one
    that cannot be read.
    """
    path = os.path.abspath(start)  # noqa: PTH100  a path need not exist, and links are not followed
    for directory in _upward(path):
        found = in_directory(directory)
        if found is not None:
            return found
    return None


def _upward(path: str) -> Iterator[str]:
    if os.path.isdir(path):  # noqa: PTH112
        yield path
    while os.path.dirname(path) != path:  # noqa: PTH120
        path = os.path.dirname(path)  # noqa: PTH120
        yield path


def in_directory(directory: str) -> tuple[ConfigFile, dict[str, Any]] | None:
    """Return the configuration file of this directory and its settings, or None."""
    for name in NAMES:
        path = os.path.join(directory, name)  # noqa: PTH118
        if not os.path.lexists(path):
            continue
        found = read(path)
        if found is not None:
            return found
    return None


def read(path: str) -> tuple[ConfigFile, dict[str, Any]] | None:
    """Return a configuration file and its settings; None for a `pyproject.toml` without ours.

    Raises `ConfigError` when it is no readable file, or refused as YAML or TOML.
    """
    is_toml = os.path.basename(path) == _TOML  # noqa: PTH119
    text = _text(path, required=not is_toml)
    if is_toml and _TABLE not in text:
        return None
    file = ConfigFile(os.path.abspath(path), text)  # noqa: PTH100
    settings = _toml_settings(file) if path.endswith(".toml") else _yaml_settings(file)
    return None if settings is None else (file, settings)


def _text(path: str, *, required: bool) -> str:
    try:
        return decode(_bytes(path))
    except (OSError, InputError) as error:
        if not required:
            return ""
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError(f"cannot read the configuration: {reason}", file=path, line=1) from None


def _bytes(path: str) -> bytes:
    # A pipe or a device would keep the reader waiting.
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
        raise InputError("not a file")
    with open(path, "rb") as stream:  # noqa: PTH123
        raw = stream.read(LIMIT + 1)
    if len(raw) > LIMIT:
        raise InputError(f"larger than {LIMIT} bytes")
    return raw


def _documents(file: ConfigFile) -> list[Document]:
    return parse(file.text, name=file.name)


def _yaml_settings(file: ConfigFile) -> dict[str, Any]:
    documents = _documents(file)
    for document in documents:
        if document.error is not None and document.source is not None:
            line = document.source.position(document.error.offset).line
            raise ConfigError(document.error.message, file=file.name, line=line)
    if len(documents) > 1:
        raise ConfigError("more than one YAML document", file=file.name, line=documents[1].line)
    for path, later, earlier in documents[0].duplicates() if documents else ():
        message = f"{path[-1]!r} is given twice, first on line {earlier.start.line}"
        raise ConfigError(message, file=file.name, line=later.start.line)
    data = documents[0].data if documents else None
    if data is not None and not isinstance(data, dict):
        raise ConfigError("a configuration is a mapping of settings", file=file.name, line=1)
    return data or {}


def _yaml_line(documents: list[Document], path: Path) -> int:
    for length in range(len(path), 0, -1):
        place = documents[0].locate_key(path[:length])
        if place is not None:
            return place.span.start.line
    return 1


def _toml_settings(file: ConfigFile) -> dict[str, Any] | None:
    loads, errors = _toml_reader(file)
    try:
        tool = loads(file.text).get("tool")
    except errors as error:
        raise ConfigError(f"not TOML: {error}", file=file.name, line=_toml_error_line(str(error), file.text)) from None
    settings = tool.get("kubelint") if isinstance(tool, dict) else None
    if settings is not None and not isinstance(settings, dict):
        raise file.error("tool.kubelint is a table of settings")
    return settings


def _toml_reader(file: ConfigFile) -> tuple[Any, tuple[type[Exception], ...]]:
    # Python 3.10 has no TOML reader of its own.
    try:
        toml = import_module("tomllib" if sys.version_info >= (3, 11) else "tomli")
    except ImportError:
        raise file.error(
            "reading pyproject.toml needs Python 3.11 or the package tomli; or move the settings to .kubelint.yaml"
        ) from None
    return toml.loads, (toml.TOMLDecodeError, RecursionError)


def _toml_error_line(message: str, text: str) -> int:
    if "end of document" in message:
        return text.count("\n") + 1
    number = message.partition("at line ")[2].split(",")[0]
    return int(number) if number.isdecimal() else 1
