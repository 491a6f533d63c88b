"""The wide built-in role admin or edit is bound.

Both roles read every Secret of a namespace, run commands in its pods and act as its service accounts; admin hands
out roles as well. Bound in the whole cluster that includes kube-system, and so everything.

Remedy: bind a role that lists what the subject does, in the namespaces where it does it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-deployer
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: edit
    subjects:
      - kind: ServiceAccount
        name: deployer
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-deployer
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-deployer
    subjects:
      - kind: ServiceAccount
        name: deployer
Options:
    roles: names of roles that may be bound so, each with the reason; `*` stands for any characters
    subjects: who may hold them, each with the reason: a name, for service accounts namespace/name; `*` stands for
        any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", user-facing roles
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, place_of, role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import is_default

WIDE = ("admin", "edit")


@rule(severity="medium", since="0.1", kinds=BINDINGS, tags=("KSV-0111",))
def check(binding: Resource, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such binding."""
    role = role_of(binding)
    if role.kind != "ClusterRole" or role.name not in WIDE or is_allowed(role.name, roles) or is_default(binding):
        return
    named = [who for who in subjects_of(binding) if not is_allowed(who.label, subjects)]
    if named:
        others = f" and {len(named) - 1} more" if len(named) > 1 else ""
        message = f"the built-in role {role.name!r} is bound to {named[0]}{others} {place_of(binding)}"
        severity = "high" if binding.kind == "ClusterRoleBinding" else ""
        yield Problem(binding.node.at("roleRef.name"), message, severity=severity)
