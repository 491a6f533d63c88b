"""Role binds roles it does not hold.

The API server lets nobody bind a role that allows more than they may themselves, unless they hold the verb bind on
that role: with it, cluster-admin is theirs.

Remedy: name the roles that may be bound in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-tenants
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [clusterroles]
        verbs: [bind]
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [rolebindings]
        verbs: [get, list]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-tenants
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [clusterroles]
        verbs: [get]
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [rolebindings]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.8; Kubernetes documentation, "Using RBAC Authorization", restrictions on role
        binding
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="critical",
    since="0.1",
    kinds=KINDS,
    implied_by=(*WILDCARDS, "rbac-escalate"),
    tags=(
        "cis-5.1.8",
        "KSV-0050",
        "KSV-0051",
        "KSV-0052",
        "CKV_K8S_157",
        "CKV2_K8S_1",
        "C-0191",
        "kics:rbac_roles_allow_privilege_escalation",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-bind", roles, subjects)
