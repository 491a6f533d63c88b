"""The Pod Security Standards asked about any object: pods, workloads, templates, and custom resources with pods.

Where custom resources keep their pods: `kubelint_py.data.pod_templates`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kubelint_py.data.pod_templates import CUSTOM
from kubelint_py.model import pss
from kubelint_py.model.pss import Violation, controls_at
from kubelint_py.model.pss_pod import mapping, text
from kubelint_py.model.pss_policy import BASELINE, LATEST, PRIVILEGED, RESTRICTED, Version
from kubelint_py.model.resource import Resource
from kubelint_py.model.workload import PodSpec, workloads
from kubelint_py.source.document import Document


def violations(pod: Any, *, level: str, version: Version = LATEST) -> list[Violation]:
    """Return every place of a pod that fails a control of the level, in the order of `CONTROLS`.

    `pod` is a Pod, a workload of any built-in kind, a pod template (`metadata` and `spec` without a kind), or a
    custom resource whose pods are known, as plain data and judged as written, except that a volume without a
    source is an emptyDir. An object of another kind has no pod and no violations; one with several pods has
    those of each. A pod that other objects complete is not blamed for what it lacks. Paths start at the object.
    `version` is `latest`, `v1.31`, `1.31` or `(1, 31)`; one newer than known judges as the newest
    (`resolve_version` tells). Raises `PolicyError`, a ValueError, on another level or version.
    """
    if not _is_custom(pod):
        return pss.violations(pod, level=level, version=version)
    controls_at(level, version)
    return [each._replace(path=spec.at(each).path) for spec in _pods(pod) for each in spec.judged(version, level)]


def level_reached(pod: Any, version: Version = LATEST) -> str:
    """Return the strictest level that admits every pod of the object. Arguments as for `violations`.

    Levels are not nested in every corner: a Windows pod can pass restricted while baseline, which
    still checks its capabilities, refuses it.
    """
    if not _is_custom(pod):
        return pss.level_reached(pod, version)
    levels = (RESTRICTED, BASELINE)
    return next((level for level in levels if not violations(pod, level=level, version=version)), PRIVILEGED)


def _is_custom(pod: Any) -> bool:
    written = mapping(pod)
    return (text(written.get("apiVersion")).rpartition("/")[0], text(written.get("kind"))) in CUSTOM


def _pods(pod: Any) -> Iterator[PodSpec]:
    root = Document.from_data(pod, 0).root
    for workload in workloads(Resource(root, pod["apiVersion"], pod["kind"])):
        yield workload.pod
