"""Role redirects or opens traffic.

Whoever writes Services, endpoints, Ingresses or routes sends traffic elsewhere, and whoever writes network
policies opens what was closed.

Remedy: leave them to whoever deploys the application, or name the objects in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-edge
      namespace: shop
    rules:
      - apiGroups: [networking.k8s.io]
        resources: [ingresses, networkpolicies]
        verbs: [get, list, update, delete]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-edge
      namespace: shop
    rules:
      - apiGroups: [networking.k8s.io]
        resources: [ingresses, networkpolicies]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes security announcements, CVE-2020-8554 and CVE-2021-25740; Kubernetes documentation, "Network
        Policies"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="medium", since="0.1", default=False, kinds=KINDS, implied_by=WILDCARDS, tags=("KSV-0056",))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-manage-networking", roles, subjects)
