"""Rights in one namespace go to a service account of another.

Whoever controls the other namespace, or creates pods there, has the rights here. Within a team that is often meant;
between teams it is how one namespace falls with another.

Remedy: bind a service account of the same namespace, or allow the subject with a reason
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-scraper
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-scraper
    subjects:
      - kind: ServiceAccount
        name: prometheus
        namespace: monitoring
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-scraper
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-scraper
    subjects:
      - kind: ServiceAccount
        name: scraper
        namespace: shop
Options:
    roles: names of roles that may be bound so, each with the reason; `*` stands for any characters
    subjects: who may hold them, each with the reason: a name, for service accounts namespace/name; `*` stands for
        any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", referring to subjects
    Kubernetes documentation, "Role Based Access Control Good Practices", namespaces
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import is_default


@rule(severity="low", since="0.1", default=False, kinds=("RoleBinding",))
def check(binding: Resource, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such subject."""
    role = role_of(binding)
    if not binding.namespace or is_default(binding) or is_allowed(role.name, roles):
        return
    for who in subjects_of(binding):
        if who.kind == "ServiceAccount" and who.namespace != binding.namespace and not is_allowed(who.label, subjects):
            message = f"{who} of another namespace holds the role {role.name!r} in namespace {binding.namespace!r}"
            yield Problem(who.node.at("namespace"), message)
