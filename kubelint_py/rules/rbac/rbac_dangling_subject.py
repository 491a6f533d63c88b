"""Binding names a subject that is nobody.

A subject that does not exist holds nothing until somebody creates it, and then holds what nobody had in mind. A
service account needs a namespace in a ClusterRoleBinding.

A service account counts as missing where the set has others of its namespace. The account `default` is always there.

Remedy: correct name and namespace, or remove the subject
Bad:
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
        name: config-reloadr
    ---
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: config-reloader
      namespace: shop
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
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: config-reloader
      namespace: shop
Options:
    external: service accounts that exist elsewhere, as namespace/name; `*` stands for any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", referring to subjects; Kubernetes API reference, Subject
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._holders import KINDS, is_allowed
from kubelint_py.rules.rbac._role import GROUP, is_system

SUBJECT_KINDS = ("User", "Group", "ServiceAccount")
ACCOUNT = "system:serviceaccount:"
REFUSED = ("api-validity",)


@rule(severity="medium", since="0.1", kinds=(*KINDS, "ServiceAccount"), needs=BINDINGS)
def check(bundle: Bundle, *, external: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each such subject."""
    accounts: dict[str, set[str]] = {}
    for account in bundle.of("", "ServiceAccount"):
        accounts.setdefault(account.namespace, set()).add(account.name)
    for binding in bundle.of(GROUP, *BINDINGS):
        if is_system(binding):
            continue
        for subject in binding.node.at("subjects").items():
            problem = misformed(subject, binding)
            if not problem and not bundle.is_external("ServiceAccount", subject.at("name").as_str or ""):
                problem = missing(subject, binding, accounts, external)
            if problem:
                yield problem


def misformed(subject: Node, binding: Resource) -> Problem | None:
    """Return what is wrong with a subject that can be nobody."""
    kind, name = subject.at("kind").as_str or "", subject.at("name").as_str or ""
    if kind and kind not in SUBJECT_KINDS:
        message = f"{binding.title} names a {kind}, but subjects are users, groups and service accounts"
        return Problem(subject.at("kind"), message, tags=REFUSED, resource=binding)
    if kind == "ServiceAccount" and name and binding.kind == "ClusterRoleBinding" and not subject.at("namespace").value:
        message = f"{binding.title} does not say in which namespace the service account {name!r} is"
        return Problem(subject.at("namespace"), message, tags=REFUSED, resource=binding)
    if kind == "User" and name.startswith(ACCOUNT) and not all([*name.split(":"), "", ""][2:4]):
        message = f"{name!r} is no service account; write {ACCOUNT}NAMESPACE:NAME"
        return Problem(subject.at("name"), message, resource=binding)
    return None


def missing(
    subject: Node, binding: Resource, accounts: dict[str, set[str]], external: tuple[str, ...]
) -> Problem | None:
    """Return the problem of a service account that is not in the set though others of its namespace are."""
    name = subject.at("name").as_str
    namespace = subject.at("namespace").as_str or (binding.namespace if binding.kind == "RoleBinding" else "")
    if subject.at("kind").value != "ServiceAccount" or not name or name == "default" or not namespace:
        return None
    here = accounts.get(namespace)
    if not here or name in here or name in accounts.get("", ()):
        return None
    if is_allowed(f"{namespace}/{name}", external):
        return None
    elsewhere = sorted(other for other, names in accounts.items() if name in names)
    hint = f"; there is one in namespace {elsewhere[0]!r}" if elsewhere else ""
    message = f"the service account {name!r} does not exist in namespace {namespace!r}{hint}"
    return Problem(subject.at("name"), message, resource=binding)
