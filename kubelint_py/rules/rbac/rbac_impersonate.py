"""Role acts as others.

Whoever impersonates has the rights of the other: of any user and any group, system:masters included, or of any
service account of a namespace.

Remedy: name the users, groups and service accounts in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-gateway
    rules:
      - apiGroups: [""]
        resources: [users, groups]
        verbs: [impersonate]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-gateway
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.8; Kubernetes documentation, "User Impersonation"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="critical",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=(
        "cis-5.1.8",
        "KSV-0043",
        "KSV-0050",
        "CKV2_K8S_3",
        "C-0065",
        "C-0191",
        "kics:rbac_roles_with_impersonate_permission",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-impersonate", roles, subjects)
