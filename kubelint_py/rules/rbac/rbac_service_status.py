"""Role writes the status of Services.

The status of a Service of type LoadBalancer holds an address for which every node then takes the traffic: its
writer intercepts what the cluster sends there.

Remedy: drop services/status: only the load balancer's controller needs it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-edge
    rules:
      - apiGroups: [""]
        resources: [services, services/status]
        verbs: [patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-edge
    rules:
      - apiGroups: [""]
        resources: [services]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes security announcements, CVE-2020-8554
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="medium", since="0.1", kinds=KINDS, implied_by=(*WILDCARDS, "rbac-manage-networking"), tags=("CKV2_K8S_4",)
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-service-status", roles, subjects)
