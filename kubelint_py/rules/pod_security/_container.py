"""How messages of this category call a container."""

from __future__ import annotations

from kubelint_py.authoring import Container
from kubelint_py.model.pss_pod import show

_TITLES = {"init": "init container", "sidecar": "init container", "ephemeral": "ephemeral container"}


def label(container: Container) -> str:
    """Return what the Pod Security Standards engine calls it: role and name, without a name its position."""
    title = _TITLES.get(container.role, "container")
    return f"{title} {show(container.name) if container.name else container.node.path[-1]}"
