"""Container gets a capability that containers do not have by default.

Each capability is a piece of root's power. Those a container runtime gives by itself are let through; any other
one, and every name that is not written in capitals and without `CAP_`, is refused in a baseline namespace.

Remedy: remove the capability, or let a component of the node do what needs it

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      containers:
        - name: proxy
          image: registry.example/shop/proxy:1.4.2
          securityContext:
            capabilities:
              add: [NET_ADMIN]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: proxy
    spec:
      containers:
        - name: proxy
          image: registry.example/shop/proxy:1.4.2
          securityContext:
            capabilities:
              add: [NET_BIND_SERVICE]

Options:
    allow: capabilities that may be added

Sources:
    Pod Security Standards, baseline, "Capabilities"
    CIS Kubernetes Benchmark 5.2.9
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._capability import capability_problems

TAGS = ("pss-baseline", "cis-5.2.9", "CKV_K8S_25", "KSV-0022")


@rule(
    severity="high",
    since="0.1",
    tags=TAGS,
    implied_by=(
        "sys-admin-capability",
        "sys-module-capability",
        "net-raw-capability-added",
        "dangerous-capability-added",
    ),
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each added capability beyond the baseline set."""
    yield from capability_problems(pod, "capability-beyond-baseline", kubernetes, allow)
