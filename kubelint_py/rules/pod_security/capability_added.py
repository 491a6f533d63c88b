"""Container gets a capability other than NET_BIND_SERVICE.

The Restricted standard lets containers add nothing but NET_BIND_SERVICE, which opens ports below 1024. Dropping
ALL and adding back the few a program needs is good practice all the same, so this is opt-in.

Remedy: remove the capability; run as the right user from the start instead of changing it

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: uploads
    spec:
      containers:
        - name: uploads
          image: registry.example/shop/uploads:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]
              add: [CHOWN]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: uploads
    spec:
      containers:
        - name: uploads
          image: registry.example/shop/uploads:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]
              add: [NET_BIND_SERVICE]

Options:
    allow: capabilities that may be added

Sources:
    Pod Security Standards, restricted, "Capabilities"
    CIS Kubernetes Benchmark 5.2.9
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._capability import capability_problems

TAGS = ("pss-restricted", "cis-5.2.9", "CKV_K8S_25", "KSV-0106", "kics:containers_with_added_capabilities")


@rule(
    severity="medium",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=(
        "capability-beyond-baseline",
        "sys-admin-capability",
        "sys-module-capability",
        "net-raw-capability-added",
        "dangerous-capability-added",
    ),
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each added capability that is not NET_BIND_SERVICE."""
    yield from capability_problems(pod, "capability-added", kubernetes, allow)
