"""Volumes that show a place of the node, and where in it containers look."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kubelint_py.model.pss_pod import show
from kubelint_py.model.workload import PodSpec
from kubelint_py.source.document import Node

_LINK, _RUN = "/var/run", "/run"


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


def resolved(place: str) -> str:
    """Return a place, as `normal` returns it, below `/run` where it is below `/var/run`, which is a link to that."""
    return _RUN + place[len(_LINK) :] if lies_in(place, [_LINK]) else place


def host_paths(pod: PodSpec) -> Iterator[HostPath]:
    """Yield the volumes of a pod that name a place of the node."""
    for volume in pod.node.at("volumes").items():
        path = volume.at("hostPath.path")
        if path.as_str:
            yield HostPath(path, volume.at("name").as_str or "", normal(path.as_str))


def mounted(pod: PodSpec) -> Iterator[tuple[HostPath, list[Mount]]]:
    """Yield these volumes, each with how containers mount it, below its `subPath` where they name one.

    Of volumes with one name, which the API server refuses, the first has the mounts.
    """
    volumes = list(host_paths(pod))
    named: dict[str, list[tuple[str, Node]]] = {volume.name: [] for volume in volumes if volume.name}
    for container in pod.containers if named else ():
        for mount in container.node.at("volumeMounts").items():
            same = named.get(mount.at("name").as_str or "")
            if same is not None:
                same.append((container.name, mount))
    for volume in volumes:
        yield volume, [_mount(volume, container, node) for container, node in named.pop(volume.name, ())]


def leading(pod: PodSpec, tell: Callable[[str], str]) -> Iterator[tuple[HostPath, str, list[Mount]]]:
    """Yield the volumes that lead to a place of which `tell` has something to say, that, and the mounts of such places.

    Where every mount has a `subPath` beside such places, the volume does not lead there.
    """
    for volume, used in mounted(pod):
        reaching = [mount for mount in used if tell(mount.place)]
        what = tell(reaching[0].place if reaching else volume.place)
        if what and (reaching or not used):
            yield volume, what, reaching


def _mount(volume: HostPath, container: str, node: Node) -> Mount:
    below = node.at("subPath").as_str or ""
    target = node.at("mountPath").as_str or ""
    return Mount(node, container, target, normal(f"{volume.place}/{below}"))


def lies_in(place: str, places: Iterable[str]) -> bool:
    """Whether a place is one of these or below one of them."""
    allowed = (normal(each) for each in places if each)
    return any(place == each or place.startswith(each.rstrip("/") + "/") for each in allowed)
