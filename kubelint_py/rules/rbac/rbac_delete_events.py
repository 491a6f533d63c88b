"""Role erases events.

Events tell what happened to an object. Whoever deletes them hides what was done; they expire by themselves within
the hour.

Remedy: drop delete and deletecollection
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-cleaner
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [events]
        verbs: [list, delete]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-cleaner
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [events]
        verbs: [list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes API reference, Event v1
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="low", since="0.1", default=False, kinds=KINDS, implied_by=WILDCARDS, tags=("C-0031",))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-delete-events", roles, subjects)
