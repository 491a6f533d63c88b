"""Container asks for raw sockets.

With NET_RAW a process writes packets as it likes: it can pretend to be another pod or a DNS server on its network.
Runtimes often give it by default; asking for it keeps it where the default was dropped.

Remedy: remove the capability; ping works without it where the sysctl net.ipv4.ping_group_range allows

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]
              add: [NET_RAW]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]

Options:
    allow: names of containers that may have NET_RAW

Sources:
    capabilities(7), Linux manual pages
    Pod Security Standards, baseline, "Capabilities"
    CIS Kubernetes Benchmark 5.2.8
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "cis-5.2.8", "KSV-0119", "C-0046")


@rule(severity="medium", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each added NET_RAW."""
    yield from control_problems(pod, "net-raw-capability-added", kubernetes, allow)
