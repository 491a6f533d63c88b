"""Rights that nobody uses.

A role without binding, a binding without subjects, rights of a service account no workload runs under: what is left
over is what the next mistake, or intruder, picks up. Roles that others are made of, and roles that users are
meant to bind, belong into the option.

Remedy: remove the object, or name it in the option
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-config
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-config
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
    ---
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
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: shop-operators
Options:
    roles: names of roles that may be unbound, each with the reason; `*` stands for any characters
    subjects: service accounts that may be unused, as namespace/name, each with the reason; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", periodic review
"""

from kubelint_py.authoring import Bundle, Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, RoleReference, role_of, subjects_of
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, aggregated_into, held_roles, is_allowed
from kubelint_py.rules.rbac._role import GROUP, is_default, title
from kubelint_py.rules.rbac._workloads import WORKLOADS, Runner, runners


@rule(
    severity="low",
    since="0.1",
    default=False,
    kinds=(*KINDS, "ServiceAccount", *WORKLOADS),
    implied_by=("service-account-token-automount",),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each right that nobody uses."""
    bindings = list(bundle.of(GROUP, *BINDINGS))
    placed = {role_of(binding): bool(binding.namespace) for binding in bindings}
    placed.update({role_of(binding): False for binding in bindings if not binding.namespace})
    for held in held_roles(bundle):
        bound = held.is_bound or may_be_bound(held.role, placed)
        if not (bound or is_allowed(held.role.name, roles) or is_material(held.role)):
            yield Problem(
                held.role.node.at("metadata.name"), f"nothing binds the {title(held.role)}", resource=held.role
            )
    running = runners(bundle)
    used: dict[str, set[str]] = {}
    for runner in running:
        used.setdefault(runner.namespace, set()).add(runner.account)
    for binding in bindings:
        if not is_default(binding):
            yield from of_binding(binding, used, subjects)
    if bindings:
        yield from idle_tokens(bundle, running, {who.name for binding in bindings for who in subjects_of(binding)})


def may_be_bound(role: Resource, placed: dict[RoleReference, bool]) -> bool:
    """Whether a binding refers to a Role of this name, and one of them does not say in which namespace it is."""
    reference = RoleReference("Role", role.name)
    return role.kind == "Role" and reference in placed and not (role.namespace and placed[reference])


def is_material(role: Resource) -> bool:
    """Whether a role may be what others are aggregated from."""
    return bool(aggregated_into(role)) or any("aggregate" in label for label in role.labels)


def of_binding(binding: Resource, used: dict[str, set[str]], subjects: Allowed) -> Problems:
    """Yield a problem for a binding to nobody, or to service accounts no workload of their namespace has."""
    if not binding.node.at("subjects").value:
        yield Problem(binding.node.at("subjects"), f"{binding.title} has no subjects", resource=binding)
    for who in subjects_of(binding):
        here = used.get(who.namespace, ())
        idle = who.kind == "ServiceAccount" and here and who.name not in here
        if idle and not is_allowed(who.label, subjects):
            message = f"no workload runs under {who}, which holds the role {role_of(binding).name!r}"
            yield Problem(who.node.at("name"), message, resource=binding)


def idle_tokens(bundle: Bundle, running: tuple[Runner, ...], named: set[str]) -> Problems:
    """Yield a problem for each service account whose token is mounted though it holds nothing.

    A workload that does not say in which namespace it is may be of any service account that bindings name.
    """
    seen: set[tuple[str, str]] = set()
    for runner in running:
        place = runner.workload.pod.node.at("serviceAccountName")
        unplaced = not runner.workload.resource.namespace and runner.account in named
        if not runner.has_token or not place.present or unplaced or (runner.namespace, runner.account) in seen:
            continue
        seen.add((runner.namespace, runner.account))
        if next(bundle.permissions.grants(runner.subject), None) is None:
            message = f"{runner.title} mounts the token of the service account {runner.account!r}, which holds no right"
            yield Problem(place, message, resource=runner.workload.resource)
