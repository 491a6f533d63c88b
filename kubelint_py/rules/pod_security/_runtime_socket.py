"""Which places of a node lead to the socket of a container runtime."""

from __future__ import annotations

from kubelint_py.authoring import show
from kubelint_py.data.runtime_sockets import PIPES, SOCKET_NAMES, SOCKETS
from kubelint_py.model.host_path import resolved


def runtime_at(place: str) -> str:
    """Return the runtime whose socket, or Windows pipe, is at this place; "" for none.

    `place` is as `_host_path.normal` returns it. The last component decides, since distributions and
    rootless runtimes put the same names elsewhere.
    """
    folder, _, name = place.rpartition("/")
    return PIPES.get(name.lower(), "") if folder.lower() == "/pipe" else SOCKET_NAMES.get(name, "")


def runtimes_below(place: str) -> list[str]:
    """Return the runtimes whose usual socket is in a directory, each once."""
    below = resolved(place).rstrip("/") + "/"
    found = (each for each in SOCKETS if each.path.startswith(below) and (below == "/" or below.startswith(each.top)))
    return list(dict.fromkeys(each.runtime for each in found))


def exposed(place: str) -> str:
    """Say what of container runtimes is at or below a place of the node; "" for nothing."""
    runtime = runtime_at(place)
    if runtime:
        return f"the {runtime} socket"
    runtimes = runtimes_below(place)
    if not runtimes:
        return ""
    what = f"the {runtimes[0]} socket is" if len(runtimes) == 1 else "the sockets of container runtimes are"
    return f"{show(place)}, where {what}"
