"""Role covers every resource.

A `*` among the resources covers Secrets, subresources such as pods/exec, and every kind that is installed
later. A role should name what its holder works with.

Remedy: list the resources that are used
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-viewer
    rules:
      - apiGroups: ["", apps]
        resources: ["*"]
        verbs: [get, list, watch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-viewer
    rules:
      - apiGroups: ["", apps]
        resources: [pods, services, deployments]
        verbs: [get, list, watch]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
Sources:
    CIS Kubernetes Benchmark 5.1.3
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import ROLES, groups, is_wildcard, item, policy_rules, shipped, title


@rule(
    severity="high",
    since="0.1",
    kinds=ROLES,
    implied_by=("rbac-wildcard-everything",),
    tags=(
        "cis-5.1.3",
        "kube-linter:wildcard-in-rules",
        "KSV-0046",
        "KSV-0112",
        "CKV_K8S_49",
        "kics:rbac_wildcard_in_rule",
    ),
)
def check(role: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such rule of a role."""
    if is_allowed(role.name, roles):
        return
    for node, granted in policy_rules(role):
        for resource in filter(is_wildcard, granted.resources):
            every = resource == "*"
            what = "every resource" if every else f"{resource.partition('/')[2]!r} of every resource"
            # The kinds of one operator are most often granted to that operator.
            severity = "" if every and shipped(granted.api_groups) else "medium"
            message = f"{title(role)} covers {what} in {groups(granted.api_groups)}"
            yield Problem(item(node, "resources", resource), message, severity=severity)
