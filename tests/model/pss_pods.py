"""Pods that pass the restricted level but for one thing, and how they are judged."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from kubelint_py import pss

GOOD = {
    "allowPrivilegeEscalation": False,
    "capabilities": {"drop": ["ALL"]},
    "runAsNonRoot": True,
    "seccompProfile": {"type": "RuntimeDefault"},
}


LISTS = ("initContainers", "containers", "ephemeralContainers")


LEVELS = ("baseline", "restricted")


def pod(*, kind: str = "containers", annotations: Any = None, security: Any = None, **fields: Any) -> dict[str, Any]:
    """Return a pod that passes restricted but for what is passed; `security` changes its container."""
    container = {"name": "a", "securityContext": {**deepcopy(GOOD), **(security or {})}, **fields.pop("container", {})}
    return {"kind": "Pod", "metadata": {"annotations": annotations}, "spec": {kind: [container], **fields}}


def failing(subject: dict[str, Any], version: str = "latest", level: str = "restricted") -> list[str]:
    return [one.control for one in pss.violations(subject, level=level, version=version)]


def paths(subject: dict[str, Any], version: str = "latest", level: str = "restricted") -> list[tuple[str | int, ...]]:
    return [one.path for one in pss.violations(subject, level=level, version=version)]
