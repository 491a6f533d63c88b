"""Role deletes pod logs.

Logs are evidence. The API has no such request today, so the verbs only show that the author asked for more than
reading.

Remedy: allow get on pods/log alone
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods/log]
        verbs: [get, delete]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods/log]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes API reference, Pod v1, log requests
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="low", since="0.1", default=False, kinds=KINDS, implied_by=WILDCARDS, tags=("KSV-0042",))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-delete-pod-logs", roles, subjects)
