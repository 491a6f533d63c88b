"""Binding gives rights to everybody who is logged in.

The group system:authenticated holds every user and every service account, and with some clouds everybody who has an
account there. The groups of service accounts hold every pod. What Kubernetes itself gives them is left out.

Remedy: bind the role to those who need it
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-readers
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: shop-reader
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: system:authenticated
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-readers
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: shop-reader
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: shop-readers
Options:
    roles: names of roles that everybody may have, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", default roles and role bindings
    Google Kubernetes Engine documentation, "Best practices for GKE RBAC", default roles and groups
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, Who, place_of, role_of, subjects_of
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, held_roles, is_allowed
from kubelint_py.rules.rbac._primitive import dangers, stepped
from kubelint_py.rules.rbac._role import GROUP, is_system

RoleKey = tuple[str, str, str]
OPEN = (
    "system:basic-user",
    "system:discovery",
    "system:public-info-viewer",
    "system:service-account-issuer-discovery",
)
EVERYBODY = {
    "system:authenticated": "everybody who is logged in",
    "system:serviceaccounts": "every service account",
}


@rule(severity="high", since="0.1", kinds=KINDS, tags=("KSV-01011", "C-0265"))
def check(bundle: Bundle, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such subject."""
    given = {scoped(bundle, held.role, held.role.kind, held.role.name): held for held in held_roles(bundle)}
    weighed: dict[RoleKey, tuple[str, Node | None]] = {}
    for binding in bundle.of(GROUP, *BINDINGS):
        role = role_of(binding)
        if role.name in OPEN or is_allowed(role.name, roles) or is_system(binding):
            continue
        key = scoped(bundle, binding, role.kind, role.name)
        for who in subjects_of(binding):
            whom = everybody(who)
            if whom:
                if key not in weighed:
                    weighed[key] = dangers(given[key]) if key in given else ("", None)
                worst, place = weighed[key]
                what = f"the role {role.name!r} {place_of(binding)}" if role.name else "a role"
                message = f"{whom} holds {what}" + (f", and may {worst}" if worst else "")
                related: tuple[tuple[Node, str], ...] = ((place, f"may {worst}"),) if place else ()
                severity = stepped("high", bool(worst) - (binding.kind == "RoleBinding"))
                yield Problem(who.node.at("name"), message, related, severity, resource=binding)


def scoped(bundle: Bundle, resource: Resource, kind: str, name: str) -> RoleKey:
    """Return what tells a role from others: for a Role the namespace, which is that of its bindings."""
    return (kind, bundle.namespace(resource) if kind == "Role" else "", name)


def everybody(who: Who) -> str:
    """Name the members of a group that holds everybody; "" for any other subject."""
    if who.kind != "Group":
        return ""
    group, _, namespace = who.name.partition("system:serviceaccounts:")
    return (
        f"every service account of namespace {namespace!r}" if namespace and not group else EVERYBODY.get(who.name, "")
    )
