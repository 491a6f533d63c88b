"""Probe or lifecycle hook names a host.

The kubelet makes these requests from the node. With a host they go wherever the author of the pod wants, past the
pod's network policies, and localhost is the node rather than the container. Part of baseline since Kubernetes 1.34.
Localhost is left out in pods on the node's network, where it is the pod itself.

Remedy: remove `host`, so that the request goes to the pod; a Host header is set in `httpHeaders`

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: checkout
    spec:
      containers:
        - name: checkout
          image: registry.example/shop/checkout:1.4.2
          livenessProbe:
            httpGet: {host: metadata.example, path: /healthz, port: 8080}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: checkout
    spec:
      containers:
        - name: checkout
          image: registry.example/shop/checkout:1.4.2
          livenessProbe:
            httpGet: {path: /healthz, port: 8080}

Options:
    allow: names of containers that may name a host

Sources:
    Pod Security Standards, baseline, "Host Probes / Lifecycle Hooks"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

LOOPBACK = ("127.0.0.1", "::1", "localhost")
TAGS = ("pss-baseline",)


@rule(severity="medium", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each host a probe or hook names."""
    own = LOOPBACK if pod.node.at("hostNetwork").as_bool else ()
    for problem in control_problems(pod, "probe-host-set", kubernetes, allow):
        if problem.node.value not in own:
            yield problem
