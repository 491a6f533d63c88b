"""The role cluster-admin is bound.

Who holds it may do everything, now and with whatever is installed later; bound in one namespace it still
covers that namespace's Secrets, roles and quotas. The group system:masters and kubeadm's own group are left out.

Remedy: bind a role that lists what the subject does
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-deployer
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: cluster-admin
    subjects:
      - kind: ServiceAccount
        name: deployer
        namespace: shop
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-deployer
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: shop-deployer
    subjects:
      - kind: ServiceAccount
        name: deployer
        namespace: shop
Options:
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.1; Kubernetes documentation, "Using RBAC Authorization", user-facing roles
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import ADMIN, BINDINGS, place_of, role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed

OWN = {("Group", "system:masters"), ("Group", "kubeadm:cluster-admins")}
"""Administrators by construction: the first bypasses RBAC anyway, the second is how kubeadm names them."""


@rule(
    severity="critical",
    since="0.1",
    kinds=BINDINGS,
    tags=(
        "cis-5.1.1",
        "kube-linter:cluster-admin-role-binding",
        "polaris:clusterrolebindingClusterAdmin",
        "polaris:rolebindingClusterAdminClusterRole",
        "KSV-0111",
        "C-0185",
        "kics:cluster_admin_role_binding_with_super_user_permissions",
    ),
)
def check(binding: Resource, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such binding."""
    if role_of(binding) != ADMIN:
        return
    bound = (who for who in subjects_of(binding) if (who.kind, who.name) not in OWN)
    named = [who for who in bound if not is_allowed(who.label, subjects)]
    if named:
        others = f" and {len(named) - 1} more" if len(named) > 1 else ""
        message = f"cluster-admin is bound to {named[0]}{others} {place_of(binding)}"
        severity = "" if binding.kind == "ClusterRoleBinding" else "high"
        yield Problem(binding.node.at("roleRef.name"), message, severity=severity)
