"""Service account holds a role.

A list of who has what, for a review: one finding for each service account of each binding.

Remedy: check that the account still needs the role
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-config
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-config
    subjects:
      - kind: ServiceAccount
        name: config-reloader
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-config
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-config
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: shop-operators
Options:
    roles: names of roles that may be bound so, each with the reason; `*` stands for any characters
    subjects: who may hold them, each with the reason: a name, for service accounts namespace/name; `*` stands for
        any characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", periodic review
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, place_of, role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import is_default


@rule(severity="info", since="0.1", default=False, kinds=BINDINGS, tags=("C-0053",))
def check(binding: Resource, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each service account of a binding."""
    role = role_of(binding)
    if not role.name or is_default(binding) or is_allowed(role.name, roles):
        return
    for who in subjects_of(binding):
        if who.kind == "ServiceAccount" and not is_allowed(who.label, subjects):
            yield Problem(who.node.at("name"), f"{who} holds the role {role.name!r} {place_of(binding)}")
