"""Namespace could enforce a stricter Pod Security level.

Every workload of the set in this namespace already keeps to a stricter level than the namespace enforces. Enforcing it
refuses none of them, and keeps out what would break it later. Pods that are not in the set are not known here.

Remedy: raise `pod-security.kubernetes.io/enforce` to the level the message names

Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: privileged
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders
      namespace: shop
    spec:
      containers:
        - name: orders
          image: registry.example/shop/orders:1.4.2

Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: baseline
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders
      namespace: shop
    spec:
      containers:
        - name: orders
          image: registry.example/shop/orders:1.4.2

Sources:
    Kubernetes documentation, "Enforce Pod Security Standards with Namespace Labels"
"""

from kubelint_py.authoring import Bundle, Problem, Problems, Version, rule, show
from kubelint_py.rules.pod_security._namespace import (
    KINDS,
    LEVELS,
    Inhabited,
    inhabited,
    label,
    labels,
    refused,
)


@rule(severity="info", since="0.1", kinds=KINDS, needs=("Namespace",))
def check(bundle: Bundle, kubernetes: Version) -> Problems:
    """Yield a problem for each namespace whose workloads all keep to a stricter level than it enforces."""
    for place in inhabited(bundle):
        level = reached(place, kubernetes)
        if not level:
            continue
        namespace, count = place.namespace, len({id(workload.resource) for workload in place.workloads})
        who = "its only workload here keeps" if count == 1 else f"its {count} workloads here keep"
        message = f"namespace {show(namespace.name)} can enforce {level} without loss: {who} to it"
        written = label(namespace, "enforce")
        node = written if written.present else labels(namespace)
        yield Problem(node, message, key=not written.present, resource=namespace)


def reached(place: Inhabited, kubernetes: Version) -> str:
    """Return the strictest level above the enforced one that refuses no workload of a namespace, or ""."""
    if any(workload.pod.partial for workload in place.workloads):
        return ""
    enforced = place.policy.enforce
    for level in reversed(LEVELS[LEVELS.index(enforced.level) + 1 :]):
        mode = enforced._replace(level=level)
        if not any(refused(workload, mode, kubernetes) for workload in place.workloads):
            return level
    return ""
