"""Image references: what registry, repository, tag and digest a string names.

Source: the reference grammar and normalisation of distribution/reference, which container runtimes and the
API server share, and the image defaults of the Kubernetes core/v1 API.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple, NoReturn

from kubelint_py.errors import KubelintError

_LABEL = r"[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)*"
_DOMAIN = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*|\[[0-9A-Fa-f:]+\])(?::[0-9]+)?")
_COMPONENT = r"[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*"
_PATH = re.compile(rf"{_COMPONENT}(?:/{_COMPONENT})*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}")
_IDENTIFIER = re.compile(r"[0-9a-f]{64}")

_DEFAULT_REGISTRY = "docker.io"
_LEGACY_REGISTRY = "index.docker.io"
_PATH_MAX = 255
_SHOWN_MAX = 100


class InvalidReference(KubelintError, ValueError):  # noqa: N818 - the name says what is wrong
    """A string is not an image reference."""


class ImageReference(NamedTuple):
    """What a reference names, normalised: `nginx` is `library/nginx` of `docker.io`.

    `tag` and `digest` are None when not written. With both, the digest decides what is pulled. `registry` is
    "" for a name such as `my_host.example/app`, whose first part looks like a registry but cannot be one.
    """

    registry: str
    repository: str
    tag: str | None = None
    digest: str | None = None

    @property
    def name(self) -> str:
        """Registry and repository, without tag and digest."""
        return f"{self.registry}/{self.repository}" if self.registry else self.repository


def parse(reference: str) -> ImageReference:
    """Read an image reference as container runtimes do. Raises `InvalidReference` if it is none."""
    if not isinstance(reference, str):
        _refuse(reference, "it is not a string")
    if not reference:
        _refuse(reference, "it is empty")
    if _IDENTIFIER.fullmatch(reference):
        _refuse(reference, "64 hexadecimal digits are an image id, not a name")
    registry, remainder = _split_registry(reference)
    remainder, at, digest = remainder.partition("@")
    if at and not _DIGEST.fullmatch(digest):
        _refuse(reference, f"{_shown(digest)} is not a sha256, sha384 or sha512 digest")
    path, colon, tag = remainder.partition(":")
    if colon and not _TAG.fullmatch(tag):
        _refuse(reference, f"{_shown(tag)} is not a tag")
    registry, path = _check_name(reference, registry, path)
    return ImageReference(registry, path, tag if colon else None, digest if at else None)


def default_pull_policy(reference: object) -> Literal["Always", "IfNotPresent"]:
    """Return the `imagePullPolicy` the API server sets where none is written.

    Always for the tag `latest`, written or implied; IfNotPresent otherwise, also for what is no reference.
    """
    try:
        image = parse(reference)  # type: ignore[arg-type]
    except InvalidReference:
        return "IfNotPresent"
    unversioned = image.tag is None and image.digest is None
    return "Always" if unversioned or image.tag == "latest" else "IfNotPresent"


def _split_registry(reference: str) -> tuple[str, str]:
    """Split off what stands for the registry, before knowing whether it is valid."""
    first, slash, rest = reference.partition("/")
    if not slash:
        return _DEFAULT_REGISTRY, f"library/{reference}"
    written = first == "localhost" or "." in first or ":" in first or first != first.lower()
    registry, rest = (first, rest) if written else (_DEFAULT_REGISTRY, reference)
    if registry == _LEGACY_REGISTRY:
        registry = _DEFAULT_REGISTRY
    if registry == _DEFAULT_REGISTRY and "/" not in rest:
        rest = f"library/{rest}"
    return registry, rest


def _check_name(reference: str, registry: str, path: str) -> tuple[str, str]:
    if not _DOMAIN.fullmatch(registry):
        # The grammar then takes the whole name as a path.
        registry, path = "", f"{registry}/{path}"
    if not _PATH.fullmatch(path):
        lower = _PATH.fullmatch(path.lower())
        _refuse(reference, "its repository is not lower case" if lower else f"{_shown(path)} is not a repository")
    if len(path) > _PATH_MAX:
        _refuse(reference, f"its repository is longer than {_PATH_MAX} characters")
    return registry, path


def _refuse(reference: object, reason: str) -> NoReturn:
    raise InvalidReference(f"{_shown(reference)} is not an image reference: {reason}")


def _shown(text: object) -> str:
    shown = repr(text)
    return shown if len(shown) <= _SHOWN_MAX else f"{shown[:_SHOWN_MAX]}…"
