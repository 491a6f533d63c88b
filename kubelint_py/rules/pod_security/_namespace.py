"""Namespaces with what their labels ask of pods, and the workloads of the set that are in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Node, Resource, Version, Workload
from kubelint_py.data.pod_templates import BUILT_IN
from kubelint_py.model.pss import Violation
from kubelint_py.model.pss_policy import (
    BASELINE,
    LABEL_PREFIX,
    LEVELS,
    PRIVILEGED,
    RESTRICTED,
    Mode,
    NamespacePolicy,
    parse_labels,
    resolve_version,
)

__all__ = [
    "BASELINE",
    "KINDS",
    "LABEL_PREFIX",
    "LEVELS",
    "MODES",
    "PRIVILEGED",
    "RESTRICTED",
    "SYSTEM",
    "Inhabited",
    "Mode",
    "inhabited",
    "is_built_in",
    "label",
    "labels",
    "policy",
    "refused",
    "version_of",
]

KINDS = ("Namespace", *sorted(WORKLOAD_KINDS))
MODES = ("enforce", "audit", "warn")
SYSTEM = ("kube-system", "kube-public", "kube-node-lease")


class Inhabited(NamedTuple):
    """A namespace and its workloads."""

    namespace: Resource
    policy: NamespacePolicy
    workloads: tuple[Workload, ...]


def policy(namespace: Resource) -> NamespacePolicy:
    """Return what the labels of a namespace amount to, with the admission controller's own defaults."""
    return parse_labels(labels(namespace).value)


def labels(namespace: Resource) -> Node:
    """Return the labels of a namespace."""
    return namespace.node.at("metadata.labels")


def label(namespace: Resource, name: str) -> Node:
    """Return the label `name` of Pod Security Admission, such as `enforce`."""
    return labels(namespace).child(LABEL_PREFIX + name)


def inhabited(bundle: Bundle) -> Iterator[Inhabited]:
    """Yield each namespace of the set that has workloads in it; of two with one name, the first."""
    inside: dict[str, list[Workload]] = {}
    for workload in bundle.all_workloads:
        inside.setdefault(bundle.namespace(workload.resource), []).append(workload)
    for namespace in bundle.of("", "Namespace"):
        found = inside.pop(namespace.name, None)
        if found and namespace.name:
            yield Inhabited(namespace, policy(namespace), tuple(found))


def is_built_in(workload: Workload) -> bool:
    """Whether the object is of one of Kubernetes' own kinds."""
    return (workload.resource.group, workload.kind) in BUILT_IN


def version_of(mode: Mode, kubernetes: Version) -> Version:
    """Return the version that judges: that of the mode, but none that the cluster does not know yet."""
    return Version(1, min(resolve_version(mode.version).minor, kubernetes.minor))


def refused(workload: Workload, mode: Mode, kubernetes: Version) -> list[Violation]:
    """Return what a mode of a namespace objects to in a workload."""
    if mode.level == PRIVILEGED:
        return []
    return workload.pod.judged(version_of(mode, kubernetes), mode.level)
