"""The pods of a set, looked up by label: what a selector finds, almost finds, and may find unseen.

An unwritten namespace may be any. Pods that custom controllers create are in no manifest, so beside a custom
object that may create pods nothing can be said to match nothing; nor are those of Kubernetes itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from kubelint_py.data.pods_unseen import DEPLOYERS, GROUPS, KINDS, LEADER_LABELS, LEADER_VALUES, SYSTEM_LABELS
from kubelint_py.model.bundle import Bundle, is_custom, may_share_namespace, within_reach
from kubelint_py.model.resource import Resource
from kubelint_py.model.selector import Requirement, satisfied, set_by_controller
from kubelint_py.model.workload import Workload
from kubelint_py.source.document import Node

Conditions = tuple[Requirement, ...]
_ASKS = ("In", "Exists")
_SYSTEM = "kube-system"


class Pods:
    """The workloads of a set by the labels of their pods."""

    def __init__(self, bundle: Bundle) -> None:
        self.workloads = bundle.workloads
        self._by_label = bundle.by_label
        self._namespaces: dict[str, list[Workload]] = {}
        for workload in self.workloads:
            self._namespaces.setdefault(workload.resource.namespace, []).append(workload)
        self._makers = {_reach(each) for each in bundle.resources if may_make_pods(each)}

    def matching(self, conditions: Conditions) -> Iterator[Workload]:
        """Yield the workloads of any namespace whose pods meet all conditions."""
        return self._among([self.workloads], conditions)

    def misses(self, conditions: Conditions, near: Resource) -> bool:
        """Whether the conditions select nothing in the namespace of `near`, as far as the set can tell.

        It cannot where it has no workload that is written to be there, unless one of another namespace is meant,
        and where a custom object may have pods of its own. Conditions that only leave pods out, or none at all,
        are meant for whatever comes.
        """
        if (
            not any(each.operator in _ASKS for each in conditions)
            or _meets(self._makers, near)
            or _is_system(conditions, near)
        ):
            return False
        around = [*within_reach(self._namespaces, near.namespace)] if near.namespace else [self.workloads]
        if any(may_share_namespace(workload.resource, near) for workload in self._among(around, conditions)):
            return False
        return near.namespace in self._namespaces or any(True for _ in self.matching(conditions))

    def hint(self, conditions: Conditions, near: Resource) -> tuple[Node, str] | None:
        """Return the place that most likely was meant by conditions that select nothing, and what is there."""
        stray = next(self.matching(conditions), None)
        if stray is not None:
            resource = stray.resource
            return resource.node.at("metadata.namespace"), f"{resource.title} is in namespace {resource.namespace!r}"
        close = self._nearest(conditions, near) or self._namesake(conditions, near)
        return _difference(*close) if close else None

    def _nearest(self, conditions: Conditions, near: Resource) -> tuple[Workload, str] | None:
        """Return a workload that meets all conditions but one, preferring one with another value there."""
        found = None
        for condition in conditions if len(conditions) > 1 else ():
            others = tuple(other for other in conditions if other is not condition)
            for workload in self.matching(others):
                if may_share_namespace(workload.resource, near):
                    if condition.key in workload.pod.labels:
                        return workload, condition.key
                    found = found or (workload, condition.key)
        return found

    def _namesake(self, conditions: Conditions, near: Resource) -> tuple[Workload, str] | None:
        same = (workload for workload in self.workloads if workload.resource.name == near.name)
        close = next((workload for workload in same if may_share_namespace(workload.resource, near)), None)
        return (close, conditions[0].key) if close and close.resource.name else None

    def _among(self, groups: Sequence[Sequence[Workload]], conditions: Conditions) -> Iterator[Workload]:
        """Yield what meets all conditions: of these workloads, or of those with one of the labels if they are fewer."""
        for condition in conditions:
            if condition.operator == "In":
                buckets = [self._by_label.get((condition.key, value), []) for value in sorted(condition.values)]
                if sum(map(len, buckets)) < sum(map(len, groups)):
                    groups = buckets
        for workload in chain.from_iterable(groups):
            if satisfied(conditions, workload.pod.labels):
                yield workload


def _difference(workload: Workload, key: str) -> tuple[Node, str]:
    label = workload.pod.template.at("metadata", "labels", key)
    title, value = workload.resource.title, label.as_str
    return label, f"{title} lacks the label {key}" if value is None else f"{title} has {key}={value}"


def shown_by_templates(conditions: Iterable[Requirement]) -> Conditions:
    """Return the conditions that pod templates can answer.

    Left out are labels that controllers add, and those that programs put on their own pods to mark a leader.
    """
    return tuple(each for each in conditions if not set_by_controller(each.key) and not _marks_leader(each))


def _marks_leader(condition: Requirement) -> bool:
    role = condition.key.rpartition("/")[2] == "role" and not LEADER_VALUES.isdisjoint(condition.values)
    return role or condition.key in LEADER_LABELS


def may_make_pods(resource: Resource) -> bool:
    """Whether a controller may create pods for a custom object that no manifest shows."""
    return is_custom(resource) and resource.group not in GROUPS and (resource.group, resource.kind) not in KINDS


def _reach(maker: Resource) -> str:
    return "" if (maker.group, maker.kind) in DEPLOYERS else maker.namespace


def _is_system(conditions: Conditions, near: Resource) -> bool:
    return near.namespace in ("", _SYSTEM) and any(
        each.operator == "In" and not SYSTEM_LABELS.isdisjoint(each.values) for each in conditions
    )


def _meets(namespaces: set[str], near: Resource) -> bool:
    return bool(namespaces) and (not near.namespace or near.namespace in namespaces or "" in namespaces)
