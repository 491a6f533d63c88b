"""Types that look like those of Kubernetes and belong to a tool or a component."""

from __future__ import annotations

import re
from functools import lru_cache

from kubelint_py.data.not_manifests import BUILT_IN_KINDS, GROUP_SUFFIXES, GROUPS, TYPES

_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@lru_cache(maxsize=4096)
def type_reason(api_version: str, kind: str) -> str | None:
    """Return what a type is when it is known to be of no API server, else None."""
    group, _, version = api_version.rpartition("/")
    known = TYPES.get((api_version, kind)) or GROUPS.get(group)
    if known is None:
        known = next((reason for suffix, reason in GROUP_SUFFIXES if group.endswith(suffix)), None)
    if known is None and group.startswith("config.") and group.endswith(".x-k8s.io"):
        known = "component-config"
    if known or kind in BUILT_IN_KINDS:
        return known
    return _shape_reason(group, version, kind)


def _shape_reason(group: str, version: str, kind: str) -> str | None:
    """Judge a type that no table knows by the shape of its version."""
    if group == "builtin" or (not group and version == "builtin"):
        return "kustomization"
    if not group and version == "v3" and kind[0].islower():
        return "datadog"
    if not group and _DATE.match(version):
        return "azure-resource"
    return None if (group or version == "v1") and "/" not in group else "not-kubernetes"
