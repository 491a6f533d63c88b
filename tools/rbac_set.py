"""Generate a large set of roles and bindings: `python -m tools.rbac_set [FILE] [--roles N] [--bindings N]`.

The set is always the same for the same numbers. It has the shape of a busy cluster: service accounts and
workloads spread over namespaces, roles that mostly read, a few that lead further, and bindings to service
accounts, users and groups. Written as a YAML stream of JSON documents, which any reader of manifests takes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

GROUP = "rbac.authorization.k8s.io"
Plain = dict[str, Any]

HARMLESS = (
    ("get,list,watch", "", "pods,services,endpoints,configmaps"),
    ("get,list,watch", "apps", "deployments,statefulsets,replicasets"),
    ("create,patch", "", "events"),
    ("get,create,update", "coordination.k8s.io", "leases"),
    ("get,list", "networking.k8s.io", "ingresses,networkpolicies"),
    ("get,patch", "apps", "deployments/scale"),
)
LEADING = (
    ("get,list", "", "secrets"),
    ("create", "", "pods/exec"),
    ("create,patch", "apps", "deployments"),
    ("create", "", "serviceaccounts/token"),
    ("impersonate", "", "serviceaccounts"),
    ("update,bind", GROUP, "rolebindings,clusterroles"),
    ("get", "", "nodes/proxy"),
)


def rbac_set(roles: int = 2_000, bindings: int = 5_000, seed: int = 11) -> list[Plain]:
    """Return service accounts, workloads, roles and bindings as plain objects."""
    chance = random.Random(seed)  # noqa: S311  the set must be the same every time
    namespaces = [f"team-{number}" for number in range(max(1, roles // 20))]
    accounts = [(namespace, f"app-{number}") for namespace in namespaces for number in range(10)]
    objects = [*_workloads(accounts)]
    made = [_role(number, namespaces, chance) for number in range(roles)]
    objects += made
    objects += [_binding(number, chance.choice(made), accounts, namespaces, chance) for number in range(bindings)]
    return objects


def _workloads(accounts: list[tuple[str, str]]) -> Iterator[Plain]:
    for namespace, name in accounts:
        metadata = {"name": name, "namespace": namespace}
        yield {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": metadata}
        labels = {"app": name}
        container = {"name": "app", "image": "registry.example/app:1.0.0"}
        template = {"metadata": {"labels": labels}, "spec": {"serviceAccountName": name, "containers": [container]}}
        spec = {"selector": {"matchLabels": labels}, "template": template}
        yield {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": spec}


def _role(number: int, namespaces: list[str], chance: random.Random) -> Plain:
    kind = "ClusterRole" if number % 4 == 0 else "Role"
    metadata = {"name": f"role-{number}"}
    if kind == "Role":
        metadata["namespace"] = chance.choice(namespaces)
    chosen = chance.sample(HARMLESS, chance.randint(1, 4))
    if number % 9 == 0:
        chosen.append(chance.choice(LEADING))
    rules = [
        {"verbs": verbs.split(","), "apiGroups": [group], "resources": resources.split(",")}
        for verbs, group, resources in chosen
    ]
    return {"apiVersion": f"{GROUP}/v1", "kind": kind, "metadata": metadata, "rules": rules}


def _binding(
    number: int, role: Plain, accounts: list[tuple[str, str]], namespaces: list[str], chance: random.Random
) -> Plain:
    kind = "ClusterRoleBinding" if role["kind"] == "ClusterRole" and number % 3 == 0 else "RoleBinding"
    metadata = {"name": f"binding-{number}"}
    if kind == "RoleBinding":
        metadata["namespace"] = role["metadata"].get("namespace") or chance.choice(namespaces)
    reference = {"apiGroup": GROUP, "kind": role["kind"], "name": role["metadata"]["name"]}
    subjects = [_subject(accounts, chance) for _ in range(chance.randint(1, 3))]
    return {"apiVersion": f"{GROUP}/v1", "kind": kind, "metadata": metadata, "roleRef": reference, "subjects": subjects}


def _subject(accounts: list[tuple[str, str]], chance: random.Random) -> Plain:
    kind = chance.choice(("ServiceAccount", "ServiceAccount", "ServiceAccount", "User", "Group"))
    if kind == "ServiceAccount":
        namespace, name = chance.choice(accounts)
        return {"kind": kind, "namespace": namespace, "name": name}
    return {"kind": kind, "apiGroup": GROUP, "name": f"{kind.lower()}-{chance.randint(0, 500)}"}


def text(objects: list[Plain]) -> str:
    """Return objects as a YAML stream."""
    return "".join(f"---\n{json.dumps(each)}\n" for each in objects)


def main() -> int:
    """Write the set to a file or standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--roles", type=int, default=2_000)
    parser.add_argument("--bindings", type=int, default=5_000)
    chosen = parser.parse_args()
    written = text(rbac_set(chosen.roles, chosen.bindings))
    if chosen.file:
        chosen.file.write_text(written, encoding="utf-8")
    else:
        sys.stdout.write(written)
    return 0


if __name__ == "__main__":
    sys.exit(main())
