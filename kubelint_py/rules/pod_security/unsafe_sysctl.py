"""Pod changes a kernel parameter that is not known to be safe.

Only a short list of sysctls is kept apart for each pod. Others may affect the whole node, a kubelet refuses them
unless its administrator has allowed them by name, and the pod then fails to start. The list grows with Kubernetes.

Remedy: remove the sysctl, or set it on the nodes that need it

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: queue
    spec:
      securityContext:
        sysctls:
          - name: kernel.msgmax
            value: "65536"
      containers:
        - name: queue
          image: registry.example/shop/queue:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: queue
    spec:
      securityContext:
        sysctls:
          - name: net.ipv4.tcp_syncookies
            value: "1"
      containers:
        - name: queue
          image: registry.example/shop/queue:1.4.2

Options:
    allow: names of sysctls that the kubelets allow; `*` at the end stands for any characters

Sources:
    Pod Security Standards, baseline, "Sysctls"
    Kubernetes documentation, "Using sysctls in a Kubernetes Cluster"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "KSV-0026", "C-0211", "kube-linter:unsafe-sysctls", "kics:cluster_allows_unsafe_sysctls")


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each sysctl outside the safe set of the version."""
    for problem in control_problems(pod, "unsafe-sysctl", kubernetes):
        if not any(covers(pattern, str(problem.node.value)) for pattern in allow):
            yield problem


def covers(pattern: str, name: str) -> bool:
    """Whether a name is meant by a pattern as `--allowed-unsafe-sysctls` of the kubelet has them."""
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
