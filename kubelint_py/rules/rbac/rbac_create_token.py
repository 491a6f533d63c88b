"""Role requests tokens of service accounts.

The TokenRequest API hands out a token of an existing service account, and with it all its rights.

Remedy: name the service accounts in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-broker
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [serviceaccounts/token]
        verbs: [create]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-broker
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [serviceaccounts]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.13; Kubernetes documentation, "Role Based Access Control Good Practices", token
        request
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="high", since="0.1", kinds=KINDS, implied_by=WILDCARDS, tags=("cis-5.1.13", "C-0282"))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-create-token", roles, subjects)
