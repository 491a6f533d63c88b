"""Container sees the kernel's part of /proc unmasked.

Runtimes hide or write-protect the parts of /proc that belong to the whole node. Unmasked, a process in the
container reads kernel memory addresses and changes settings of the node. From Kubernetes 1.35 on, baseline
accepts it in a user namespace (`hostUsers: false`).

Remedy: remove `procMount`; for containers in containers set `hostUsers: false` as well

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: builder
    spec:
      containers:
        - name: builder
          image: registry.example/shop/builder:1.4.2
          securityContext:
            procMount: Unmasked

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: builder
    spec:
      containers:
        - name: builder
          image: registry.example/shop/builder:1.4.2
          securityContext:
            procMount: Default

Options:
    allow: names of containers that may see it

Sources:
    Pod Security Standards, baseline, "/proc Mount Type"
    Kubernetes API, SecurityContext v1
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "pss-restricted", "KSV-0027", "C-0211", "kube-linter:unsafe-proc-mount", "polaris:procMount")


@rule(severity="high", since="0.1", tags=TAGS, implied_by=("privileged-container", "user-namespace-conflict"))
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each container with another procMount than Default."""
    yield from control_problems(pod, "unmasked-proc-mount", kubernetes, allow)
