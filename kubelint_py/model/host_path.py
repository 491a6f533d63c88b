"""Volumes that show a place of the node, and where in it containers look."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_py.model.pss_pod import show
from kubelint_py.model.workload import PodSpec
from kubelint_py.source.document import Node


class HostPath(NamedTuple):
    """A volume with a host path: `node` is the written path, `place` where it leads."""

    node: Node
    name: str
    place: str

    @property
    def label(self) -> str:
        """How messages call the volume."""
        return f"volume {show(self.name)}"


class Mount(NamedTuple):
    """Where a container sees a volume: `node` is the mount, `place` the place of the node it leads to."""

    node: Node
    container: str
    target: str
    place: str


def normal(path: str) -> str:
    """Return a path from the root, without repeated slashes, `.`, `..` and a slash at the end."""
    return posixpath.normpath("/" + path.replace("\\", "/").lstrip("/"))


def host_paths(pod: PodSpec) -> Iterator[HostPath]:
    """Yield the volumes of a pod that name a place of the node."""
    for volume in pod.node.at("volumes").items():
        path = volume.at("hostPath.path")
        if path.as_str:
            yield HostPath(path, volume.at("name").as_str or "", normal(path.as_str))


def mounts(pod: PodSpec, volume: HostPath) -> Iterator[Mount]:
    """Yield how containers of a pod mount a volume, below its `subPath` where they name one."""
    for container in pod.containers:
        for mount in container.node.at("volumeMounts").items():
            if volume.name and mount.at("name").value == volume.name:
                below = mount.at("subPath").as_str or ""
                target = mount.at("mountPath").as_str or ""
                yield Mount(mount, container.name, target, normal(f"{volume.place}/{below}"))


def lies_in(place: str, places: Iterable[str]) -> bool:
    """Whether a place is one of these or below one of them."""
    allowed = (normal(each) for each in places if each)
    return any(place == each or place.startswith(each.rstrip("/") + "/") for each in allowed)
