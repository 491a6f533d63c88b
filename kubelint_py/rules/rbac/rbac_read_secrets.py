"""Role reads Secrets.

Secrets hold service account tokens, registry credentials and keys: who reads them becomes whoever they belong
to. Listing and watching return the content too. A ClusterRole can give that in every namespace.

Remedy: mount the Secrets a workload needs instead, or name them in resourceNames with the verb get alone.
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-orders
    rules:
      - apiGroups: [""]
        resources: [configmaps, secrets]
        verbs: [get, list]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-orders
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, list]
      - apiGroups: [""]
        resources: [secrets]
        resourceNames: [shop-orders-database]
        verbs: [get]
Options:
    allow: names of roles that may read Secrets
Sources:
    CIS Kubernetes Benchmark 5.1.2; Kubernetes documentation, "Role Based Access Control Good Practices", listing secrets
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._role import ROLES, item, listed, policy_rules, title

READING = ("get", "list", "watch")


@rule(
    severity="high",
    since="0.1",
    kinds=ROLES,
    implied_by=("rbac-wildcard-resource",),
    tags=(
        "cis-5.1.2",
        "kube-linter:access-to-secrets",
        "KSV-0041",
        "KSV-0113",
        "CKV2_K8S_5",
        "C-0015",
        "C-0186",
        "kics:rbac_roles_with_read_secrets_permissions",
    ),
)
def check(role: Resource, *, allow: tuple[str, ...] = ()) -> Problems:
    if role.name in allow:
        return
    for node, granted in policy_rules(role):
        resource = next((each for each in ("secrets", "*") if each in granted.resources), "")
        in_core = "" in granted.api_groups or "*" in granted.api_groups
        verbs = READING if "*" in granted.verbs else tuple(verb for verb in READING if verb in granted.verbs)
        if not (resource and in_core and verbs):
            continue
        place = item(node, "resources", resource)
        if granted.resource_names:
            # Reading Secrets by name is the advice; listing them needs a client that asks for one name.
            if verbs != ("get",):
                message = f"{title(role)} may {' and '.join(verbs[-2:])} the Secrets {listed(granted.resource_names)}"
                yield Problem(place, message, severity="low")
        elif role.kind == "Role":
            yield Problem(
                place, f"{title(role)} may {', '.join(verbs)} every Secret of its namespace", severity="medium"
            )
        else:
            yield Problem(place, f"{title(role)} may {', '.join(verbs)} every Secret")
