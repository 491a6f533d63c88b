"""Pod Security label of a namespace is invalid.

A new namespace with such a label is refused. In one that exists already, an unknown level means restricted where it is
enforced and nothing where it is audited or warned about, and an unknown version means the latest one. A label with
another name after the prefix means nothing at all.

Remedy: write privileged, baseline or restricted as the level, and latest or v1.N as the version

Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: strict

Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: restricted

Sources:
    Kubernetes documentation, "Pod Security Admission labels for namespaces"
    Kubernetes source, pod-security-admission, package api
"""

from kubelint_py.authoring import Node, Problem, Problems, Resource, rule, show
from kubelint_py.rules.pod_security._namespace import (
    LABEL_PREFIX,
    LEVELS,
    MODES,
    PRIVILEGED,
    RESTRICTED,
    label,
    labels,
    policy,
)

NAMES = (*MODES, *(f"{mode}-version" for mode in MODES))

TYPES: dict[type, str] = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a mapping",
}
"""What messages call values that are no strings."""


@rule(severity="high", since="0.1", kinds=("Namespace",))
def check(namespace: Resource) -> Problems:
    """Yield a problem for each label that the admission controller cannot read."""
    if namespace.group:
        return
    written = labels(namespace)
    for invalid in policy(namespace).invalid:
        name = invalid.label.removeprefix(LABEL_PREFIX)
        node = written.child(invalid.label)
        answer = f"a new namespace with it is refused, in an existing one {fallback(name)}"
        yield Problem(node, f"{said(name, node)}: {answer}", tags=("api-validity",))
    for key, node in written.entries():
        if not isinstance(key, str) or not key.startswith(LABEL_PREFIX):
            continue
        name = key.removeprefix(LABEL_PREFIX)
        if name not in NAMES:
            message = f"label {show(name)} means nothing: there are {', '.join(MODES)}, and each with -version"
            yield Problem(node, message, key=True)
        elif name.endswith("-version") and not has_level(namespace, name.removesuffix("-version")):
            level = name.removesuffix("-version")
            message = f"{name} is set, but {level} is not: its level is the default of the cluster"
            yield Problem(node, message, key=True, severity="low")


def has_level(namespace: Resource, mode: str) -> bool:
    """Whether a mode has a level for its version; an enforced level is also warned about."""
    return label(namespace, mode).present or (mode == "warn" and label(namespace, "enforce").present)


def said(name: str, node: Node) -> str:
    """Return what is wrong with a value."""
    found = TYPES.get(type(node.value), "no string") if node.as_str is None else show(node.as_str)
    if name.endswith("-version"):
        return f"{name} is {found}, not latest or v1.N"
    return f"{name} is {found}, not one of {', '.join(LEVELS)}"


def fallback(name: str) -> str:
    """Return what holds instead of an invalid value."""
    if name.endswith("-version"):
        return "latest holds"
    return f"{RESTRICTED if name == 'enforce' else PRIVILEGED} holds"
