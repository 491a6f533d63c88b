"""Role reads Secrets.

Secrets hold service account tokens, registry credentials and keys: who reads them becomes whoever they belong
to. Listing and watching return the content too. A ClusterRole can give that in every namespace. Roles that name
the Secrets in resourceNames are what is advised, and stay silent.

Remedy: mount the Secrets a workload needs instead, or name them in resourceNames with the verb get alone
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-orders
    rules:
      - apiGroups: [""]
        resources: [configmaps, secrets]
        verbs: [get, list]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-orders
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, list]
      - apiGroups: [""]
        resources: [secrets]
        resourceNames: [shop-orders-database]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.2
    Kubernetes documentation, "Role Based Access Control Good Practices", listing secrets
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=(
        "cis-5.1.2",
        "kube-linter:access-to-secrets",
        "KSV-0041",
        "KSV-0113",
        "CKV2_K8S_5",
        "C-0015",
        "C-0186",
        "kics:rbac_roles_with_read_secrets_permissions",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-read-secrets", roles, subjects, named=False)
