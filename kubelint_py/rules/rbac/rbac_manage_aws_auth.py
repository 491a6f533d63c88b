"""Role changes the ConfigMap aws-auth.

On Amazon EKS this ConfigMap of kube-system maps cloud identities to users and groups of the cluster: whoever writes
it adds himself to system:masters.

Remedy: drop the right, and use EKS access entries
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-onboarding
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        resourceNames: [aws-auth]
        verbs: [get, update]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-onboarding
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        resourceNames: [aws-auth]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Amazon EKS User Guide, "Grant IAM users access to Kubernetes with a ConfigMap"
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.rbac._holders import KINDS, KUBE_SYSTEM, NOBODY, Allowed, HeldRole, judged_roles
from kubelint_py.rules.rbac._primitive import WILDCARDS, whereabouts
from kubelint_py.rules.rbac._role import item, title

NAME = "aws-auth"
WRITING = ("create", "update", "patch", "delete")


@rule(
    severity="critical",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=("KSV-0115",),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    for held in judged_roles(bundle, roles, subjects):
        for node, granted in held.rules:
            in_core = "" in granted.api_groups or "*" in granted.api_groups
            verbs = [verb for verb in granted.verbs if verb in WRITING or verb == "*"]
            if not (in_core and verbs and "configmaps" in granted.resources):
                continue
            named = NAME in granted.resource_names and verbs != ["create"]
            if named or (not granted.resource_names and in_kube_system(held)):
                message = f"{title(held.role)} may map cloud identities to groups: drop {', '.join(verbs)} on {NAME}"
                # Without the name the cluster may just as well be none of Amazon's.
                severity = "" if named else "medium"
                place = item(node, "resources", "configmaps")
                yield Problem(place, message, tuple(whereabouts(held)), severity, resource=held.role)
                break


def in_kube_system(held: HeldRole) -> bool:
    """Whether the role is one of kube-system, or bound there."""
    return KUBE_SYSTEM in (held.role.namespace, *held.scopes)
