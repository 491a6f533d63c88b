"""Namespace has workloads and no service account of its own.

Each workload there runs as the default service account, so rights cannot be given to one of them alone.

Remedy: create a ServiceAccount for each workload

Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
    ---
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
          containers:
            - name: web
              image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
    ---
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
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: storefront
      namespace: shop

Options:
    exclude_namespaces: namespaces that need none

Sources:
    CIS Kubernetes Benchmark 5.1.5
    Kubernetes documentation, "Service Accounts"
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule, show
from kubelint_py.rules.hardening._account import DEFAULT, KINDS, SYSTEM


@rule(
    severity="info",
    since="0.1",
    default=False,
    kinds=(*KINDS, "Namespace", "ServiceAccount"),
    needs=("Namespace",),
    tags=("cis-5.1.5", "C-0189"),
)
def check(bundle: Bundle, *, exclude_namespaces: tuple[str, ...] = SYSTEM) -> Problems:
    """Yield a problem for each namespace of the set with workloads and without a service account."""
    served = {account.namespace for account in bundle.of("", "ServiceAccount") if account.name != DEFAULT}
    if "" in served:
        return
    inhabited = {workload.resource.namespace for workload in bundle.workloads}
    for namespace in bundle.of("", "Namespace"):
        if namespace.name in inhabited - served and namespace.name not in exclude_namespaces:
            message = f"namespace {show(namespace.name)} has workloads and no service account of its own"
            yield Problem(namespace.node.at("metadata.name"), message, resource=namespace)
