"""Rights go to a default service account.

Every pod that names no service account runs under the one called default of its namespace: what is bound to it is
bound to all of them, today's and tomorrow's.

Remedy: create a service account for the workload that needs the rights, and bind the role to it
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
        name: default
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
      - kind: ServiceAccount
        name: config-reloader
Options:
    roles: names of roles that may be bound so, each with the reason; `*` stands for any characters
    subjects: who may hold them, each with the reason: a name, for service accounts namespace/name; `*` stands for
        any characters
Sources:
    CIS Kubernetes Benchmark 5.1.5; Kubernetes documentation, "Configure Service Accounts for Pods"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, place_of, role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import is_default


@rule(
    severity="medium",
    since="0.1",
    kinds=BINDINGS,
    tags=("cis-5.1.5", "CKV_K8S_42", "C-0225", "C-0239", "kics:role_binding_to_default_service_account"),
)
def check(binding: Resource, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such subject."""
    role = role_of(binding)
    if is_default(binding) or is_allowed(role.name, roles):
        return
    for who in subjects_of(binding):
        if who.kind == "ServiceAccount" and who.name == "default" and not is_allowed(who.label, subjects):
            what = f"the role {role.name!r}" if role.name else "a role"
            whose = f"of namespace {who.namespace!r}" if who.namespace else "of its namespace"
            message = f"every pod {whose} that names no service account holds {what} {place_of(binding)}"
            yield Problem(who.node.at("name"), message)
