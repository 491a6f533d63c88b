"""Role changes Secrets.

Whoever creates a Secret of type service-account-token and reads it back holds a token of any service account of
the namespace that never expires. Whoever updates Secrets replaces the keys and passwords others trust.

Remedy: allow create or get, not both, and leave out update and patch; name the Secrets a controller owns in
resourceNames.
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-tokens
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [secrets]
        verbs: [create, get]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-tokens
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [secrets]
        verbs: [create]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", secrets
    Kubernetes documentation, "Managing Service Accounts", manual Secret management
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high",
    since="0.1",
    kinds=KINDS,
    implied_by=(*WILDCARDS, "rbac-read-secrets"),
    tags=("cis-5.1.2", "KSV-0041", "KSV-0113"),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-write-secrets", roles, subjects)
