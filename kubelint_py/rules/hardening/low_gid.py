"""Container runs with a low group number.

The kernel knows numbers, not names. A process with the GID of a group of the node has that group's rights on
whatever it reaches there, after an escape or through a mounted directory. Distributions give away numbers below
10000; one that the image chooses may be any. A pod with a user namespace (`hostUsers: false`) is left out.

Remedy: set `runAsGroup` to 10000 or more in the securityContext of the pod

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        runAsGroup: 999
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
        runAsGroup: 10001
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    minimum: the lowest GID that is high enough
    allow: names of containers that may run with any

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
    Kubernetes documentation, "User Namespaces"
"""

from kubelint_py.authoring import PodSpec, Problems, rule
from kubelint_py.rules.hardening._identity import MINIMUM, low_numbers

TAGS = ("kube-score:container-security-context-user-group-id", "KSV-0021", "kubesec:RunAsGroup")


@rule(
    severity="low",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=("root-group", "windows-host-process"),
)
def check(pod: PodSpec, *, minimum: int = MINIMUM, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each group number that is too low or left to the image."""
    yield from low_numbers(pod, "runAsGroup", "GID", minimum, allow)
