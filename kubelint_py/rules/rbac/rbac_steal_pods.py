"""Role moves pods to a node of its choice.

Whoever removes pods and changes nodes empties all nodes but one of their choice: the next privileged pod starts
there, and its token with it.

Remedy: give the right to remove pods and the right to change nodes to different accounts
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-drainer
    rules:
      - apiGroups: [""]
        resources: [pods/eviction]
        verbs: [create]
      - apiGroups: [""]
        resources: [nodes]
        verbs: [get, list, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-drainer
    rules:
      - apiGroups: [""]
        resources: [pods/eviction]
        verbs: [create]
      - apiGroups: [""]
        resources: [nodes]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "API-initiated Eviction"; Kubernetes documentation, "Taints and Tolerations"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="medium", since="0.1", kinds=KINDS, implied_by=WILDCARDS)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-steal-pods", roles, subjects)
