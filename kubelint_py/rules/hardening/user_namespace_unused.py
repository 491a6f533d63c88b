"""Pod shares its users with the node.

In a user namespace (`hostUsers: false`) root in a container is nobody on the node, and an escape leads nowhere. The
field works by default since Kubernetes 1.33, with Linux 6.3 and a runtime that knows it, so this is opt-in. Pods on the
node's network, processes or memory cannot have a user namespace and are left out, as are those with raw block devices.

Remedy: set `hostUsers: false`

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      hostUsers: false
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Sources:
    Kubernetes documentation, "User Namespaces"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, Version, rule
from kubelint_py.rules.hardening._context import has_user_namespace
from kubelint_py.rules.hardening._user_namespace import block_devices, host_namespaces

SINCE = Version(1, 33)


@rule(severity="info", since="0.1", default=False, tags=("kubesec:HostUsers",))
def check(pod: PodSpec, kubernetes: Version) -> Problems:
    """Yield a problem for a pod that could have a user namespace and has none."""
    if kubernetes < SINCE or pod.runs_on_windows or has_user_namespace(pod):
        return
    if not any(host_namespaces(pod)) and not any(block_devices(pod)):
        yield Problem(pod.node.at("hostUsers"), "pod shares its users with the node: hostUsers is not false")
