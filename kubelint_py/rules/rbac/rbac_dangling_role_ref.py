"""Binding names a role that is not there.

A binding to a missing role gives nothing, until somebody creates a role of that name: then its subjects hold whatever
it says. What Kubernetes brings along, and names that start with system:, count as there.

A set without roles and without the binding's service accounts tells nothing, and neither does an unwritten namespace.
A RoleBinding to a ClusterRole is judged where the set has ClusterRoles: others often come from a platform.

Remedy: correct the name, or remove the binding
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-config
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-confg
    subjects:
      - kind: ServiceAccount
        name: config-reloader
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-config
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        resourceNames: [shop]
        verbs: [get]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-config
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-config
    subjects:
      - kind: ServiceAccount
        name: config-reloader
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-config
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        resourceNames: [shop]
        verbs: [get]
Options:
    external: names of roles that exist elsewhere; `*` stands for any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", RoleBinding and ClusterRoleBinding
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, RoleReference, role_of, subjects_of
from kubelint_py.rules.rbac._holders import KINDS, is_allowed
from kubelint_py.rules.rbac._rights import ObjectId, built_in_roles, may_share_namespace
from kubelint_py.rules.rbac._role import GROUP


@rule(
    severity="medium",
    since="0.1",
    kinds=(*KINDS, "ServiceAccount"),
    needs=BINDINGS,
    tags=(
        "kube-linter:access-to-secrets",
        "polaris:clusterrolebindingPodExecAttach",
        "polaris:rolebindingClusterRolePodExecAttach",
        "polaris:rolebindingRolePodExecAttach",
    ),
)
def check(bundle: Bundle, *, external: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each such binding."""
    roles = list(bundle.of(GROUP, "Role", "ClusterRole"))
    defines = any(role.kind == "ClusterRole" for role in roles)
    accounts = {account.name for account in bundle.of("", "ServiceAccount")}
    known: dict[RoleReference, list[Resource]] = {}
    for role in roles:
        known.setdefault(RoleReference(role.kind, role.name), []).append(role)
    for binding in bundle.of(GROUP, *BINDINGS):
        reference = role_of(binding)
        if (
            not reference.name
            or reference.name.startswith("system:")
            or is_allowed(reference.name, external)
            or bundle.is_external(*reference)
        ):
            continue
        shared = binding.kind == "RoleBinding" and reference.kind == "ClusterRole"
        told = roles or any(who.kind == "ServiceAccount" and who.name in accounts for who in subjects_of(binding))
        if told and (defines or not shared) and not is_there(binding, reference, known):
            yield problem(binding, reference, known)


def is_there(binding: Resource, reference: RoleReference, known: dict[RoleReference, list[Resource]]) -> bool:
    """Whether the role exists in a namespace that may be the binding's."""
    found = known.get(reference, [])
    if reference.kind == "ClusterRole":
        return bool(found) or ObjectId("ClusterRole", "", reference.name) in built_in_roles()
    if ObjectId("Role", binding.namespace, reference.name) in built_in_roles():
        return True
    return any(may_share_namespace(role, binding) for role in found)


def problem(binding: Resource, reference: RoleReference, known: dict[RoleReference, list[Resource]]) -> Problem:
    """Say what is missing, and where there is something of that name."""
    kind, name = reference
    place = f" in namespace {binding.namespace!r}" if kind == "Role" and binding.namespace else ""
    other = RoleReference("ClusterRole" if kind == "Role" else "Role", name)
    near = [*known.get(reference, []), *known.get(other, [])]
    related: tuple[tuple[Node, str], ...] = ()
    if near:
        where = f" in namespace {near[0].namespace!r}" if near[0].namespace else ""
        related = ((near[0].node.at("metadata.name"), f"there is a {near[0].kind} of this name{where}"),)
    message = f"{binding.title} refers to the {kind} {name!r}, which does not exist{place}"
    return Problem(binding.node.at("roleRef.name"), message, related, resource=binding)
