"""Pod sees the processes of its node.

In the node's process namespace a container can list, trace and kill processes of the node and of all other
pods there, and read the environment and files of those that run as the same user.

Remedy: remove `hostPID`; share processes inside the pod with `shareProcessNamespace` where containers need each other's

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      hostPID: true
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      hostPID: false
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2

Sources:
    Pod Security Standards, baseline, "Host Namespaces"
    CIS Kubernetes Benchmark 5.2.3
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-baseline",
    "cis-5.2.3",
    "nsa-pod-security",
    "CKV_K8S_17",
    "KSV-0010",
    "C-0038",
    "C-0275",
    "kube-linter:host-pid",
    "polaris:hostPIDSet",
    "kubesec:HostPID",
    "kics:shared_host_pid_namespace",
)


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version) -> Problems:
    """Yield a problem where the pod joins the node's process namespace."""
    yield from control_problems(pod, "host-pid", kubernetes)
