"""Binding names the group system:masters.

Members of this group bypass every authorization check, so the binding gives them nothing, and removing it
takes nothing away from them. It only invites handing out a membership nobody can revoke.

Remedy: bind a group of your own, and keep system:masters for emergencies
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-operators
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: edit
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: system:masters
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-operators
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: edit
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: shop-operators
Sources:
    CIS Kubernetes Benchmark 5.1.7
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import ADMIN, BINDINGS, role_of, subjects_of
from kubelint_py.rules.rbac._role import is_default


@rule(
    severity="critical",
    since="0.1",
    kinds=BINDINGS,
    tags=("cis-5.1.7", "KSV-0123", "C-0246"),
)
def check(binding: Resource) -> Problems:
    """Yield a problem for each such subject."""
    if is_default(binding) or is_built_in(binding):
        return
    for who in subjects_of(binding):
        if who.kind == "Group" and who.name == "system:masters":
            yield Problem(who.node.at("name"), f"{binding.title} names the group 'system:masters'")


def is_built_in(binding: Resource) -> bool:
    """Whether this is the binding every cluster has."""
    return binding.kind == "ClusterRoleBinding" and binding.name == ADMIN.name and role_of(binding) == ADMIN
