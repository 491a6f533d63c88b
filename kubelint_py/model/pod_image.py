"""Every image a pod names: those of its containers in all roles, and those of image volumes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_py.model.image import ImageReference, InvalidReference, parse
from kubelint_py.model.workload import PodSpec
from kubelint_py.source.document import Node

_SHOWN = 60


class Use(NamedTuple):
    """An image as written, what it names, and the container that runs it ("" for a volume)."""

    node: Node
    image: ImageReference
    container: str = ""

    def __str__(self) -> str:
        text = str(self.node.value)
        return repr(text if len(text) <= _SHOWN else f"{text[: _SHOWN // 2]}…{text[-_SHOWN // 2 :]}")


def images(pod: PodSpec) -> Iterator[Use]:
    """Yield the images of a pod; what is no reference, such as an unreplaced placeholder, is left out."""
    for container in pod.containers:
        yield from _use(container.node.at("image"), container.name)
    for volume in pod.node.at("volumes").items():
        yield from _use(volume.at("image.reference"), "")


def _use(node: Node, container: str) -> Iterator[Use]:
    if node.as_str:
        try:
            yield Use(node, parse(node.as_str), container)
        except InvalidReference:
            return


def lies_in(image: ImageReference, places: Iterable[str]) -> str:
    """Return the first place that holds the image, "" for none.

    A place is a registry or a registry with the start of a repository path; it ends where a path component
    ends, so `registry.example/shop` does not hold `registry.example/shopping/web`.
    """
    name = f"{image.name}/".lower()
    return next((place for place in places if place and name.startswith(f"{place.lower().rstrip('/')}/")), "")
