"""Pod or namespace keeps out of the service mesh.

Without the mesh's proxy, traffic is neither encrypted nor authenticated by it, and the mesh's policies do not hold
for the pod. Some pods have to stay out, and many clusters have no mesh, so this is opt-in. It reads the labels and
annotations of Istio and Linkerd.

Remedy: remove the label or annotation, or set it to the value that lets the mesh in

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
    spec:
      selector:
        matchLabels: {app: storefront}
      template:
        metadata:
          labels: {app: storefront, sidecar.istio.io/inject: "false"}
        spec:
          containers:
            - name: web
              image: registry.example/shop/storefront:2.4.1

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
    spec:
      selector:
        matchLabels: {app: storefront}
      template:
        metadata:
          labels: {app: storefront, sidecar.istio.io/inject: "true"}
        spec:
          containers:
            - name: web
              image: registry.example/shop/storefront:2.4.1

Options:
    require: whether namespaces have to let a mesh in
    exclude_namespaces: namespaces that may stay out

Sources:
    Istio documentation, "Installing the Sidecar" and "Add workloads to the mesh"
    Linkerd documentation, "Automatic Proxy Injection"
"""

from collections.abc import Iterator

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Node, Problem, Problems, rule

LABELS, ANNOTATIONS = "labels", "annotations"
OUT = (
    (LABELS, "sidecar.istio.io/inject", "false"),
    (ANNOTATIONS, "sidecar.istio.io/inject", "false"),
    (LABELS, "istio-injection", "disabled"),
    (LABELS, "istio.io/dataplane-mode", "none"),
    (ANNOTATIONS, "linkerd.io/inject", "disabled"),
)
IN = (
    (LABELS, "istio-injection", ("enabled",)),
    (LABELS, "istio.io/rev", ()),
    (LABELS, "istio.io/dataplane-mode", ("ambient",)),
    (ANNOTATIONS, "linkerd.io/inject", ("enabled", "ingress")),
)
SYSTEM = ("kube-node-lease", "kube-public", "kube-system")
TAGS = (
    "kyverno:prevent-disabling-injection-pods",
    "kyverno:enforce-sidecar-injection-namespace",
    "kyverno:enforce-ambient-mode-namespace",
    "kyverno:prevent-linkerd-pod-injection-override",
    "kyverno:require-linkerd-mesh-injection",
)


@rule(severity="info", since="0.1", default=False, kinds=("Namespace", *sorted(WORKLOAD_KINDS)), tags=TAGS)
def check(bundle: Bundle, *, require: bool = False, exclude_namespaces: tuple[str, ...] = SYSTEM) -> Problems:
    """Yield a problem for each label or annotation that keeps the mesh out, of pods and then of namespaces."""
    for workload in bundle.all_workloads:
        if bundle.namespace(workload.resource) not in exclude_namespaces:
            for key, node in opted_out(workload.pod.template):
                yield Problem(node, f"pod keeps out of the mesh with {key!r}", resource=workload.resource)
    for namespace in bundle.of("", "Namespace"):
        if namespace.name not in exclude_namespaces:
            out = list(opted_out(namespace.node))
            for key, node in out:
                message = f"namespace {namespace.name!r} keeps out of the mesh with {key!r}"
                yield Problem(node, message, resource=namespace)
            if require and not out and not lets_in(namespace.node):
                message = f"namespace {namespace.name!r} has no label or annotation that lets a mesh in"
                yield Problem(namespace.node.at("metadata.labels"), message, resource=namespace)


def opted_out(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield the labels and annotations of an object or template that keep the mesh out."""
    for field, key, value in OUT:
        found = node.at("metadata", field, key)
        if found.value == value:
            yield key, found


def lets_in(node: Node) -> bool:
    """Whether a namespace lets a mesh in; `istio.io/rev` does with any value."""
    for field, key, values in IN:
        value = node.at("metadata", field, key).as_str
        if value and (not values or value in values):
            return True
    return False
