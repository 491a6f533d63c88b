"""Container listens on a port below 1024.

Such ports belong to root in a node's own network, and programs for them are often started as root for that reason
alone. A Service can offer port 80 and send the traffic to 8080. Container runtimes usually let any user bind them,
so this is opt-in. Pods that lower `net.ipv4.ip_unprivileged_port_start` do not count.

Remedy: listen on a port from 1024 upwards, and map it with the Service

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:2.4.1
          ports:
            - containerPort: 80

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:2.4.1
          ports:
            - containerPort: 8080

Options:
    allow: names of containers that may listen there

Sources:
    Kubernetes documentation, "Using sysctls in a Kubernetes Cluster"
    Linux manual, capabilities(7), CAP_NET_BIND_SERVICE
"""

from functools import lru_cache

from kubelint_py.authoring import Container, PodSpec, Problem, Problems, rule

FIRST_FREE = 1024
START = "net.ipv4.ip_unprivileged_port_start"


@rule(severity="low", since="0.1", default=False, tags=("KSV-0117", "kube-linter:privileged-ports"))
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each such port."""
    if container.name in allow:
        return
    first_free = lowest_free(container.pod)
    for port in container.node.at("ports").items():
        number = port.at("containerPort")
        if number.as_int is not None and 0 < number.as_int < first_free:
            yield Problem(number, f"container {container.name!r} listens on the privileged port {number.as_int}")


@lru_cache(maxsize=1)  # each container of the pod asks
def lowest_free(pod: PodSpec) -> int:
    """Return the lowest port that needs no privilege in a pod."""
    for sysctl in pod.node.at("securityContext.sysctls").items():
        value = sysctl.at("value").as_str or ""
        if sysctl.at("name").value == START and value.isdecimal() and len(value) < len("100000"):
            return int(value)
    return FIRST_FREE
