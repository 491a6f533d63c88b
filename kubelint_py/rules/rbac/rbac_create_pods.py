"""Role creates or changes pods.

A pod runs under any service account of its namespace and mounts any Secret, ConfigMap and volume claim there.
Where no Pod Security level is enforced it can also take over its node. Deployments, Jobs and the other
controllers make pods just as well.

Remedy: leave deploying to one pipeline or controller per namespace, and enforce a Pod Security level there
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-tuner
      namespace: shop
    rules:
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, list, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-tuner
      namespace: shop
    rules:
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, list]
      - apiGroups: [apps]
        resources: [deployments/scale]
        verbs: [get, patch]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.4; Kubernetes documentation, "Role Based Access Control Good Practices", workload
        creation
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=(
        "cis-5.1.4",
        "kube-linter:access-to-create-pods",
        "KSV-0048",
        "C-0188",
        "kics:permissive_access_to_create_pods",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-create-pods", roles, subjects)
