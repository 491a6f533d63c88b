"""Namespace has no Pod Security label.

Without a label the default of the cluster holds, and that is privileged unless somebody changed it: any pod may run
as root on the host's network with the whole node mounted. A label costs one line and can warn before it enforces.

Remedy: label the namespace with `pod-security.kubernetes.io/enforce: baseline` or restricted

Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop

Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: restricted

Options:
    exclude_namespaces: namespaces that need no label

Sources:
    Kubernetes documentation, "Enforce Pod Security Standards with Namespace Labels"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule, show
from kubelint_py.rules.pod_security._namespace import MODES, SYSTEM, label, labels


@rule(severity="medium", since="0.1", kinds=("Namespace",), tags=("C-0192",))
def check(namespace: Resource, *, exclude_namespaces: tuple[str, ...] = SYSTEM) -> Problems:
    """Yield a problem for a namespace with neither an enforced, an audited nor a warned level."""
    if namespace.group or not namespace.name or namespace.name in exclude_namespaces:
        return
    if not any(label(namespace, mode).present for mode in MODES):
        message = f"namespace {show(namespace.name)} has no Pod Security label: every pod is admitted"
        yield Problem(labels(namespace), message, key=True)
