"""The policies of a set, asked by pod and by namespace.

An object without a namespace may be in any, so a policy without one may protect every pod: the rules built on
this speak only where no policy of the set can be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_py.authoring import Bundle, Resource, Workload
from kubelint_py.model.bundle import may_share_namespace
from kubelint_py.model.network_class import denies
from kubelint_py.model.network_policy import Policy
from kubelint_py.model.pods import Pods, shown_by_templates
from kubelint_py.model.selector import Requirement, maybe_satisfied, set_by_controller
from kubelint_py.rules.network._cilium import GROUP, KINDS, rules

__all__ = [
    "DIRECTIONS",
    "POLICY_KINDS",
    "SYSTEM",
    "Pods",
    "Policies",
    "can_be_isolated",
    "runs_pods",
    "shown_by_templates",
]

SYSTEM = ("kube-system", "kube-public", "kube-node-lease")
DIRECTIONS = ("ingress", "egress")
_UNREAD = {
    "AdminNetworkPolicy": ("policy.networking.k8s.io",),
    "BaselineAdminNetworkPolicy": ("policy.networking.k8s.io",),
    "ClusterNetworkPolicy": ("crd.antrea.io", "policy.networking.k8s.io"),
    "GlobalNetworkPolicy": ("crd.projectcalico.org", "projectcalico.org"),
    "NetworkPolicy": ("crd.antrea.io", "crd.projectcalico.org", "projectcalico.org"),
    "SecurityGroupPolicy": ("vpcresources.k8s.aws",),
}
"""Kinds that may isolate pods, with their API groups, which are recognised but not evaluated."""

POLICY_KINDS = (*_UNREAD, *KINDS)


class Written(NamedTuple):
    """A NetworkPolicy and its object."""

    policy: Policy
    resource: Resource


class Policies:
    """The policies of a set."""

    def __init__(self, bundle: Bundle) -> None:
        found = bundle.isolation.policies
        self.written = [Written(policy, bundle.resources[policy.identity.object_index]) for policy in found]
        self.cilium = [rule for each in bundle.of(GROUP, *KINDS) for rule in rules(each)]
        self.unread = [each for kind, groups in _UNREAD.items() for group in groups for each in bundle.of(group, kind)]
        self._by_label: dict[tuple[str, str], list[Written]] = {}
        self._general: list[Written] = []
        for each in self.written:
            self._file(each)

    def _file(self, written: Written) -> None:
        """File a policy under one label it asks for, so that few policies are compared with each pod."""
        for condition in written.policy.pods or ():
            if condition.operator == "In" and not set_by_controller(condition.key):
                for value in condition.values:
                    self._by_label.setdefault((condition.key, value), []).append(written)
                return
        self._general.append(written)

    def _candidates(self, workload: Workload) -> Iterator[Written]:
        yield from self._general
        for pair in workload.pod.labels.items():
            yield from self._by_label.get(pair, ())

    def selecting(self, workload: Workload) -> Iterator[Policy]:
        """Yield the NetworkPolicies that may select the pods of a workload."""
        for policy, resource in self._candidates(workload):
            if may_share_namespace(resource, workload.resource) and selects(policy.pods, workload):
                yield policy

    def isolated(self, workload: Workload, directions: Iterable[str] = DIRECTIONS) -> bool:
        """Whether some policy may isolate the pods of a workload in one of these directions."""
        wanted = tuple(directions)
        for policy in self.selecting(workload):
            if any(getattr(policy, direction) is not None for direction in wanted):
                return True
        return any(
            any(getattr(rule, direction) for direction in wanted) and rule.selects(workload)
            for rule in self.cilium
            if may_share_namespace(rule.resource, workload.resource)
        )

    def denies_by_default(self, namespace: str, direction: str) -> bool:
        """Whether a policy isolates every pod of a namespace in a direction and keeps something out."""
        for policy, resource in self.written:
            if resource.namespace in ("", namespace) and policy.pods == () and denies(getattr(policy, direction)):
                return True
        return any(
            getattr(rule, direction) and rule.covers(namespace)
            for rule in self.cilium
            if rule.resource.namespace in ("", namespace)
        )

    def unread_for(self, namespace: str) -> bool:
        """Whether policies of kinds that are not evaluated may apply in a namespace ("" is any)."""
        return any(not namespace or each.namespace in ("", namespace) for each in self.unread)


def selects(conditions: Iterable[Requirement] | None, workload: Workload) -> bool:
    """Whether conditions select the pods of a workload, or may do so by a label that a controller adds."""
    return maybe_satisfied(conditions, workload.pod.labels, set_by_controller) is not False


def runs_pods(resource: Resource) -> bool:
    """Whether pods of the object stay around: a PodTemplate has none, and those of a Helm test end at once."""
    return resource.kind != "PodTemplate" and "test" not in resource.annotations.get("helm.sh/hook", "")


def can_be_isolated(workload: Workload) -> bool:
    """Whether policies apply to the pods: not to those on the node's network."""
    return workload.pod.node.at("hostNetwork").value is not True
