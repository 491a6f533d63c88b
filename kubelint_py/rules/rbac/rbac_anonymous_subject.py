"""Binding gives rights to callers who are not logged in.

Everybody who reaches the API server is system:anonymous in the group system:unauthenticated until proven
otherwise, so the role's rights belong to the whole network. What Kubernetes itself gives them is left out.

Remedy: remove the subject, and bind the role to those who need it.
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
    allow: names of roles that anonymous callers may have
Sources:
    Kubernetes documentation, "Controlling Access to the Kubernetes API", anonymous requests
    Kubernetes documentation, "Using RBAC Authorization", API discovery roles
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, role_of, subjects_of

PUBLIC = ("system:public-info-viewer", "kubeadm:bootstrap-signer-clusterinfo")
ANONYMOUS = {("User", "system:anonymous"), ("Group", "system:unauthenticated")}


@rule(
    severity="critical",
    since="0.1",
    kinds=BINDINGS,
    tags=("KSV-0122", "C-0262", "kubesec:BindingsToSystemAnonymous"),
)
def check(binding: Resource, *, allow: tuple[str, ...] = PUBLIC) -> Problems:
    role = role_of(binding)
    if role.name in allow:
        return
    for who in subjects_of(binding):
        if (who.kind, who.name) in ANONYMOUS:
            what = f"the role {role.name!r}" if role.name else "a role"
            yield Problem(who.node.at("name"), f"{who} holds {what} without logging in")
