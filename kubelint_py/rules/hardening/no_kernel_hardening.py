"""Nothing limits what the kernel does for the container.

Pods of a node share its kernel. A seccomp profile, an AppArmor profile, an SELinux label or dropped capabilities keep
a process that was broken into away from parts of it; this container has none of them.

Remedy: set `seccompProfile.type: RuntimeDefault` for the pod and drop capabilities

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers that may do without

Sources:
    Kubernetes documentation, "Linux kernel security constraints for Pods and containers"
    NSA and CISA, "Kubernetes Hardening Guidance", hardening container environments
"""

from kubelint_py.authoring import Container, Problem, Problems, Version, rule
from kubelint_py.rules.hardening._confinement import is_confined
from kubelint_py.rules.hardening._context import own

TAGS = ("nsa-hardening-container-environments", "C-0055", "polaris:linuxHardening")


@rule(
    severity="low",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=(
        "apparmor-overridden",
        "capabilities-not-dropped",
        "no-capability-dropped",
        "privileged-container",
        "seccomp-profile-missing",
        "seccomp-unconfined",
        "security-context-missing",
        "windows-host-process",
    ),
)
def check(container: Container, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container without profile, label and dropped capability."""
    if not container.pod.runs_on_windows and container.name not in allow and not is_confined(container, kubernetes):
        message = f"{container.label} has no seccomp or AppArmor profile and no SELinux label, and drops no capability"
        yield Problem(own(container, "seccompProfile"), message)
