"""Kubernetes versions, as far as the API depends on them: major and minor."""

from __future__ import annotations

import re
from typing import NamedTuple

from kubelint_py.errors import KubelintError

_VERSION = re.compile(r"v?1\.(0|[1-9][0-9]{0,2})(?:\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?)?")


class VersionError(KubelintError, ValueError):
    """A text names no Kubernetes version."""


class Version(NamedTuple):
    """A Kubernetes minor release; equal to, and ordered like, the tuple `(major, minor)`."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


NEWEST = Version(1, 37)
"""The newest release this version of the linter knows."""


def parse(text: str) -> Version:
    """Read "1.31", "v1.31", "v1.31.4-gke.100" or "latest", which is the newest known release.

    A release newer than that is accepted. Raises `VersionError` for anything else, numbers included: an unquoted
    1.30 in a configuration has become 1.3.
    """
    if not isinstance(text, str):
        raise VersionError(f'{text!r} is not a Kubernetes version: write it in quotes, like "{NEWEST}"')
    if text == "latest":
        return NEWEST
    match = _VERSION.fullmatch(text)
    if match is None:
        raise VersionError(f"{text!r} is not a Kubernetes version such as {NEWEST}, v{NEWEST} or latest")
    return Version(1, int(match[1]))
