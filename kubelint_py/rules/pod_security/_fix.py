"""What the fixes of this category ask of a pod.

No fix is offered for pods that a controller puts together, or that run on Windows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kubelint_py.authoring import Node, PodSpec, Problem
from kubelint_py.data.pss_allowed import HOST_NAMESPACES
from kubelint_py.rules.pod_security._capability import plain

_LISTS = ("containers", "initContainers", "ephemeralContainers")
_MOST = 50
"""Containers or volumes that are looked at for one fix."""


def is_fixable(pod: PodSpec) -> bool:
    """Whether the pod is as written, and its containers have what the fields of Linux ask for."""
    return not pod.sparse and not pod.runs_on_windows


def container_of(problem: Problem, pod: PodSpec) -> Node | None:
    """Return the container a problem is about; None for one about the pod, and where no fix is offered."""
    keys = problem.node.path[len(pod.node.path) :]
    if len(keys) < 2 or keys[0] not in _LISTS or not is_fixable(pod):
        return None
    node = pod.node.child(keys[0]).child(keys[1])
    return node if isinstance(node.value, dict) else None


def field_for_all(problem: Problem, pod: PodSpec, field: str, spared: Callable[[Node], bool]) -> Node | None:
    """Return the field of the pod's security context, or the container's own where a container that would
    inherit the pod's is to be spared.
    """
    own = container_of(problem, pod)
    if own is None:
        return None
    lists = [pod.node.child(each) for each in _LISTS]
    few = sum(len(each.as_list or ()) for each in lists) <= _MOST
    if not few or any(spared(each) for each in _inheriting(lists, field)):
        return None if spared(own) else own.at("securityContext", field)
    return pod.node.at("securityContext", field)


def _inheriting(lists: Iterable[Node], field: str) -> Iterator[Node]:
    for each in lists:
        for container in each.items():
            if container.at("securityContext", field).value is None:
                yield container


def is_root(container: Node, pod: PodSpec) -> bool:
    """Whether the manifest says that the container runs as user 0."""
    own = container.at("securityContext.runAsUser")
    user = own if own.value is not None else pod.node.at("securityContext.runAsUser")
    return user.as_int == 0


def is_privileged(container: Node) -> bool:
    """Whether the container runs in privileged mode."""
    return container.at("securityContext.privileged").as_bool is True


def added_capabilities(container: Node) -> frozenset[str]:
    """Return the capabilities that are added, as `plain` spells them."""
    added = container.at("securityContext.capabilities.add").as_list or ()
    return plain(name for name in added if isinstance(name, str))


def works_on_node(container: Node, pod: PodSpec) -> bool:
    """Whether the manifest shows that the container has to do with its node."""
    volumes = pod.node.at("volumes").as_list or []
    return (
        any(pod.node.at(field).as_bool for field in HOST_NAMESPACES)
        or len(volumes) > _MOST
        or any(isinstance(volume, dict) and volume.get("hostPath") is not None for volume in volumes)
        or bool(container.at("volumeDevices").as_list)
        or bool(added_capabilities(container))
    )
