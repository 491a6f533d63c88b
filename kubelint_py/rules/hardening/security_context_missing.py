"""Container has no security context.

Neither the container nor its pod says anything about users, privileges or capabilities, so whatever the image and the
runtime choose holds. Rules about the single fields say more; this one finds workloads that nobody has looked at.

Remedy: give the pod a securityContext with `runAsNonRoot: true` and the container one that drops capabilities

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
        runAsNonRoot: true
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers that may do without

Sources:
    CIS Kubernetes Benchmark 5.7.3
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
"""

from kubelint_py.authoring import Container, Problem, Problems, rule

TAGS = (
    "cis-5.7.3",
    "CKV_K8S_29",
    "CKV_K8S_30",
    "KSV-0118",
    "C-0211",
    "kics:pod_or_container_without_security_context",
)


@rule(
    severity="low",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=(
        "privilege-escalation-allowed",
        "capabilities-not-dropped",
        "run-as-root-allowed",
        "seccomp-profile-missing",
        "writable-root-filesystem",
    ),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container without a security context of its own in a pod without one."""
    own = container.node.at("securityContext")
    if not own.as_map and not container.pod.node.at("securityContext").as_map and container.name not in allow:
        yield Problem(own, f"{container.label} has no security context, neither its own nor the pod's")
