"""Service accounts, and the workloads of a set that use them."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Workload

DEFAULT = "default"
KINDS = tuple(sorted(WORKLOAD_KINDS))
SYSTEM = ("kube-system", "kube-public", "kube-node-lease")


def users(bundle: Bundle) -> Iterator[tuple[str, list[Workload]]]:
    """Yield each named service account with the workloads of one namespace, as it is written, that run as it."""
    found: dict[tuple[str, str], list[Workload]] = {}
    for workload in bundle.workloads:
        found.setdefault((workload.resource.namespace, workload.pod.service_account), []).append(workload)
    for (_, name), workloads in found.items():
        if name != DEFAULT:
            yield name, workloads
