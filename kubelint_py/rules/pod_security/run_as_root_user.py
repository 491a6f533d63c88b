"""Container runs as root.

Root in a container has the default capabilities and owns what it mounts, and an escape makes it root on the node.
From Kubernetes 1.35 on it is accepted in a user namespace (`hostUsers: false`), where it is nobody outside.

Remedy: set `runAsUser` to another number, or remove it and set `runAsNonRoot: true`

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: payments
    spec:
      securityContext:
        runAsUser: 0
      containers:
        - name: payments
          image: registry.example/shop/payments:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: payments
    spec:
      securityContext:
        runAsUser: 10001
      containers:
        - name: payments
          image: registry.example/shop/payments:1.4.2

Options:
    allow: names of containers that may run as root

Sources:
    Pod Security Standards, restricted, "Running as Non-root user"
    Kubernetes documentation, "User Namespaces"
    CIS Kubernetes Benchmark 5.2.7
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-restricted",
    "cis-5.2.7",
    "nsa-non-root-containers",
    "KSV-0105",
    "kube-linter:run-as-non-root",
    "polaris:runAsRootAllowed",
)


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each runAsUser that is 0."""
    yield from control_problems(pod, "run-as-root-user", kubernetes, allow)
