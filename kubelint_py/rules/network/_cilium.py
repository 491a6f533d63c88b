"""Which pods the policies of Cilium select, and in which directions that isolates them.

Rules are read as far as selectors and directions: a selected pod is isolated in a direction as soon as a rule
has that section, unless `enableDefaultDeny` says otherwise.
Source: Cilium documentation, "Policy Enforcement Modes" and "Layer 3 Policies", endpoint selectors.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kubelint_py.authoring import Resource, Workload
from kubelint_py.model.selector import Requirement, maybe_satisfied, requirements, set_by_controller

GROUP = "cilium.io"
KINDS = ("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy")
_NAMESPACE_LABEL = "io.kubernetes.pod.namespace"
_OWN_LABELS = "io.cilium."
_SOURCES = ("k8s:", "any:")


class Rule(NamedTuple):
    """One rule of a Cilium policy: the pods it is about, and the directions it isolates them in."""

    pods: tuple[Requirement, ...]
    ingress: bool
    egress: bool

    def selects(self, workload: Workload) -> bool:
        """Whether the rule selects the pods of a workload, as far as their labels are known."""
        own = workload.resource.namespace
        labels = {**workload.pod.labels, _NAMESPACE_LABEL: own} if own else workload.pod.labels
        return maybe_satisfied(self.pods, labels, _is_unknown) is not False

    def covers(self, namespace: str) -> bool:
        """Whether the rule selects every pod of a namespace."""
        return all(each.key == _NAMESPACE_LABEL and each.holds({each.key: namespace}) for each in self.pods)


def _is_unknown(key: str) -> bool:
    return key.startswith(_OWN_LABELS) or key == _NAMESPACE_LABEL or set_by_controller(key)


def rules(policy: Resource) -> Iterator[Rule]:
    """Yield the rules of a policy that select pods."""
    for each in (policy.node.child("spec"), *policy.node.child("specs").items()):
        rule = each.as_map or {}
        pods = requirements(_unprefixed(rule.get("endpointSelector")))
        if pods is not None:
            yield Rule(pods, _isolates(rule, "ingress"), _isolates(rule, "egress"))


def _isolates(rule: dict[str, Any], direction: str) -> bool:
    switch = rule.get("enableDefaultDeny")
    said = switch.get(direction) if isinstance(switch, dict) else None
    return said if isinstance(said, bool) else bool(rule.get(direction) or rule.get(f"{direction}Deny"))


def _unprefixed(selector: Any) -> Any:
    """Drop the label sources Cilium allows before a key, as in `k8s:app`."""
    if not isinstance(selector, dict):
        return None
    plain = dict(selector)
    if isinstance(selector.get("matchLabels"), dict):
        plain["matchLabels"] = {_key(key): value for key, value in selector["matchLabels"].items()}
    if isinstance(selector.get("matchExpressions"), list):
        expressions = selector["matchExpressions"]
        plain["matchExpressions"] = [
            {**each, "key": _key(each.get("key"))} if isinstance(each, dict) else each for each in expressions
        ]
    return plain


def _key(key: Any) -> Any:
    if isinstance(key, str):
        return next((key[len(source) :] for source in _SOURCES if key.startswith(source)), key)
    return key
