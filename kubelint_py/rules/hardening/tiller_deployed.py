"""Tiller, the server of Helm 2, is deployed.

Tiller acts with its own rights for everybody who reaches it, and asks nobody who they are: whoever can open a
connection inside the cluster can install what they like, usually as administrator. Helm 2 has had no fixes since
November 2020; Helm 3 needs no server.

Remedy: remove Tiller and move its releases to a current Helm

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: package-server
    spec:
      selector:
        matchLabels: {app: package-server}
      template:
        metadata:
          labels: {app: package-server}
        spec:
          containers:
            - name: server
              image: ghcr.io/helm/tiller:v2.17.0

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: package-server
    spec:
      selector:
        matchLabels: {app: package-server}
      template:
        metadata:
          labels: {app: package-server}
        spec:
          containers:
            - name: server
              image: registry.example/shop/packages:1.0.0

Sources:
    Helm blog, "Helm v2 Deprecation Timeline"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._retired import tiller

TAGS = ("CKV_K8S_34", "KSV-0102", "kics:tiller_is_deployed", "kyverno:disallow-helm-tiller")


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec) -> Problems:
    """Yield a problem for a pod of Tiller."""
    found = tiller(pod)
    if found is not None:
        yield Problem(found, "pod runs Tiller, the server of Helm 2")
