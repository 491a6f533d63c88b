"""Settings that hold for some objects only.

All matchers an override gives must match; one that is not given matches everything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from kubelint_py.config_paths import matches, split
from kubelint_py.finding import ObjectReference

MATCHERS = ("paths", "kinds", "namespaces", "names", "containers")
EFFECTS = ("rules", "select", "severity", "options")


class Override(NamedTuple):
    """What holds for matching objects.

    `paths` are `.gitignore` patterns, compared with the file and with the Helm template a document
    came from. The other matchers are globs; kinds are compared without regard to case. `rules` are
    suppressed because of `reason`; `select` switches rules on; `severity` and `options` replace the
    values of the rules they name.
    """

    paths: Sequence[str] = ()
    kinds: Sequence[str] = ()
    namespaces: Sequence[str] = ()
    names: Sequence[str] = ()
    containers: Sequence[str] = ()
    rules: Sequence[str] = ()
    reason: str = ""
    select: Sequence[str] = ()
    severity: Mapping[str, str] = {}
    options: Mapping[str, Mapping[str, Any]] = {}

    def covers(self, place: Place) -> bool:
        """Whether all matchers match."""
        return (
            self._covers_path(place)
            and self._covers_object(place.object, place.namespace)
            and (not self.containers or _any(self.containers, place.container))
        )

    def _covers_path(self, place: Place) -> bool:
        if not self.paths or (place.file is not None and matches(self.paths, place.file)):
            return True
        return bool(place.source) and matches(self.paths, split(place.source))

    def _covers_object(self, reference: ObjectReference | None, namespace: str) -> bool:
        if reference is None:
            return not (self.kinds or self.namespaces or self.names)
        return (
            (not self.kinds or _any([kind.lower() for kind in self.kinds], reference.kind.lower()))
            and (not self.namespaces or _any(self.namespaces, namespace))
            and (not self.names or _any(self.names, reference.name))
        )


class Place(NamedTuple):
    """Where a finding or an object stands.

    `file` is the path below the configuration's directory in segments, None outside of it.
    `namespace` is the one the object would be created in, "" for none.
    """

    file: tuple[str, ...] | None
    source: str
    object: ObjectReference | None
    namespace: str
    container: str


def namespace_of(reference: ObjectReference | None, default: str) -> str:
    """Return the namespace an object belongs to.

    That is the written one, for a Namespace its own name, "" for kinds that Kubernetes keeps outside
    of namespaces, else the default.
    """
    if reference is None:
        return ""
    if reference.kind == "Namespace" and reference.apiVersion == "v1":
        return reference.name
    if reference.namespace:
        return reference.namespace
    return "" if reference.kind in CLUSTER_SCOPED else default


CLUSTER_SCOPED = frozenset(
    {
        "APIService",
        "CSIDriver",
        "CSINode",
        "CertificateSigningRequest",
        "ClusterRole",
        "ClusterRoleBinding",
        "ClusterTrustBundle",
        "CustomResourceDefinition",
        "DeviceClass",
        "FlowSchema",
        "GatewayClass",
        "IPAddress",
        "IngressClass",
        "MutatingAdmissionPolicy",
        "MutatingAdmissionPolicyBinding",
        "MutatingWebhookConfiguration",
        "Node",
        "PersistentVolume",
        "PodSecurityPolicy",
        "PriorityClass",
        "PriorityLevelConfiguration",
        "ResourceSlice",
        "RuntimeClass",
        "ServiceCIDR",
        "StorageClass",
        "StorageVersionMigration",
        "ValidatingAdmissionPolicy",
        "ValidatingAdmissionPolicyBinding",
        "ValidatingWebhookConfiguration",
        "VolumeAttachment",
        "VolumeAttributesClass",
    }
)
"""Kinds outside of namespaces. Source: Kubernetes API reference v1.36, resources with scope Cluster."""


def _any(globs: Sequence[str], text: str) -> bool:
    return any(fnmatchcase(text, glob) for glob in globs)
