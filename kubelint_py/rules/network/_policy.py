"""The policies of a set, asked by pod and by namespace.

An object without a namespace may be in any, so a policy without one may protect every pod: the rules built on
this speak only where no policy of the set can be meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from kubelint_py.authoring import Bundle, Resource, Workload
from kubelint_py.model.bundle import within_reach
from kubelint_py.model.network_class import denies
from kubelint_py.model.network_policy import Policy
from kubelint_py.model.pods import Pods, shown_by_templates
from kubelint_py.model.selector import Requirement, maybe_satisfied, set_by_controller
from kubelint_py.rules.network._cilium import GROUP, KINDS, Rule, rules

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


class Written:
    """The NetworkPolicies that are written for one namespace, filed so that few are compared with each pod."""

    def __init__(self) -> None:
        self.general: list[Policy] = []
        self._by_label: dict[tuple[str, str], list[Policy]] = {}

    def add(self, policy: Policy) -> None:
        """File a policy under one label it asks for."""
        for condition in policy.pods or ():
            if condition.operator == "In" and not set_by_controller(condition.key):
                for value in condition.values:
                    self._by_label.setdefault((condition.key, value), []).append(policy)
                return
        self.general.append(policy)

    def selecting(self, workload: Workload) -> Iterator[Policy]:
        """Yield the policies that may select the pods of a workload."""
        asked = (self._by_label.get(pair, ()) for pair in workload.pod.labels.items())
        for policy in chain(self.general, *asked):
            if selects(policy.pods, workload):
                yield policy


class Policies:
    """The policies of a set."""

    def __init__(self, bundle: Bundle) -> None:
        self._written: dict[str, Written] = {}
        for policy in bundle.isolation.policies:
            resource = bundle.resources[policy.identity.object_index]
            self._written.setdefault(resource.namespace, Written()).add(policy)
        self._cilium: dict[str, list[Rule]] = {}
        for each in bundle.of(GROUP, *KINDS):
            self._cilium.setdefault(each.namespace, []).extend(rules(each))
        self.unread = [each for kind, groups in _UNREAD.items() for group in groups for each in bundle.of(group, kind)]

    def isolated(self, workload: Workload, directions: tuple[str, ...] = DIRECTIONS) -> bool:
        """Whether some policy may isolate the pods of a workload in one of these directions."""
        namespace = workload.resource.namespace
        return any(
            any(getattr(policy, direction) is not None for direction in directions)
            for written in within_reach(self._written, namespace)
            for policy in written.selecting(workload)
        ) or any(
            any(getattr(rule, direction) for direction in directions) and rule.selects(workload)
            for several in within_reach(self._cilium, namespace)
            for rule in several
        )

    def denies_by_default(self, namespace: str, direction: str) -> bool:
        """Whether a policy isolates every pod of a namespace in a direction and keeps something out."""
        return any(
            policy.pods == () and denies(getattr(policy, direction))
            for written in within_reach(self._written, namespace)
            for policy in written.general
        ) or any(
            getattr(rule, direction) and rule.covers(namespace)
            for several in within_reach(self._cilium, namespace)
            for rule in several
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
