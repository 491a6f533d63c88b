"""Where each kind keeps its pod template. Source: Kubernetes API reference, "Workload resources"."""

from __future__ import annotations

from kubelint_py.source.document import Path

_TEMPLATE: tuple[Path, ...] = (("spec", "template"),)
POD_TEMPLATES: dict[tuple[str, str], tuple[Path, ...]] = {
    ("", "Pod"): ((),),
    ("", "PodTemplate"): (("template",),),
    ("", "ReplicationController"): _TEMPLATE,
    ("batch", "Job"): _TEMPLATE,
    ("batch", "CronJob"): (("spec", "jobTemplate", "spec", "template"),),
    **{
        (group, kind): _TEMPLATE
        for group in ("apps", "extensions")
        for kind in ("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet")
    },
}
"""Paths of the pod templates by API group and kind; a template is a mapping with `metadata` and `spec`."""

WORKLOAD_KINDS = frozenset(kind for _, kind in POD_TEMPLATES)
