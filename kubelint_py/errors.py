"""Everything this library raises on purpose, and the reasons a document is refused.

Nothing below the command line prints or exits: a caller catches `KubelintError`.
"""

from __future__ import annotations


class KubelintError(Exception):
    """Parent of every error raised on purpose."""


class InputError(KubelintError):
    """An input cannot be read: undecodable bytes, no permission, vanished, too large."""


class ConfigError(KubelintError):
    """A configuration or an option is wrong.

    `file` and `line` (from 1) say where, when the error comes from a file.
    """

    def __init__(self, message: str, *, file: str = "", line: int = 0) -> None:
        super().__init__(f"{file}:{line}: {message}" if file else message)
        self.file = file
        self.line = line


class PluginError(KubelintError):
    """A rule module does not have the shape of a rule."""


class DocumentError(KubelintError):
    """A document is refused. `offset` is where, in characters from the start of the text."""

    rule = "yaml-syntax"

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset

    def __reduce__(self) -> tuple[type[DocumentError], tuple[str, int]]:
        return type(self), (self.message, self.offset)


class YamlSyntaxError(DocumentError):
    """Kubernetes' reader refuses the text."""


class InputLimitError(DocumentError):
    """The text passes one of our limits (size, depth, number of documents, alias expansion)."""

    rule = "input-limit"
