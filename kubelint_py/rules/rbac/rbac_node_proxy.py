"""Role reaches the kubelet API.

The kubelet runs commands in every pod of its node, and what comes through nodes/proxy is neither admitted nor
audited by the API server. Reading is enough: a WebSocket starts with get.

Remedy: ask for what is used: nodes/metrics, nodes/stats, nodes/log, nodes/pods, nodes/healthz or nodes/configz
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-metrics
    rules:
      - apiGroups: [""]
        resources: [nodes/metrics, nodes/proxy]
        verbs: [get]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-metrics
    rules:
      - apiGroups: [""]
        resources: [nodes/metrics]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", access to proxy subresource of Nodes
    Kubernetes documentation, "Kubelet authentication/authorization"; CIS Kubernetes Benchmark 5.1.10
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=("cis-5.1.10", "KSV-0047", "CKV2_K8S_2", "C-0279"),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-node-proxy", roles, subjects)
