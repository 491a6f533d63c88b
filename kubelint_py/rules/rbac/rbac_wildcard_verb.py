"""Role allows every verb.

A `*` among the verbs covers more than reading and writing: bind, escalate, impersonate and approve are verbs
too, and so is whatever a later version of Kubernetes or a controller invents.

Remedy: list the verbs that are used, such as get, list, watch, create, update, patch and delete
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-deployer
      namespace: shop
    rules:
      - apiGroups: [apps]
        resources: [deployments]
        verbs: ["*"]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-deployer
      namespace: shop
    rules:
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, list, watch, create, update, patch]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
Sources:
    CIS Kubernetes Benchmark 5.1.3
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import ROLES, item, listed, policy_rules, shipped, title


@rule(
    severity="high",
    since="0.1",
    kinds=ROLES,
    implied_by=("rbac-wildcard-everything",),
    tags=("cis-5.1.3", "kube-linter:wildcard-in-rules", "KSV-0045", "CKV_K8S_49", "kics:rbac_wildcard_in_rule"),
)
def check(role: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such rule of a role."""
    if is_allowed(role.name, roles):
        return
    for node, granted in policy_rules(role):
        things = granted.resources or granted.non_resource_urls
        if "*" in granted.verbs and things:
            every = "every resource" if granted.resources else "every path of the API server"
            message = f"{title(role)} allows every verb on {every if '*' in things else listed(things)}"
            # On paths there are no verbs but those of HTTP; kinds of an operator have no special ones either.
            severity = "medium" if not granted.resources else "" if shipped(granted.api_groups) else "low"
            yield Problem(item(node, "verbs", "*"), message, severity=severity)
