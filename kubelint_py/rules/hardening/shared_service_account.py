"""Workloads share a service account.

What one of them may do all of them may do: a role for one is a role for each, and the audit log cannot tell them
apart. Parts of one program often share an account on purpose, so this is opt-in.

Remedy: give each workload a ServiceAccount of its own

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
          serviceAccountName: shop
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
          serviceAccountName: shop
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
          serviceAccountName: storefront
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
          serviceAccountName: cart
          containers:
            - name: web
              image: registry.example/shop/cart:1.4.2

Options:
    allow: names of service accounts that may be shared

Sources:
    Kubernetes documentation, "Service Accounts"
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule, show
from kubelint_py.rules.hardening._account import KINDS, users

SHOWN = 5


@rule(severity="low", since="0.1", default=False, kinds=KINDS, tags=("kics:shared_service_account",))
def check(bundle: Bundle, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each named service account of a namespace that several workloads use."""
    for name, workloads in users(bundle):
        if len(workloads) < 2 or name in allow:
            continue
        first, *others = workloads[: SHOWN + 1]
        related = tuple((each.pod.service_account_node, f"{each.resource.title} uses it too") for each in others)
        message = f"service account {show(name)} is shared by {len(workloads)} workloads"
        yield Problem(first.pod.service_account_node, message, related, resource=first.resource)
