"""Which well-known component an image is, by its exact repository, and whether its version lies in a range.

Versions are compared as Semantic Versioning does. A tag may have words behind the version that name the build, such
as `-alpine` or `-debian-12-r3`, and words of a pre-release, such as `-rc1`; any other suffix may stand for a fix of
its own, so such a tag tells no version.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.data.component_advisories import COMPONENTS, Advisory
from kubelint_py.data.component_lifetimes import ENDED, Ended
from kubelint_py.model.image import ImageReference
from kubelint_py.model.pod_image import images

__all__ = ["Release", "ended", "flaws", "images", "lies_between", "name_of", "release"]

_VERSION = re.compile(r"v?(\d{1,9})\.(\d{1,9})(?:\.(\d{1,9}))?(?:-([0-9A-Za-z.-]{1,100}))?", re.ASCII)
_PRE_RELEASE = re.compile(r"(alpha|beta|dev|pre|rc)[.-]?(\d{0,9})", re.ASCII)
_BUILD = re.compile(
    r"(?:alpine|bookworm|bullseye|buster|debian|distroless|photon|scratch|slim|ubuntu|amd64|arm64|linux|windows)"
    r"[\d.]*|r?\d+",
    re.ASCII,
)


class Release(NamedTuple):
    """A version in the order of Semantic Versioning: a pre-release comes before its release."""

    numbers: tuple[int, int, int]
    final: bool = True
    stage: str = ""
    step: int = 0


def release(tag: str) -> Release | None:
    """Return the version a tag names; None where it names none, or one that may be another build."""
    match = _VERSION.fullmatch(tag)
    if match is None or match[3] is None:
        return None
    numbers = (int(match[1]), int(match[2]), int(match[3]))
    suffix = (match[4] or "").lower()
    pre = _PRE_RELEASE.fullmatch(suffix)
    if pre:
        return Release(numbers, final=False, stage=pre[1], step=int(pre[2] or 0))
    if not suffix or all(_BUILD.fullmatch(part) for part in suffix.split("-")):
        return Release(numbers)
    return None


def lies_between(version: Release, first: str, fixed: str) -> bool:
    """Whether a version is `first` or later, and before `fixed`; "" as the first is any."""
    start, end = release(first), release(fixed)
    return (start is None or version >= start) and (end is None or version < end)


_BY_REPOSITORY = {repository: component for component in COMPONENTS for repository in component.repositories}
_ENDED_BY_REPOSITORY: dict[str, list[Ended]] = {}
for _each in ENDED:
    for _repository in _each.repositories:
        _ENDED_BY_REPOSITORY.setdefault(_repository, []).append(_each)


def name_of(image: ImageReference) -> str:
    """Return what the component with advisories is called that an image is; "" for another image."""
    component = _BY_REPOSITORY.get(image.name)
    return component.name if component else ""


def flaws(image: ImageReference) -> Iterator[tuple[Advisory, str]]:
    """Yield the advisories that hold for the version of an image, each with the first version that has its fix."""
    component, version = _BY_REPOSITORY.get(image.name), release(image.tag or "")
    if component is not None and version is not None:
        for advisory in component.advisories:
            for first, fixed in advisory.versions:
                if lies_between(version, first, fixed):
                    yield advisory, fixed


def ended(image: ImageReference) -> Iterator[Ended]:
    """Yield why an image gets no more fixes."""
    version = release(image.tag or "")
    for each in _ENDED_BY_REPOSITORY.get(image.name, ()):
        if each.versions is None or (version is not None and lies_between(version, *each.versions)):
            yield each
