"""Which connections network policies allow.

Exact for NetworkPolicy of networking.k8s.io/v1 under a conforming network plug-in; other policy kinds are not
evaluated. Traffic from a pod's own node and to itself, which no policy can block, is not treated specially.
Source: Kubernetes documentation, "Network Policies", and the NetworkPolicy v1 API.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from kubelint_py.model.network_block import Address, parse_address
from kubelint_py.model.network_class import Class, classify, denies
from kubelint_py.model.network_policy import (
    NAME_LABEL,
    Conditions,
    Direction,
    Identity,
    Peer,
    Policy,
    Rule,
    read_objects,
)
from kubelint_py.model.selector import maybe_satisfied, set_by_controller

_NO_LABELS: Mapping[str, str] = MappingProxyType({})


class Endpoint(NamedTuple):
    """One end of a connection: a pod, or with namespace "" something outside the cluster.

    `template` says that `labels` are those of a pod template: what controllers add to them is unknown.
    """

    namespace: str
    labels: Mapping[str, str] = _NO_LABELS
    ip: str = ""
    template: bool = False


class Policies(NamedTuple):
    """The policies that select an end: the destination for ingress, the source for egress."""

    ingress: tuple[Identity, ...]
    egress: tuple[Identity, ...]


class Verdict(NamedTuple):
    """Whether the destination's ingress and the source's egress let a connection through.

    None says that it hangs on labels the set does not show: those of a namespace, or those a controller adds.
    """

    ingress: bool | None
    egress: bool | None
    policies: Policies

    @property
    def allowed(self) -> bool | None:
        """Whether the connection comes about, which takes both directions."""
        return _both(self.ingress, self.egress)


class Isolated(NamedTuple):
    """Whether some policy selects a pod, per direction."""

    ingress: bool
    egress: bool


class Classes(NamedTuple):
    """What the policies that select a pod amount to, per direction: see `network_class.classify`."""

    ingress: Class
    egress: Class


class _Flow(NamedTuple):
    """A connection as one end sees it."""

    other: Endpoint
    address: Address | None
    port: int | None
    port_name: str
    protocol: str


class Isolation:
    """The network policies of a set of objects.

    `objects` are plain mappings of any kind: NetworkPolicies and Namespaces count, list kinds are expanded, and
    whatever is malformed matches nothing. `namespace` is that of a policy that has none. Nothing raises.
    """

    def __init__(self, objects: Iterable[object], *, namespace: str = "default") -> None:
        self._policies, self._namespaces = read_objects(objects, namespace)

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every NetworkPolicy of the set, in its order."""
        found = [policy for policies in self._policies.values() for policy in policies]
        return tuple(sorted(found, key=lambda policy: policy.identity.object_index))

    def allows(
        self,
        source: Endpoint,
        destination: Endpoint,
        port: int | None,
        port_name: str = "",
        protocol: str = "TCP",
    ) -> Verdict:
        """Judge a connection to a port of the destination: the pod's port, not a Service's.

        `port_name` is the name the destination's container gives the port. The own direction of an
        external end is allowed.
        """
        receiving = self._selecting(destination, "ingress")
        sending = self._selecting(source, "egress")
        flow = _Flow(source, parse_address(source.ip), port, port_name, protocol)
        ingress = self._permits(receiving, "ingress", flow)
        egress = self._permits(
            sending, "egress", flow._replace(other=destination, address=parse_address(destination.ip))
        )
        return Verdict(ingress, egress, Policies(_identities(receiving), _identities(sending)))

    def isolated(self, endpoint: Endpoint) -> Isolated:
        """Tell in which directions a policy selects a pod, one that may select it by unknown labels included."""
        return Isolated(bool(self._selecting(endpoint, "ingress")), bool(self._selecting(endpoint, "egress")))

    def policies_selecting(
        self, namespace: str, labels: Mapping[str, str], *, template: bool = False
    ) -> tuple[Policy, ...]:
        """Return the policies that select a pod in whatever direction, in the order of the set.

        With `template`, the labels are those of a pod template, and policies that may select by a label
        which a controller adds are included. `identity.object_index` finds the object of each.
        """
        endpoint = Endpoint(namespace, labels, template=template)
        return tuple(
            policy for policy in self._policies.get(namespace, ()) if _selects(policy.pods, endpoint) is not False
        )

    def classify(self, endpoint: Endpoint) -> Classes:
        """Name per direction what the policies that select a pod amount to.

        "unrestricted", "allow-all", "wide-open", "deny-all" or "restricted"; see `network_class.classify`.
        """
        return Classes(self._class(endpoint, "ingress"), self._class(endpoint, "egress"))

    def default_deny(self, namespace: str, *, exact: bool = False) -> Isolated:
        """Tell in which directions a policy isolates every pod of a namespace, whatever its labels.

        A policy whose own rules let everybody through on every port (see `network_class.denies`) does not
        count; with `exact`, only a policy without any rule for the direction does. Others may still add to it.
        """
        return Isolated(self._denies(namespace, "ingress", exact), self._denies(namespace, "egress", exact))

    def _denies(self, namespace: str, direction: Direction, exact: bool) -> bool:
        general = (policy.rules(direction) for policy in self._policies.get(namespace, ()) if policy.pods == ())
        return any(rules == () if exact else denies(rules) for rules in general)

    def _class(self, endpoint: Endpoint, direction: Direction) -> Class:
        selecting = self._selecting(endpoint, direction)
        return classify(_rules(selecting, direction) if selecting else None)

    def _selecting(self, endpoint: Endpoint, direction: Direction) -> list[tuple[Policy, bool | None]]:
        """Return the policies in effect on a pod, each with True, or None where it may or may not select it."""
        found: list[tuple[Policy, bool | None]] = []
        for policy in self._policies.get(endpoint.namespace, ()) if endpoint.namespace else ():
            if policy.rules(direction) is not None:
                selects = _selects(policy.pods, endpoint)
                if selects is not False:
                    found.append((policy, selects))
        return found

    def _permits(self, selecting: list[tuple[Policy, bool | None]], direction: Direction, flow: _Flow) -> bool | None:
        """Whether the policies that select an end let a connection pass in its direction."""
        answers = [(selects, self._permit(policy, direction, flow)) for policy, selects in selecting]
        if any(selects for selects, _ in answers):
            return _any(_both(selects, permits) for selects, permits in answers)
        # Without a policy that is sure to select it, the pod may be one that nothing isolates.
        return True if all(permits for _, permits in answers) else None

    def _permit(self, policy: Policy, direction: Direction, flow: _Flow) -> bool | None:
        rules = policy.rules(direction) or ()
        relevant = (rule for rule in rules if rule.covers_port(flow.port, flow.port_name, flow.protocol))
        return _any(self._includes(rule, policy.identity.namespace, flow) for rule in relevant)

    def _includes(self, rule: Rule, home: str, flow: _Flow) -> bool | None:
        if rule.peers is None:
            return True
        return _any(self._is_peer(peer, home, flow) for peer in rule.peers)

    def _is_peer(self, peer: Peer, home: str, flow: _Flow) -> bool | None:
        if peer.block is not None:
            return flow.address is not None and peer.block.contains(flow.address)
        other = flow.other
        if not other.namespace:
            return False
        if peer.namespaces is None:
            place: bool | None = other.namespace == home
        else:
            place = self._in_namespaces(peer.namespaces, other.namespace)
        return _both(place, True if peer.pods is None else _selects(peer.pods, other))

    def _in_namespaces(self, conditions: Conditions, name: str) -> bool | None:
        known = self._namespaces.get(name)
        labels = {NAME_LABEL: name} if known is None else known
        return maybe_satisfied(conditions, labels, lambda _key: known is None)


def _selects(conditions: Conditions | None, endpoint: Endpoint) -> bool | None:
    labels = endpoint.labels if isinstance(endpoint.labels, Mapping) else _NO_LABELS
    return maybe_satisfied(conditions, labels, set_by_controller if endpoint.template else _known)


def _known(_key: str) -> bool:
    return False


def _rules(selecting: Iterable[tuple[Policy, bool | None]], direction: Direction) -> list[Rule]:
    return [rule for policy, _ in selecting for rule in policy.rules(direction) or ()]


def _identities(selecting: Iterable[tuple[Policy, bool | None]]) -> tuple[Identity, ...]:
    return tuple(policy.identity for policy, _ in selecting)


def _both(one: bool | None, other: bool | None) -> bool | None:
    """And, where None is unknown."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    """Or, where None is unknown."""
    found: bool | None = False
    for answer in answers:
        if answer:
            return True
        if answer is None:
            found = None
    return found
