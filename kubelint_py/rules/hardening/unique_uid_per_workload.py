"""Workloads run with the same user number.

To the kernel of a node, processes with one UID are one user, whatever pod they are in. After an escape, or on a shared
volume, such a process may do to the other workload whatever its own user may. Images often come with a UID, so this is
opt-in. Pods with a user namespace (`hostUsers: false`) are left out.

Remedy: give each workload a `runAsUser` of its own

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
      namespace: shop
    spec:
      selector:
        matchLabels: {app: storefront}
      template:
        metadata:
          labels: {app: storefront}
        spec:
          securityContext:
            runAsUser: 10001
          containers:
            - name: web
              image: registry.example/shop/storefront:1.4.2
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: cart
      namespace: shop
    spec:
      selector:
        matchLabels: {app: cart}
      template:
        metadata:
          labels: {app: cart}
        spec:
          securityContext:
            runAsUser: 10001
          containers:
            - name: web
              image: registry.example/shop/cart:1.4.2

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
      namespace: shop
    spec:
      selector:
        matchLabels: {app: storefront}
      template:
        metadata:
          labels: {app: storefront}
        spec:
          securityContext:
            runAsUser: 10001
          containers:
            - name: web
              image: registry.example/shop/storefront:1.4.2
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: cart
      namespace: shop
    spec:
      selector:
        matchLabels: {app: cart}
      template:
        metadata:
          labels: {app: cart}
        spec:
          securityContext:
            runAsUser: 10002
          containers:
            - name: web
              image: registry.example/shop/cart:1.4.2

Options:
    allow: UIDs that may be shared

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
    Kubernetes documentation, "User Namespaces"
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, Workload, rule
from kubelint_py.rules.hardening._account import KINDS
from kubelint_py.rules.hardening._context import decisions, has_user_namespace

TAGS = ("kyverno:require-unique-uid-per-workload",)


@rule(severity="info", since="0.1", default=False, kinds=KINDS, tags=TAGS)
def check(bundle: Bundle, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each workload with a UID that another one before it has; root is a matter of other rules."""
    first: dict[int, tuple[Workload, Node]] = {}
    for workload in bundle.workloads:
        for uid, node in numbers(workload).items():
            owner, place = first.setdefault(uid, (workload, node))
            if owner is not workload and str(uid) not in allow:
                message = f"{workload.resource.title} runs with UID {uid}, and so does {owner.resource.title}"
                yield Problem(node, message, ((place, "the other one does here"),), resource=workload.resource)


def numbers(workload: Workload) -> dict[int, Node]:
    """Return the UIDs of a workload other than root's, each with the first place that sets it."""
    if workload.pod.runs_on_windows or has_user_namespace(workload.pod):
        return {}
    found: dict[int, Node] = {}
    for place in decisions(workload.pod, "runAsUser"):
        if place.node.as_int:
            found.setdefault(place.node.as_int, place.node)
    return found
