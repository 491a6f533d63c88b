"""Which places of the security contexts of a pod decide for its containers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.authoring import Container, Node, PodSpec, effective


class Decision(NamedTuple):
    """A place that decides: `label` is how messages call whose it is, `container` its name, "" for the pod's."""

    node: Node
    label: str
    container: str


def decisions(pod: PodSpec, field: str) -> Iterator[Decision]:
    """Yield what decides a field for each container: its own value or missing one, and the pod's value once."""
    inherited = False
    for container in pod.containers:
        node = effective(container, field)
        if node.path == own(container, field).path:
            yield Decision(node, container.label, container.name)
        elif not inherited:
            inherited = True
            yield Decision(node, "pod", "")


def own(container: Container, field: str) -> Node:
    """Return a field of the container's own security context."""
    return container.node.at("securityContext", field)


def has_user_namespace(pod: PodSpec) -> bool:
    """Whether the pod's users and groups are others than the node's of the same numbers."""
    return pod.node.at("hostUsers").as_bool is False
