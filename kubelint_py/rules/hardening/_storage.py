"""Volumes that outlive a pod and whose files the kubelet can hand over to a group.

Source: Kubernetes documentation, "Configure a Security Context for a Pod or Container", fsGroup and
volumes; host paths and NFS are left as they are, an emptyDir can be written by everybody.
"""

from __future__ import annotations

from kubelint_py.authoring import Node, Workload

_CLAIM = "persistentVolumeClaim"
_SOURCES = frozenset(
    {
        "awsElasticBlockStore",
        "azureDisk",
        "cinder",
        "ephemeral",
        "fc",
        "gcePersistentDisk",
        "iscsi",
        _CLAIM,
        "portworxVolume",
        "rbd",
        "vsphereVolume",
    }
)


def first_persistent_volume(workload: Workload) -> str | None:
    """Return the name of the first such volume that can be written, None without any."""
    for volume in workload.pod.node.at("volumes").items():
        if any(source in _SOURCES and _is_writable(node) for source, node in volume.entries()):
            return volume.at("name").as_str or ""
    for claim in workload.resource.node.at("spec.volumeClaimTemplates").items():
        if claim.as_map is not None:
            return claim.at("metadata.name").as_str or ""
    return None


def _is_writable(source: Node) -> bool:
    return source.as_map is not None and source.at("readOnly").as_bool is not True
