"""Kubernetes dashboard is deployed.

It is a web page with the rights of its service account and of whoever logs in, and clusters have been taken over
through one that was reachable without a login. Where it is meant to be there, it is meant; so this is opt-in.

Remedy: remove it, and use a client on the user's own machine

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-console
    spec:
      selector:
        matchLabels: {app: web-console}
      template:
        metadata:
          labels: {app: web-console}
        spec:
          containers:
            - name: web-console
              image: docker.io/kubernetesui/dashboard:v2.7.0

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web-console
    spec:
      selector:
        matchLabels: {app: web-console}
      template:
        metadata:
          labels: {app: web-console}
        spec:
          containers:
            - name: web-console
              image: registry.example/shop/console:1.0.0

Sources:
    Microsoft, "Threat matrix for Kubernetes", access Kubernetes dashboard
    Kubernetes documentation, "Deploy and Access the Kubernetes Dashboard"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._retired import dashboard


@rule(severity="low", since="0.1", default=False, tags=("CKV_K8S_33", "kics:dashboard_is_enabled"))
def check(pod: PodSpec) -> Problems:
    """Yield a problem for a pod of the dashboard."""
    found = dashboard(pod)
    if found is not None:
        yield Problem(found, "pod runs the Kubernetes dashboard")
