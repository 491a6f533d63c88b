"""How messages of this category call a container, and where it runs."""

from __future__ import annotations

from kubelint_py.authoring import Container, PodSpec
from kubelint_py.model.pss_pod import show

_TITLES = {"init": "init container", "sidecar": "init container", "ephemeral": "ephemeral container"}
_SYSTEM_LABELS = ("kubernetes.io/os", "beta.kubernetes.io/os")


def label(container: Container) -> str:
    """Return what the Pod Security Standards engine calls it: role and name, without a name its position."""
    title = _TITLES.get(container.role, "container")
    return f"{title} {show(container.name) if container.name else container.node.path[-1]}"


def runs_on_windows(pod: PodSpec) -> bool:
    """Whether the pod says so, or asks for nodes that do; the Pod Security Standards look at the former only."""
    selector = pod.node.at("nodeSelector")
    return pod.is_windows or any(selector.child(name).value == "windows" for name in _SYSTEM_LABELS)
