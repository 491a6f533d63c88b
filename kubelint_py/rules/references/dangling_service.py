"""Service selects no pod.

A Service whose selector matches nothing has no endpoints: every connection to it fails. Most often a label was
renamed on one side only, or the two are in different namespaces.

Remedy: make the selector equal to labels of the pods it is meant for
Bad:
    apiVersion: v1
    kind: Service
    metadata:
      name: storefront
      namespace: shop
    spec:
      selector:
        app: store-front
      ports:
        - port: 80
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
              image: registry.example.com/shop/storefront:2.4.1
Good:
    apiVersion: v1
    kind: Service
    metadata:
      name: storefront
      namespace: shop
    spec:
      selector:
        app: storefront
      ports:
        - port: 80
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
              image: registry.example.com/shop/storefront:2.4.1
Options:
    external: names of Services whose pods come from elsewhere; `*` stands for any characters
Sources:
    Kubernetes documentation, "Service", defining a Service; Kubernetes API, Service v1
"""

from fnmatch import fnmatchcase

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Problem, Problems, rule
from kubelint_py.rules.references._selector import Pods, asked, selector_of


@rule(
    severity="high",
    since="0.1",
    kinds=("Service", *WORKLOAD_KINDS),
    needs=("Service",),
    tags=(
        "kube-linter:dangling-service",
        "kube-score:service-targets-pod",
        "C-0293",
        "kics:service_does_not_target_pod",
    ),
)
def check(bundle: Bundle, *, external: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each Service whose selector matches nothing in its namespace."""
    pods = Pods(bundle)
    for service in bundle.of("", "Service"):
        conditions = selector_of(service)
        if not pods.misses(conditions, service) or any(fnmatchcase(service.name, name) for name in external):
            continue
        hint = pods.hint(conditions, service)
        where = f" in namespace {service.namespace!r}" if service.namespace else ""
        message = f"{service.title} selects no pod: none{where} has {asked(conditions)}"
        related = (hint,) if hint else ()
        yield Problem(service.node.at("spec.selector"), message, related=related, resource=service)
