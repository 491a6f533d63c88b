"""NetworkPolicies and namespaces, read from plain data.

Objects may be malformed in every way. What the API server cannot decode is no object; inside one, the smallest
thing that is malformed matches nothing: a pod selector no pod, a peer nobody, a port item no port. A null is
what the decoder makes of it: an absent field, and an empty item of a list.
Source: Kubernetes API, NetworkPolicy of networking.k8s.io/v1, its defaults and validation.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from kubelint_py.model.network_block import Block, parse_cidr
from kubelint_py.model.plain_object import expand, mapping, text
from kubelint_py.model.selector import Requirement, requirements

Conditions = tuple[Requirement, ...]
Direction = Literal["ingress", "egress"]

NAME_LABEL = "kubernetes.io/metadata.name"
"""Every namespace has this label, with its name as the value."""

_GROUP = "networking.k8s.io"
_PORT_NAME = re.compile(r"(?=[0-9-]*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_PROTOCOLS = frozenset({"TCP", "UDP", "SCTP"})


class Identity(NamedTuple):
    """A policy's namespace (the default one if none is written) and name, and its object's place in the set, from 0."""

    namespace: str
    name: str
    object_index: int


class Ports(NamedTuple):
    """One item of `ports`: a range of numbers, or a port name, or with neither every port of the protocol."""

    protocol: str
    first: int = 0
    last: int = 65535
    name: str = ""

    @property
    def any(self) -> bool:
        """Whether the item is about every port of its protocol."""
        return not self.name and not self.first

    def match(self, port: int | None, name: str, protocol: str) -> bool:
        """Whether a destination port, by number and name as far as known, is meant."""
        if protocol != self.protocol:
            return False
        if self.name:
            return name == self.name
        return self.any or (port is not None and self.first <= port <= self.last)


class Peer(NamedTuple):
    """One item of `from` or `to`: a block, or pods; None is a field that is not written."""

    pods: Conditions | None = None
    namespaces: Conditions | None = None
    block: Block | None = None

    @property
    def everywhere(self) -> bool:
        """Whether the peer is every pod of every namespace."""
        return self.namespaces == () and not self.pods


class Rule(NamedTuple):
    """One item of `ingress` or `egress`. None stands for every peer, and every port."""

    peers: tuple[Peer, ...] | None = None
    ports: tuple[Ports, ...] | None = None

    def covers_port(self, port: int | None, name: str, protocol: str) -> bool:
        """Whether the rule is about this destination port."""
        return self.ports is None or any(item.match(port, name, protocol) for item in self.ports)


class Policy(NamedTuple):
    """A NetworkPolicy after defaulting. None for a direction says that the policy has no effect on it.

    `pods` None is a malformed selector, which selects no pod; `()` selects all.
    """

    identity: Identity
    pods: Conditions | None
    ingress: tuple[Rule, ...] | None
    egress: tuple[Rule, ...] | None

    def rules(self, direction: Direction) -> tuple[Rule, ...] | None:
        """Return the rules of a direction, None where the policy has no effect on it."""
        return self.ingress if direction == "ingress" else self.egress


class Objects(NamedTuple):
    """What of a set concerns network policies. A namespace whose labels cannot be read is not in `namespaces`."""

    policies: dict[str, list[Policy]]
    namespaces: dict[str, dict[str, str]]


def read_objects(objects: Iterable[object], namespace: str) -> Objects:
    """Pick policies, by namespace, and the labels of namespaces; `namespace` is that of a policy without one."""
    found = Objects({}, {})
    for each in expand(objects):
        if each.kind == "NetworkPolicy" and each.group == _GROUP:
            policy = read_policy(each.value, each.position, namespace)
            if policy is not None:
                found.policies.setdefault(policy.identity.namespace, []).append(policy)
        elif each.kind == "Namespace" and not each.group:
            _read_namespace(found.namespaces, each.value)
    return found


def read_policy(value: Mapping[str, Any], index: int, namespace: str) -> Policy | None:
    """Read one NetworkPolicy; None if the API server could not decode it."""
    spec = {} if value.get("spec") is None else value.get("spec")
    metadata = mapping(value.get("metadata"))
    own = metadata.get("namespace")
    if not isinstance(spec, Mapping) or not isinstance(own, str | None):
        return None
    selector = spec.get("podSelector")
    types = _policy_types(spec)
    return Policy(
        Identity(own or namespace, text(metadata.get("name")), index),
        requirements({} if selector is None else selector),
        _rules(spec.get("ingress"), "from") if "Ingress" in types else None,
        _rules(spec.get("egress"), "to") if "Egress" in types else None,
    )


def _read_namespace(namespaces: dict[str, dict[str, str]], value: Mapping[str, Any]) -> None:
    metadata = mapping(value.get("metadata"))
    name, labels = metadata.get("name"), metadata.get("labels")
    if not isinstance(name, str) or not name or not isinstance(labels, Mapping | None):
        return
    texts = {key: "" if text is None else text for key, text in (labels or {}).items()}
    if all(isinstance(text, str) for text in texts.values()):
        namespaces[name] = {**texts, NAME_LABEL: name}


def _items(value: object) -> list[Any] | None:
    """Return the items of a list, none for an absent one; None for anything else."""
    if value is None:
        return []
    return list(value) if isinstance(value, list | tuple) else None


def _policy_types(spec: Mapping[str, Any]) -> frozenset[str]:
    types = _items(spec.get("policyTypes"))
    if types is None:
        return frozenset()
    if types:
        return frozenset(item for item in types if isinstance(item, str))
    return frozenset({"Ingress", "Egress"} if _items(spec.get("egress")) else {"Ingress"})


def _rules(value: object, peers_field: str) -> tuple[Rule, ...]:
    rules = []
    for item in _items(value) or ():
        fields = {} if item is None else item
        if isinstance(fields, Mapping):
            rules.append(Rule(_peers(fields.get(peers_field)), _ports(fields.get("ports"))))
    return tuple(rules)


def _peers(value: object) -> tuple[Peer, ...] | None:
    items = _items(value)
    if items == []:
        return None
    return tuple(peer for peer in map(_peer, items or ()) if peer is not None)


def _peer(item: object) -> Peer | None:
    fields = mapping(item)
    block = fields.get("ipBlock")
    selectors = fields.get("podSelector"), fields.get("namespaceSelector")
    if block is not None:
        alone = selectors == (None, None) and isinstance(block, Mapping)
        return Peer(block=_block(mapping(block))) if alone else None
    if selectors == (None, None):
        return None
    pods, namespaces = (None if selector is None else requirements(selector) for selector in selectors)
    # A selector that is written but cannot be read matches nothing, and so does the peer.
    if (pods is None, namespaces is None) != tuple(selector is None for selector in selectors):
        return None
    return Peer(pods, namespaces)


def _block(fields: Mapping[str, Any]) -> Block:
    holes = (parse_cidr(item) for item in _items(fields.get("except")) or ())
    return Block(parse_cidr(fields.get("cidr")), tuple(hole for hole in holes if hole is not None))


def _ports(value: object) -> tuple[Ports, ...] | None:
    items = _items(value)
    if items == []:
        return None
    return tuple(ports for ports in map(_port, items or ()) if ports is not None)


def _port(item: object) -> Ports | None:
    fields = {} if item is None else item
    if not isinstance(fields, Mapping):
        return None
    protocol = "TCP" if fields.get("protocol") is None else fields.get("protocol")
    if not isinstance(protocol, str) or protocol not in _PROTOCOLS:
        return None
    port, end = fields.get("port"), fields.get("endPort")
    if port is None or isinstance(port, str):
        named = port is None or (len(port) <= 15 and _PORT_NAME.fullmatch(port) is not None)
        return Ports(protocol, name=port or "") if named and end is None else None
    last = port if end is None else end
    valid = _is_number(port) and _is_number(last) and port <= last
    return Ports(protocol, port, last) if valid else None


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 65535
