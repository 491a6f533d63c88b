"""Role opens tunnels to pods and services.

Port forwarding and the proxy subresources reach a port through the API server: past NetworkPolicies, past the
Ingress and its authentication, and to ports that were never meant to be exposed.

Remedy: drop pods/portforward, pods/proxy and services/proxy, and expose what is needed through a Service
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list]
      - apiGroups: [""]
        resources: [pods/portforward]
        verbs: [create]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-support
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Use Port Forwarding to Access Applications in a Cluster"; Kubernetes API reference,
        Service v1, proxy requests
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="medium",
    since="0.1",
    kinds=KINDS,
    implied_by=(*WILDCARDS, "rbac-pod-exec", "rbac-pod-attach"),
    tags=("C-0063", "kics:rbac_roles_with_portforwarding_permissions"),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-port-forward", roles, subjects)
