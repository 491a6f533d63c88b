"""Role adds containers to running pods.

An ephemeral container runs an image of the caller's choice inside a running pod, next to its processes, volumes
and service account. That is worth as much as running commands in it.

Remedy: drop pods/ephemeralcontainers; debug with a copy of the pod
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list]
      - apiGroups: [""]
        resources: [pods/ephemeralcontainers]
        verbs: [patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Ephemeral Containers"; Kubernetes documentation, "Debug Running Pods"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="high", since="0.1", kinds=KINDS, implied_by=(*WILDCARDS, "rbac-pod-exec", "rbac-pod-attach"))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-ephemeral-containers", roles, subjects)
