"""Where SSH's port is offered: by containers, and by Services whose pods do not say so themselves."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Bundle, Node, PodSpec, Resource


def listening(pod: PodSpec, ports: tuple[int, ...]) -> Iterator[tuple[str, Node]]:
    """Yield the container and the place of each of these TCP ports."""
    for container in pod.containers:
        for port in container.node.at("ports").items():
            number = port.at("containerPort")
            if number.as_int in ports and is_tcp(port):
                yield container.name, number


def forwarding(service: Resource, ports: tuple[int, ...]) -> Iterator[Node]:
    """Yield the place of each of these ports that a Service sends TCP traffic to."""
    for port in service.node.at("spec.ports").items():
        target = port.at("targetPort")
        place = port.at("port") if target.value is None else target
        if as_number(place) in ports and is_tcp(port):
            yield place


def says_so_itself(bundle: Bundle, service: Resource, ports: tuple[int, ...]) -> bool:
    """Whether a workload behind a Service has one of these ports, and so a finding of its own."""
    behind = bundle.selected(service.node.at("spec.selector").value, service)
    return any(True for workload in behind for _ in listening(workload.pod, ports))


def is_tcp(port: Node) -> bool:
    """Whether a port is one of TCP, which is what an absent protocol means."""
    return port.at("protocol").value in (None, "", "TCP")


def as_number(node: Node) -> int | None:
    """Return a port that is written as a number, or as a string of digits."""
    text = node.as_str or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("100000") else node.as_int
