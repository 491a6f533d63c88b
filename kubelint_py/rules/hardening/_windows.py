"""Windows options, which are inherited one by one, unlike other parts of a security context."""

from __future__ import annotations

from kubelint_py.authoring import Container, Node

_OPTIONS = "securityContext.windowsOptions"


def windows_option(container: Container, field: str) -> Node:
    """Return the option that decides for a container, its own missing one where neither level sets it."""
    own = container.node.at(_OPTIONS).child(field)
    inherited = container.pod.node.at(_OPTIONS).child(field)
    return inherited if own.value is None and inherited.value is not None else own
