"""Role writes the status of nodes.

The status of a node says which pods it can take. Its writer changes labels, capacity and health of nodes, and
so moves pods to or away from them.

Remedy: drop nodes/status: only the kubelet and a node problem detector need it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-prober
    rules:
      - apiGroups: [""]
        resources: [nodes/status]
        verbs: [get, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-prober
    rules:
      - apiGroups: [""]
        resources: [nodes/status]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes API reference, Node v1, status; Kubernetes documentation, "Using Node Authorization"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="medium", since="0.1", kinds=KINDS, implied_by=WILDCARDS)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-node-status", roles, subjects)
