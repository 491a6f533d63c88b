"""Container gets a capability that reaches beyond it.

With one of these capabilities a process can reconfigure the node's network, trace or read what is not its own, load
code into the kernel or write to devices. Names count in any case, with or without `CAP_`.

Remedy: remove the capability, or let a component of the node do what needs it

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: profiler
    spec:
      containers:
        - name: profiler
          image: registry.example/shop/profiler:1.4.2
          securityContext:
            capabilities:
              add: [SYS_PTRACE]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: profiler
    spec:
      containers:
        - name: profiler
          image: registry.example/shop/profiler:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]

Options:
    capabilities: capabilities that count as dangerous
    allow: names of containers that may have them

Sources:
    capabilities(7), Linux manual pages
    Pod Security Standards, baseline, "Capabilities"
    CIS Kubernetes Benchmark 5.2.9
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.pod_security._capability import DANGEROUS, added, controls, plain

TAGS = ("pss-baseline", "cis-5.2.9", "C-0046", "polaris:dangerousCapabilities")


@rule(severity="high", since="0.1", tags=TAGS, implied_by=("sys-admin-capability", "sys-module-capability"))
def check(container: Container, *, capabilities: tuple[str, ...] = DANGEROUS, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each added capability of the list."""
    if container.name in allow:
        return
    for item in added(container, plain(capabilities)):
        message = f"{container.label} adds capability {item.value!r}, which reaches beyond the container"
        yield Problem(item, message, container=container.name, tags=controls(str(item.value)))
