"""Container takes a port of its node.

The port is open on the node's addresses to whoever reaches the node, past Services and often past network
policies, and two such pods cannot run on one node. 0 means no port.

Remedy: remove `hostPort` and offer the port with a Service

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
          ports:
            - containerPort: 8080
              hostPort: 8080

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
          ports:
            - containerPort: 8080

Options:
    allow: names of containers that may take ports of the node

Sources:
    Pod Security Standards, baseline, "Host Ports"
    CIS Kubernetes Benchmark 5.2.13
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-baseline",
    "cis-5.2.13",
    "CKV_K8S_26",
    "KSV-0024",
    "C-0044",
    "polaris:hostPortSet",
    "kics:workload_host_port_not_specified",
)


@rule(severity="medium", since="0.1", tags=TAGS, implied_by=("host-network",))
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each port bound on the node."""
    yield from control_problems(pod, "host-port", kubernetes, allow)
