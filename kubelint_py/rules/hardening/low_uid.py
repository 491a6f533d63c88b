"""Container runs with a low user number.

The kernel knows numbers, not names. A process with the UID of a user of the node has that user's rights on
whatever it reaches there, after an escape or through a mounted directory. Distributions give away numbers below
10000; one that the image chooses may be any. A pod with a user namespace (`hostUsers: false`) is left out.

Remedy: set `runAsUser` to 10000 or more in the securityContext of the pod

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        runAsUser: 999
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
        runAsUser: 10001
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    minimum: the lowest UID that is high enough
    allow: names of containers that may run with any

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
    Kubernetes documentation, "User Namespaces"
"""

from kubelint_py.authoring import PodSpec, Problems, rule
from kubelint_py.rules.hardening._identity import MINIMUM, low_numbers

TAGS = (
    "kube-score:container-security-context-user-group-id",
    "KSV-0020",
    "CKV_K8S_40",
    "kubesec:RunAsUser",
    "kics:containers_run_with_low_uid",
)


@rule(
    severity="low",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=("run-as-root-allowed", "run-as-root-user", "windows-host-process"),
)
def check(pod: PodSpec, *, minimum: int = MINIMUM, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each user number that is too low or left to the image."""
    yield from low_numbers(pod, "runAsUser", "UID", minimum, allow)
