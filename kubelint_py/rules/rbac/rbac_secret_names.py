"""Role reads every Secret though its workloads name the ones they use.

The workloads that run under the role's service accounts refer to a few Secrets. A rule with exactly these in
resourceNames gives them the same and an intruder little. Secrets that are only mounted, or set as environment
variables, need no right at all.

Remedy: write the names of the message into resourceNames, with the verb get alone
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-orders
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [secrets]
        verbs: [get]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-orders
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-orders
    subjects:
      - kind: ServiceAccount
        name: orders
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: orders
      namespace: shop
    spec:
      selector:
        matchLabels: {app: orders}
      template:
        metadata:
          labels: {app: orders}
        spec:
          serviceAccountName: orders
          containers:
            - name: orders
              image: registry.example/orders:2.1.0
              envFrom:
                - secretRef:
                    name: orders-database
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-orders
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [secrets]
        resourceNames: [orders-database]
        verbs: [get]
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-orders
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-orders
    subjects:
      - kind: ServiceAccount
        name: orders
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", listing secrets
    Kubernetes documentation, "Using RBAC Authorization", referring to resources
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, HeldRole, judged_roles
from kubelint_py.rules.rbac._rights import Request, Rule
from kubelint_py.rules.rbac._role import item, title
from kubelint_py.rules.rbac._workloads import WORKLOADS, by_account, secrets_of

GET = Request("get", resource="secrets")


@rule(severity="low", since="0.1", default=False, kinds=(*KINDS, "ServiceAccount", *WORKLOADS), needs=BINDINGS)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such rule of a role."""
    for held in judged_roles(bundle, roles, subjects):
        used = used_secrets(bundle, held)
        for node, granted in held.rules if used else ():
            if is_open(granted, held):
                everything = item(node, "resources", "secrets")
                message = f"{title(held.role)} reads every Secret; its workloads name these: {', '.join(used)}"
                related = tuple((place, f"the Secret {name!r} is used here") for name, place in used.items())
                yield Problem(everything, message, related, resource=held.role)
                break


def is_open(granted: Rule, held: HeldRole) -> bool:
    """Whether a rule gets every Secret where names would do: who lists all namespaces means all Secrets."""
    if granted.resource_names or "secrets" not in granted.resources or not granted.allows(GET):
        return False
    return "" not in held.scopes or {"get"}.issuperset(granted.verbs)


def used_secrets(bundle: Bundle, held: HeldRole) -> dict[str, Node]:
    """Return the Secrets the holders' workloads refer to, by name, each with its first place.

    Nothing when a holder is no service account at work.
    """
    running = by_account(bundle)
    found: dict[str, Node] = {}
    for holder in held.holders:
        pods = running.get(holder.subject)
        if not pods:
            return {}
        for runner in pods:
            for name, node in secrets_of(runner.workload.pod):
                found.setdefault(name, node)
    return dict(sorted(found.items()))
