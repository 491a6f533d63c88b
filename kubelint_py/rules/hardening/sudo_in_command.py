"""Container starts its program with sudo.

It needs a program that turns users into root, and with it `allowPrivilegeEscalation`; a flaw in what it starts is
then a flaw as root. The user a container runs as is chosen in the manifest.

Remedy: set securityContext.runAsUser to the user the program needs, and start it directly

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: worker
    spec:
      containers:
        - name: worker
          image: registry.example/shop/worker:1.4.2
          command: [sh, -c, sudo -E /opt/shop/worker]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: worker
    spec:
      containers:
        - name: worker
          image: registry.example/shop/worker:1.4.2
          command: [/opt/shop/worker]

Options:
    allow: names of containers that may use sudo

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
    MITRE ATT&CK, T1548.003, "Sudo and Sudo Caching"
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._command import runs


@rule(severity="low", since="0.1", tags=("C-0062", "mitre-T1548"))
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each item of the command that runs sudo."""
    if container.name not in allow:
        for item in runs(container, "sudo"):
            yield Problem(item, f"container {container.name!r} starts a program with sudo")
