"""What the policies that select a pod amount to in one direction, from open to closed.

Source: Kubernetes API, NetworkPolicy of networking.k8s.io/v1: rules add up, there is no order and no deny.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple

from kubelint_py.model.network_block import covers_all
from kubelint_py.model.network_policy import Peer, Ports, Rule

Class = Literal["unrestricted", "allow-all", "wide-open", "deny-all", "restricted"]


class Reach(NamedTuple):
    """Which of three whole worlds peers include: the IPv4 addresses, the IPv6 addresses, the cluster's pods."""

    ipv4: bool
    ipv6: bool
    cluster: bool

    @property
    def wide(self) -> bool:
        """Whether at least one of them is included."""
        return self.ipv4 or self.ipv6 or self.cluster


def reach(peers: Iterable[Peer] | None) -> Reach:
    """Return what a rule's peers include, their blocks taken together; None is everybody."""
    if peers is None:
        return Reach(True, True, True)
    peers = tuple(peers)
    blocks = [peer.block for peer in peers if peer.block is not None]
    pods = [peer for peer in peers if peer.block is None]
    return Reach(covers_all(blocks, 4), covers_all(blocks, 6), any(peer.everywhere for peer in pods))


def classify(rules: Iterable[Rule] | None) -> Class:
    """Name what rules allow, all rules of all policies in effect; None is a pod no policy isolates.

    `allow-all`: some rule has neither peers nor ports. `wide-open`: on some ports every IPv4 address, every
    IPv6 address or every pod of the cluster is let through. `deny-all`: there is no rule.
    """
    if rules is None:
        return "unrestricted"
    rules = tuple(rules)
    if not rules:
        return "deny-all"
    if any(rule.peers is None and rule.ports is None for rule in rules):
        return "allow-all"
    return "wide-open" if any(reach(peers).wide for _, peers in _by_ports(rules)) else "restricted"


def denies(rules: Iterable[Rule] | None) -> bool:
    """Whether a policy with these rules keeps something out: no world of `Reach` is let through on every port."""
    if rules is None:
        return False
    return not any(ports is None and reach(peers).wide for ports, peers in _by_ports(rules))


def _by_ports(rules: Iterable[Rule]) -> Iterable[tuple[frozenset[Ports] | None, list[Peer] | None]]:
    """Join the peers of rules about the same ports; None is every port, and everybody."""
    joined: dict[frozenset[Ports] | None, list[Peer] | None] = {}
    for rule in rules:
        ports = None if rule.ports is None else frozenset(rule.ports)
        if ports == frozenset():
            continue
        peers = joined.get(ports, [])
        joined[ports] = None if peers is None or rule.peers is None else [*peers, *rule.peers]
    return joined.items()
