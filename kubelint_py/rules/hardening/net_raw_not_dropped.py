"""Container keeps raw sockets.

Runtimes give NET_RAW by default. With it a process that was broken into writes packets as it likes: it can pretend to
be another pod or a DNS server on its network. Dropping ALL drops it as well.

Remedy: set `capabilities.drop: [ALL]`, or at least NET_RAW

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2
          securityContext:
            capabilities:
              drop: [MKNOD]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2
          securityContext:
            capabilities:
              drop: [NET_RAW]

Options:
    allow: names of containers that may keep it

Sources:
    CIS Kubernetes Benchmark 5.2.8
    capabilities(7), Linux manual pages
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._confinement import dropped

TAGS = (
    "cis-5.2.8",
    "CKV_K8S_28",
    "C-0211",
    "kube-linter:drop-net-raw-capability",
    "kics:net_raw_capabilities_not_being_dropped",
)
ENOUGH = frozenset({"ALL", "NET_RAW"})


@rule(
    severity="medium",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=(
        "capabilities-not-dropped",
        "net-raw-capability-added",
        "no-capability-dropped",
        "privileged-container",
        "windows-host-process",
    ),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container that drops neither NET_RAW nor ALL."""
    if container.pod.runs_on_windows or container.name in allow:
        return
    if ENOUGH.isdisjoint(dropped(container)):
        yield Problem(container.node.at("securityContext.capabilities.drop"), f"{container.label} keeps NET_RAW")
