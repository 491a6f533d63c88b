"""Role writes rights into roles it does not hold.

The API server lets nobody write a role that allows more than they may themselves, unless they hold the verb escalate.
Together with the right to write roles it is cluster-admin.

Remedy: drop escalate: a controller that hands out roles should hold what it hands out
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-tenants
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [roles]
        verbs: [create, update, escalate]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-tenants
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [roles]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.8; Kubernetes documentation, "Using RBAC Authorization", privilege escalation
        prevention
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="critical",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=("cis-5.1.8", "KSV-0050", "CKV_K8S_158", "C-0191", "kics:rbac_roles_allow_privilege_escalation"),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-escalate", roles, subjects)
