"""What a pod with a user namespace cannot have.

Source: Kubernetes documentation, "User Namespaces", limitations (2026), and core/v1 validation. The feature gate
UserNamespacesHostNetworkSupport, alpha since 1.35, lifts the ban on the node's network; it is off by default.
"""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Container, Node, PodSpec
from kubelint_py.data.pss_allowed import HOST_NAMESPACES


def host_namespaces(pod: PodSpec) -> Iterator[tuple[Node, str]]:
    """Yield the fields that put the pod into a namespace of its node, each with what to call that."""
    for field, title in HOST_NAMESPACES.items():
        node = pod.node.at(field)
        if node.as_bool:
            yield node, title


def block_devices(pod: PodSpec) -> Iterator[tuple[Node, Container]]:
    """Yield the raw block devices of a pod's containers."""
    for container in pod.containers:
        devices = container.node.at("volumeDevices")
        if devices.as_list:
            yield devices, container
