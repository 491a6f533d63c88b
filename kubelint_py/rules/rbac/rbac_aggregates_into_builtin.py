"""Cluster role widens a built-in role.

The label makes Kubernetes add these rules to admin, edit or view: everybody who is bound to that role, in any
namespace, holds them at once. Views that read Secrets and editors that reach further are made that way, unseen.

Remedy: drop the label and bind the role to those who need it, or take the dangerous rule out
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-view
      labels:
        rbac.authorization.k8s.io/aggregate-to-view: "true"
    rules:
      - apiGroups: [""]
        resources: [secrets]
        verbs: [get, list]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-view
      labels:
        rbac.authorization.k8s.io/aggregate-to-view: "true"
    rules:
      - apiGroups: [shop.example.com]
        resources: [orders]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", aggregated ClusterRoles and user-facing roles
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import AGGREGATED_BY, NOBODY, Allowed, aggregated_into, is_allowed
from kubelint_py.rules.rbac._primitive import worst_of
from kubelint_py.rules.rbac._rights import ObjectId, Permissions, built_in_roles, uncovered
from kubelint_py.rules.rbac._role import policy_rules, title


@rule(severity="high", since="0.1", kinds=("ClusterRole",))
def check(role: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each built-in role that gets dangerous rights."""
    if is_allowed(role.name, roles):
        return
    # What view gets, edit and admin get through it.
    for name in sorted(aggregated_into(role), reverse=True)[:1]:
        held = [written.rule for written in Permissions([]).rules(built_in_roles()[ObjectId("ClusterRole", "", name)])]
        for node, granted in policy_rules(role):
            worst = worst_of(uncovered(granted, held))
            if worst:
                label = role.node.at("metadata", "labels", AGGREGATED_BY + name)
                message = f"{title(role)} lets everybody who is bound to {name} {worst}"
                yield Problem(label, message, ((node, f"this rule lets them {worst}"),))
                break
