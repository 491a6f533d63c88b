"""Container has no SELinux label of its own.

Without a label the runtime picks one for each container, which keeps containers apart already. A fixed level is for
clusters whose nodes run SELinux and where pods share volumes, so this is opt-in.

Remedy: set `seLinuxOptions.level` in the securityContext of the pod

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
        seLinuxOptions:
          level: "s0:c123,c456"
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers that may do without

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container", SELinux labels
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._confinement import has_label
from kubelint_py.rules.hardening._context import own

TAGS = ("nsa-hardening-container-environments", "C-0211")


@rule(
    severity="info",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=("no-kernel-hardening", "privileged-container", "windows-host-process"),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container without SELinux options, its own or the pod's."""
    if not container.pod.runs_on_windows and container.name not in allow and not has_label(container):
        message = f"{container.label} has no SELinux options, neither its own nor the pod's"
        yield Problem(own(container, "seLinuxOptions"), message)
