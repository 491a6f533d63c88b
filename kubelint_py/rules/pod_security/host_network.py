"""Pod uses the network of its node.

The pod then has the node's addresses: it reaches services that listen on localhost there, can watch the node's
traffic with the right capability, takes ports of the node, and no NetworkPolicy applies to it.

Remedy: remove `hostNetwork` and offer the port with a Service

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      hostNetwork: true
      containers:
        - name: proxy
          image: registry.example/shop/proxy:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      hostNetwork: false
      containers:
        - name: proxy
          image: registry.example/shop/proxy:1.4.2

Sources:
    Pod Security Standards, baseline, "Host Namespaces"
    Kubernetes documentation, "Network Policies"
    CIS Kubernetes Benchmark 5.2.5
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-baseline",
    "cis-5.2.5",
    "nsa-pod-security",
    "CKV_K8S_19",
    "KSV-0009",
    "C-0041",
    "kube-linter:host-network",
    "polaris:hostNetworkSet",
    "kubesec:HostNetwork",
    "kics:shared_host_network_namespace",
)


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version) -> Problems:
    """Yield a problem where the pod joins the node's network namespace."""
    yield from control_problems(pod, "host-network", kubernetes)
