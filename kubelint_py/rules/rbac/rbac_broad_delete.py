"""Role deletes workloads, services or Secrets.

Deleting a Deployment, a Service or a Secret stops what runs on it, and deletecollection does it in one request.

Remedy: drop delete and deletecollection, or name the objects in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-cleaner
      namespace: shop
    rules:
      - apiGroups: [batch]
        resources: [jobs]
        verbs: [list, delete]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-cleaner
      namespace: shop
    rules:
      - apiGroups: [batch]
        resources: [jobs]
        resourceNames: [shop-import]
        verbs: [delete]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", object creation denial-of-service
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="medium", since="0.1", default=False, kinds=KINDS, implied_by=WILDCARDS, tags=("C-0007",))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-broad-delete", roles, subjects, named=False)
