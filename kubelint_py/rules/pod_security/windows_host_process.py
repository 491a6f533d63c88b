"""Windows container runs on the node itself.

A HostProcess container is an ordinary process of its Windows node: it sees the node's files, network and devices
and may run as SYSTEM. That is for parts of the cluster, not for applications.

Remedy: remove `hostProcess`

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: metrics
    spec:
      os: {name: windows}
      hostNetwork: true
      securityContext:
        windowsOptions:
          hostProcess: true
      containers:
        - name: metrics
          image: registry.example/shop/metrics:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: metrics
    spec:
      os: {name: windows}
      securityContext:
        windowsOptions:
          hostProcess: false
      containers:
        - name: metrics
          image: registry.example/shop/metrics:1.4.2

Options:
    allow: names of containers that may run on the node

Sources:
    Pod Security Standards, baseline, "HostProcess"
    Kubernetes documentation, "Create a Windows HostProcess Pod"
    CIS Kubernetes Benchmark 5.2.11
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "cis-5.2.11", "KSV-0103", "C-0202", "C-0211", "polaris:hostProcess")


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each place that asks for HostProcess containers."""
    yield from control_problems(pod, "windows-host-process", kubernetes, allow)
