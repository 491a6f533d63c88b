"""Role gives everything.

A rule with every verb on every resource of every API group is cluster-admin under another name: it covers what is
installed later, and the verbs that break all other limits. Spelling out the usual verbs changes little.

Remedy: list API groups, resources and verbs that are used
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-operator
    rules:
      - apiGroups: ["*"]
        resources: ["*"]
        verbs: ["*"]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-operator
    rules:
      - apiGroups: [apps]
        resources: [deployments]
        verbs: [get, list, watch, update]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.3
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, judged_roles
from kubelint_py.rules.rbac._primitive import weighed, where, whereabouts
from kubelint_py.rules.rbac._role import title

VERBS = {"get", "list", "watch", "create", "update", "patch", "delete"}


@rule(
    severity="critical",
    since="0.1",
    kinds=KINDS,
    tags=(
        "cis-5.1.3",
        "polaris:clusterrolebindingClusterAdmin",
        "polaris:rolebindingClusterAdminClusterRole",
        "polaris:rolebindingClusterAdminRole",
        "KSV-0044",
        "C-0035",
        "C-0187",
    ),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such rule of a role."""
    for held in judged_roles(bundle, roles, subjects):
        for node, granted in held.rules:
            everything = "*" in granted.api_groups and "*" in granted.resources and not granted.resource_names
            if everything and ("*" in granted.verbs or set(granted.verbs) >= VERBS):
                message = f"{title(held.role)} may do everything{where(held)}: list what is used instead of '*'"
                yield Problem(
                    node,
                    message,
                    tuple(whereabouts(held)),
                    weighed(held, "critical"),
                    key=True,
                    resource=held.role,
                )
