"""Pods of the Kubernetes dashboard, and of Tiller, the server of Helm 2."""

from __future__ import annotations

from kubelint_py.authoring import Container, Node, PodSpec
from kubelint_py.model.pod_image import Use, images

DASHBOARD = "kubernetes-dashboard"
_DASHBOARD_LABELS = ("k8s-app", "app", "app.kubernetes.io/name", "app.kubernetes.io/part-of")
_DASHBOARD_IMAGES = frozenset({"dashboard", "metrics-scraper"})
TILLER = "tiller"


def dashboard(pod: PodSpec) -> Node | None:
    """Return what shows that a pod is one of the dashboard: an image, else a label; None for no such pod."""
    for use in images(pod):
        *above, name = use.image.repository.split("/")
        own = above[-1:] == ["kubernetesui"] and (name in _DASHBOARD_IMAGES or name.startswith("dashboard-"))
        if own or name == DASHBOARD or name.startswith(f"{DASHBOARD}-"):
            return use.node
    return _labelled(pod, _DASHBOARD_LABELS, DASHBOARD)


def tiller(pod: PodSpec) -> Node | None:
    """Return what shows that a pod is Tiller: an image, else its two labels together; None for no such pod."""
    for use in images(pod):
        if _is_tiller(use):
            return use.node
    return _labelled(pod, ("name",), TILLER) if pod.labels.get("app") == "helm" else None


def tiller_containers(pod: PodSpec) -> list[Container]:
    """Return the containers that run Tiller; in a pod that only its labels show, the main ones."""
    found = {use.container for use in images(pod) if _is_tiller(use)}
    by_image = [container for container in pod.containers if container.name in found]
    if by_image or tiller(pod) is None:
        return by_image
    return [container for container in pod.containers if container.role == "main"]


def _is_tiller(use: Use) -> bool:
    return use.image.repository.rpartition("/")[2] == TILLER


def _labelled(pod: PodSpec, keys: tuple[str, ...], value: str) -> Node | None:
    for key in keys:
        if pod.labels.get(key) == value:
            return pod.template.at("metadata", "labels", key)
    return None
