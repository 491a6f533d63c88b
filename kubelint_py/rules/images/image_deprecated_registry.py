"""Image comes from a registry that is frozen.

k8s.gcr.io and the projects behind it get no new images and no security fixes since April 2023, and may be
switched off. The community's images are served by registry.k8s.io.

Remedy: pull the image from registry.k8s.io
Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: metrics
    spec:
      containers:
        - name: metrics
          image: k8s.gcr.io/metrics-server/metrics-server:v0.6.4
Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: metrics
    spec:
      containers:
        - name: metrics
          image: registry.k8s.io/metrics-server/metrics-server:v0.6.4
Options:
    registries: frozen registries, or registry and path
Sources:
    Kubernetes blog, "k8s.gcr.io Image Registry Will Be Frozen From the 3rd of April 2023"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.images._image import images, lies_in

FROZEN = (
    "k8s.gcr.io",
    "gcr.io/google-containers",
    "gcr.io/google_containers",
    "gcr.io/k8s-artifacts-prod",
    "asia.gcr.io/k8s-artifacts-prod",
    "eu.gcr.io/k8s-artifacts-prod",
    "us.gcr.io/k8s-artifacts-prod",
)


@rule(
    severity="medium",
    since="0.1",
    tags=("C-0253", "kyverno:restrict-deprecated-registry"),
)
def check(pod: PodSpec, *, registries: tuple[str, ...] = FROZEN) -> Problems:
    """Yield a problem for each image from such a registry."""
    for use in images(pod):
        place = lies_in(use.image, registries)
        if place:
            yield Problem(use.node, f"image {use} comes from the frozen registry {place!r}", container=use.container)
