"""Role attaches to containers.

Attaching gives the input and output of a running process: a shell left open, or whatever the program does with
what it reads.

Remedy: drop pods/attach
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
        resources: [pods/attach]
        verbs: [create]
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
    Kubernetes API reference, Pod v1, connect requests
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high",
    since="0.1",
    kinds=KINDS,
    implied_by=(*WILDCARDS, "rbac-pod-exec"),
    tags=(
        "polaris:clusterrolePodExecAttach",
        "polaris:rolePodExecAttach",
        "polaris:clusterrolebindingPodExecAttach",
        "polaris:rolebindingClusterRolePodExecAttach",
        "polaris:rolebindingRolePodExecAttach",
        "KSV-0054",
        "kics:rbac_roles_with_attach_permission",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-pod-attach", roles, subjects)
