"""Sandboxes for agents: pods that run code nobody has read.

Source: kubernetes-sigs/agent-sandbox, API v1beta1 of agents.x-k8s.io and extensions.agents.x-k8s.io (2026).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kubelint_py.authoring import Resource
from kubelint_py.model.image import ImageReference, InvalidReference, parse
from kubelint_py.model.network_class import Reach, reach
from kubelint_py.model.network_policy import Rule, read_policy

GROUP = "extensions.agents.x-k8s.io"
TEMPLATE = "SandboxTemplate"
_DNS = 53


def is_sandbox(resource: Resource) -> bool:
    """Whether an object is a sandbox or a template of sandboxes."""
    return resource.is_("agents.x-k8s.io", "Sandbox") or resource.is_(GROUP, TEMPLATE)


def opened(egress_rule: Any) -> str:
    """Say which world an egress rule opens beyond name lookups; "" for none."""
    for rule in _read(egress_rule):
        if rule.ports is None or not all(port.first == port.last == _DNS for port in rule.ports):
            return _world(reach(rule.peers))
    return ""


def _read(egress_rule: Any) -> tuple[Rule, ...]:
    spec = {"podSelector": {}, "policyTypes": ["Egress"], "egress": [egress_rule]}
    made = {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": {"name": "made"}, "spec": spec}
    policy = read_policy(made, 0, "default")
    return policy.egress or () if policy else ()


def _world(found: Reach) -> str:
    if found.ipv4 and found.ipv6 and found.cluster:
        return "everything"
    if found.ipv4:
        return "every IPv4 address"
    return "every IPv6 address" if found.ipv6 else "every pod of the cluster" if found.cluster else ""


def reference(text: str | None) -> ImageReference | None:
    """Return what an image names; None for what is no reference, such as an unreplaced placeholder."""
    try:
        return parse(text) if text else None
    except InvalidReference:
        return None


def lies_in(image: ImageReference, places: Iterable[str]) -> bool:
    """Whether an image comes from one of these registries, or registries with the start of a path."""
    name = f"{image.registry.lower()}/{image.repository}"
    return any(name.startswith(place.rstrip("/") + "/") or name == place for place in places)
