"""Pod asks for what its user namespace rules out.

A pod in a user namespace cannot join the network, processes or memory of its node, nor have raw block devices. The
other way round, the whole of /proc is only for pods that have one. The API server refuses such a pod, and a controller
whose template says so never starts any.

Remedy: set `hostUsers: false` for an unmasked /proc; remove it where the pod needs the node's namespaces or raw devices

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      hostUsers: false
      hostPID: true
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
    Kubernetes documentation, "User Namespaces", limitations
    Kubernetes API, SecurityContext v1, procMount
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, Version, rule
from kubelint_py.rules.hardening._context import has_user_namespace
from kubelint_py.rules.hardening._user_namespace import block_devices, host_namespaces

PROC_MOUNT_SINCE = Version(1, 30)


@rule(severity="high", since="0.1", tags=("api-validity",))
def check(pod: PodSpec, kubernetes: Version) -> Problems:
    """Yield a problem for each field that cannot go with the pod's `hostUsers`."""
    if pod.runs_on_windows:
        return
    if has_user_namespace(pod):
        yield from too_much(pod)
    elif kubernetes >= PROC_MOUNT_SINCE:
        yield from too_little(pod)


def too_much(pod: PodSpec) -> Problems:
    """Yield what a pod with a user namespace cannot have."""
    related = ((pod.node.at("hostUsers"), "the pod asks for a user namespace here"),)
    for node, title in host_namespaces(pod):
        yield Problem(node, f"pod with hostUsers: false cannot share the {title} namespace of the node", related)
    for devices, container in block_devices(pod):
        message = f"{container.label} cannot have raw block devices in a pod with hostUsers: false"
        yield Problem(devices, message, related, container=container.name)


def too_little(pod: PodSpec) -> Problems:
    """Yield what only a pod with a user namespace can have. What is missing, or wrong, is its `hostUsers`."""
    for container in pod.containers:
        mount = container.node.at("securityContext.procMount")
        if mount.value == "Unmasked":
            message = f"{container.label} sets procMount to Unmasked, which needs hostUsers: false"
            related = ((mount, "it does so here"),)
            yield Problem(pod.node.at("hostUsers"), message, related, container=container.name)
