"""Role changes bindings.

Whoever writes bindings can share every right of their own with anybody, and takes away what others have. That is
how privileges creep.

Remedy: leave bindings to those who review them
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-tenants
      namespace: shop
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [rolebindings]
        verbs: [get, list, create, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-tenants
      namespace: shop
    rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [rolebindings]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices"; Kubernetes documentation, "Using RBAC
        Authorization", restrictions on role binding
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="high", since="0.1", kinds=KINDS, implied_by=(*WILDCARDS, "rbac-escalate", "rbac-bind"), tags=("KSV-0055",)
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-edit-bindings", roles, subjects)
