"""Role covers every API group.

A `*` among the API groups covers the same resource names in groups that are installed later. A role should name the
group its resources are in.

Remedy: list the API groups that are used; the core group is the empty string
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-viewer
    rules:
      - apiGroups: ["*"]
        resources: [pods, deployments]
        verbs: [get, list]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-viewer
    rules:
      - apiGroups: ["", apps]
        resources: [pods, deployments]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
Sources:
    CIS Kubernetes Benchmark 5.1.3
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import ROLES, item, listed, policy_rules, title

STRONGER = ("rbac-wildcard-everything", "rbac-wildcard-resource")


@rule(
    severity="medium",
    since="0.1",
    kinds=ROLES,
    implied_by=STRONGER,
    tags=("cis-5.1.3", "CKV_K8S_49", "kics:rbac_wildcard_in_rule"),
)
def check(role: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such rule of a role."""
    if is_allowed(role.name, roles):
        return
    for node, granted in policy_rules(role):
        if "*" in granted.api_groups and granted.resources:
            # What is said of every resource is said of every group.
            place = node if "*" in granted.resources else item(node, "apiGroups", "*")
            what = "every resource" if "*" in granted.resources else listed(granted.resources)
            yield Problem(place, f"{title(role)} covers {what} in every API group", key=place is node)
