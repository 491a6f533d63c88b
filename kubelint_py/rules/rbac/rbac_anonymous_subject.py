"""Binding gives rights to callers who are not logged in.

Everybody who reaches the API server is system:anonymous in the group system:unauthenticated until proven
otherwise, so the role's rights belong to the whole network. What Kubernetes itself gives them is left out.

Remedy: remove the subject, and bind the role to those who need it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-status
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-status
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: system:unauthenticated
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-status
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-status
    subjects:
      - kind: ServiceAccount
        name: status-page
Options:
    roles: names of roles that they may have, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Controlling Access to the Kubernetes API", anonymous requests
    Kubernetes documentation, "Using RBAC Authorization", API discovery roles
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, RoleReference, role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed

PUBLIC = {
    RoleReference("ClusterRole", "system:public-info-viewer"),
    RoleReference("Role", "kubeadm:bootstrap-signer-clusterinfo"),
}
"""What Kubernetes gives them, and what kubeadm does so that nodes can join."""
ANONYMOUS = {("User", "system:anonymous"), ("Group", "system:unauthenticated")}


@rule(
    severity="critical",
    since="0.1",
    kinds=BINDINGS,
    tags=("KSV-0122", "C-0262", "kubesec:BindingsToSystemAnonymous"),
)
def check(binding: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such subject."""
    role = role_of(binding)
    if role in PUBLIC or is_allowed(role.name, roles):
        return
    for who in subjects_of(binding):
        if (who.kind, who.name) in ANONYMOUS:
            what = f"the role {role.name!r}" if role.name else "a role"
            yield Problem(who.node.at("name"), f"{who} holds {what} without logging in")
