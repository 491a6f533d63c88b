"""Role runs commands in pods.

A command in a pod reads what the pod reads: its service account token, its Secrets, its memory. The verb get
counts too: before Kubernetes 1.35 a WebSocket client needed nothing else.

Remedy: drop pods/exec; debug with a copy of the pod, or bind the role for the time it is needed
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods, pods/log, pods/exec]
        verbs: [get, list, create]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods, pods/log]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Get a Shell to a Running Container"; Kubernetes API reference, Pod v1, connect
        requests
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=(
        "polaris:clusterrolePodExecAttach",
        "polaris:rolePodExecAttach",
        "polaris:clusterrolebindingPodExecAttach",
        "polaris:rolebindingClusterRolePodExecAttach",
        "polaris:rolebindingRolePodExecAttach",
        "KSV-0053",
        "CKV2_K8S_2",
        "C-0002",
        "kics:rbac_roles_with_exec_permission",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-pod-exec", roles, subjects)
