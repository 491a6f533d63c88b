"""System call filter is switched off.

A seccomp profile keeps a broken-into process away from the rarely used system calls in which most kernel
exploits begin. `Unconfined` opens all of them, even where the node filters by default.

Remedy: set the type to RuntimeDefault, or to Localhost with a profile of your own

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: cart
    spec:
      containers:
        - name: cart
          image: registry.example/shop/cart:1.4.2
          securityContext:
            seccompProfile:
              type: Unconfined

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: cart
    spec:
      containers:
        - name: cart
          image: registry.example/shop/cart:1.4.2
          securityContext:
            seccompProfile:
              type: RuntimeDefault

Options:
    allow: names of containers that may do without

Sources:
    Pod Security Standards, baseline, "Seccomp"
    Kubernetes documentation, "Restrict a Container's Syscalls with seccomp"
    CIS Kubernetes Benchmark 5.7.2
    MITRE ATT&CK T1611, "Escape to Host"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-baseline",
    "cis-5.7.2",
    "nsa-hardening-container-environments",
    "mitre-T1611",
    "KSV-0104",
    "kubesec:SeccompUnconfined",
)


@rule(severity="high", since="0.1", tags=TAGS, implied_by=("privileged-container",))
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each seccomp profile that is not allowed."""
    yield from control_problems(pod, "seccomp-unconfined", kubernetes, allow)
