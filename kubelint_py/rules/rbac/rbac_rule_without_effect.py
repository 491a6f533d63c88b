"""Role has a rule that grants nothing.

RBAC takes every name, and so no typo is refused: a resource in the wrong API group, a verb that does not exist, a
`pods/*`, a name where the request carries none. What was meant does not work, and what is written misleads the next
reader. Custom resources and their verbs are not judged.

Remedy: write what is meant, or remove it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-deployer
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods, deployments]
        verbs: [get, list, update]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-deployer
      namespace: shop
    rules:
      - apiGroups: ["", apps]
        resources: [pods, deployments]
        verbs: [get, list, update]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", referring to resources; Kubernetes API reference
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._effect import mistakes
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import ROLES, has_author


@rule(severity="low", since="0.1", kinds=ROLES)
def check(role: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each mistake."""
    if not has_author(role) or is_allowed(role.name, roles):
        return
    for node in role.node.at("rules").items():
        for place, message in mistakes(role, node):
            yield Problem(place, message)
