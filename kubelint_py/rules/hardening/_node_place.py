"""What lies at a place of a node, and which volumes of a pod lead there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kubelint_py.authoring import PodSpec, Problem, Problems, show
from kubelint_py.data.host_paths import CREDENTIALS, HARMLESS, SENSITIVE, WINDOWS, Sensitive
from kubelint_py.model.host_path import HostPath, Mount, leading, lies_in, mounted, normal, resolved

_HOME, _ROOT = "/home/", "/root"
_WHOLE = "'/', the whole file system of the node"
_NAMED = 3


def exposures(pod: PodSpec, allow: tuple[str, ...], tell: Callable[[str], str]) -> Problems:
    """Yield a problem for each volume that leads to a place of which `tell` has something to say."""
    for volume, what, reaching in leading(pod, tell):
        if not lies_in(volume.place, allow):
            may = ", so that containers may write to it" if any(map(is_writable, reaching)) else ""
            related = tuple((mount.node, f"container {mount.container!r} mounts it") for mount in reaching)
            yield Problem(volume.node, f"{volume.label} mounts {what}{may}", related)


def writers(pod: PodSpec, allow: tuple[str, ...]) -> Iterator[tuple[HostPath, list[Mount]]]:
    """Yield the volumes that containers mount so that they may write, with these mounts."""
    for volume, used in mounted(pod):
        writing = [mount for mount in used if is_writable(mount)]
        if writing and not lies_in(volume.place, allow):
            yield volume, writing


def is_writable(mount: Mount) -> bool:
    """Whether a mount is not read-only."""
    return mount.node.at("readOnly").as_bool is not True


def named(names: Iterable[str]) -> str:
    """Name containers in a message, the first few of many."""
    once = list(dict.fromkeys(names))
    more = f" and {len(once) - _NAMED} more" if len(once) > _NAMED else ""
    return ("containers " if len(once) > 1 else "container ") + ", ".join(map(show, once[:_NAMED])) + more


def sensitive(place: str, also: Iterable[str] = ()) -> str:
    """Say what of the node's system is at a place, around or below it; "" for nothing."""
    if place == "/":
        return _WHOLE
    if any(lies_in(place, [each]) or lies_in(normal(each), [place]) for each in also if each):
        return f"{show(place)}, which the configuration calls sensitive"
    if not _has_drive(place):
        return _in_table(place, resolved(place), SENSITIVE)
    place, path = place[1:], _beyond_drive(place)
    return _in_table(place, path, WINDOWS) if path != "/" else f"{show(place)}, a whole drive of the node"


def credentials(place: str) -> str:
    """Say which credentials are at a place, around or below it; "" for none."""
    path = resolved(place)
    if path == "/":
        return f"{_WHOLE}, with the credentials on it"
    if path.startswith(_HOME):
        _, slash, rest = path.removeprefix(_HOME).partition("/")
        path = f"{_ROOT}{slash}{rest}"
    for each in CREDENTIALS:
        if lies_in(path, [each.path]):
            return f"{show(place)}, which holds {each.what}"
        if each.top and lies_in(each.path, [path]) and lies_in(path, [each.top]):
            return f"{show(place)}, where {each.what} are"
    return ""


def _in_table(place: str, path: str, table: tuple[Sensitive, ...]) -> str:
    if lies_in(path, HARMLESS):
        return ""
    for each in table:
        if path == each.path:
            return f"{show(place)}, {each.what}"
        if not each.alone and lies_in(path, [each.path]):
            return f"{show(place)}, part of {each.what}"
    for each in table:
        if lies_in(each.path, [path]):
            return f"{show(place)}, above {each.path!r}: {each.what}"
    return ""


def _has_drive(place: str) -> bool:
    return place[2:3] == ":" and place[3:4] in {"", "/"} and place[1].isalpha()


def _beyond_drive(place: str) -> str:
    return place[3:].lower() or "/"
