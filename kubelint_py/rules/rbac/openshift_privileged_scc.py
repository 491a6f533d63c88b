"""Security context constraints let privileged pods in.

On OpenShift these constraints, and not the Pod Security Standards, decide what pods may ask for. A role that may
use privileged or anyuid runs pods as it likes.

Remedy: use the constraint restricted-v2, or one that allows no more than the workload needs
Bad:
    apiVersion: security.openshift.io/v1
    kind: SecurityContextConstraints
    metadata:
      name: shop
    allowPrivilegedContainer: true
    runAsUser:
      type: MustRunAsRange
Good:
    apiVersion: security.openshift.io/v1
    kind: SecurityContextConstraints
    metadata:
      name: shop
    allowPrivilegedContainer: false
    runAsUser:
      type: MustRunAsRange
Options:
    roles: names of roles that may use such constraints, each with the reason; `*` stands for any characters
    constraints: names of constraints that count as privileged in roles
Sources:
    OpenShift Container Platform documentation, "Managing security context constraints"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._rights import Request
from kubelint_py.rules.rbac._role import ROLES, item, listed, policy_rules, title

GROUP = "security.openshift.io"
USE = Request("use", GROUP, "securitycontextconstraints", name=None)
PRIVILEGED = ("anyuid", "hostaccess", "hostmount-anyuid", "hostnetwork", "node-exporter", "privileged")


@rule(
    severity="high",
    since="0.1",
    default=False,
    kinds=("SecurityContextConstraints", *ROLES),
    implied_by=("rbac-wildcard-everything", "rbac-wildcard-resource"),
    tags=("kube-linter:scc-deny-privileged-container",),
)
def check(view: Resource, *, roles: Allowed = NOBODY, constraints: tuple[str, ...] = PRIVILEGED) -> Problems:
    """Yield a problem for constraints that allow privileged containers, and for roles that use such."""
    if view.is_(GROUP, "SecurityContextConstraints"):
        allowed = view.node.at("allowPrivilegedContainer")
        if allowed.as_bool:
            yield Problem(allowed, f"the constraints {view.name!r} allow privileged containers")
    elif view.kind in ROLES and not is_allowed(view.name, roles):
        yield from in_role(view, constraints)


def in_role(role: Resource, constraints: tuple[str, ...]) -> Problems:
    """Yield a problem for each rule of a role that lets its holders use privileged constraints."""
    for node, granted in policy_rules(role):
        names = [name for name in granted.resource_names if name in constraints]
        if granted.allows(USE) and (names or not granted.resource_names):
            covers = next(each for each in ("*", USE.resource) if each in granted.resources)
            place = item(node, "resourceNames", names[0]) if names else item(node, "resources", covers)
            what = listed(names) if names else "of any name"
            yield Problem(place, f"{title(role)} may use the security context constraints {what}")
