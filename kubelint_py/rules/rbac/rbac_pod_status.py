"""Role writes the status of pods.

Status updates change labels and readiness past the admission rules of the pod: a pod enters the endpoints of a
foreign Service, or is taken out of its own.

Remedy: drop pods/status: only the kubelet needs it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-prober
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods/status]
        verbs: [get, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-prober
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods/status]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes API reference, Pod v1, status; Kubernetes documentation, "Pod Lifecycle", pod readiness
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="medium", since="0.1", kinds=KINDS, implied_by=WILDCARDS)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-pod-status", roles, subjects)
