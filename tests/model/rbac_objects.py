"""Short spellings of RBAC objects for tests."""

from __future__ import annotations

from typing import Any

GROUP = "rbac.authorization.k8s.io"
VERSION = f"{GROUP}/v1"
Plain = dict[str, Any]


def rule(verbs: str, resources: str = "", groups: str = "", names: str = "", urls: str = "") -> Plain:
    """Return a policy rule; lists are separated by commas, the API group defaults to the core one."""
    fields: Plain = {"verbs": verbs.split(",")}
    if resources:
        fields |= {"apiGroups": groups.split(","), "resources": resources.split(",")}
    if names:
        fields["resourceNames"] = names.split(",")
    if urls:
        fields["nonResourceURLs"] = urls.split(",")
    return fields


def role(name: str, *rules: Plain, namespace: str | None = None) -> Plain:
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    return {"apiVersion": VERSION, "kind": "Role", "metadata": metadata, "rules": list(rules)}


def cluster_role(name: str, *rules: Plain, labels: Plain | None = None, selectors: list[Any] | None = None) -> Plain:
    value: Plain = {"apiVersion": VERSION, "kind": "ClusterRole", "metadata": {"name": name}, "rules": list(rules)}
    if labels is not None:
        value["metadata"]["labels"] = labels
    if selectors is not None:
        value["aggregationRule"] = {"clusterRoleSelectors": selectors}
    return value


def account(name: str, namespace: str | None = None) -> Plain:
    return {"kind": "ServiceAccount", "name": name} | ({"namespace": namespace} if namespace else {})


def user(name: str) -> Plain:
    return {"kind": "User", "name": name, "apiGroup": GROUP}


def group(name: str) -> Plain:
    return {"kind": "Group", "name": name, "apiGroup": GROUP}


def bind(target: str, *subjects: Plain, namespace: str | None = None, name: str = "b") -> Plain:
    """Return a RoleBinding; `target` is `Role/name` or `ClusterRole/name`."""
    kind, _, referred = target.partition("/")
    metadata = {"name": name} | ({"namespace": namespace} if namespace else {})
    reference = {"apiGroup": GROUP, "kind": kind, "name": referred}
    return {
        "apiVersion": VERSION,
        "kind": "RoleBinding",
        "metadata": metadata,
        "roleRef": reference,
        "subjects": list(subjects),
    }


def bind_cluster(target: str, *subjects: Plain, name: str = "cb") -> Plain:
    """Return a ClusterRoleBinding; `target` is the name of a ClusterRole, or `Role/name`."""
    value = bind(target if "/" in target else f"ClusterRole/{target}", *subjects, name=name)
    return value | {"kind": "ClusterRoleBinding"}
