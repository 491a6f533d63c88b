"""Rights hold in more namespaces than they are used in.

A ClusterRoleBinding gives its rights in every namespace. Where its service accounts work in one, and the role is about
namespaced things, a RoleBinding there is enough. A cluster role that is bound in one namespace only may as well be a
Role of that namespace.

Remedy: write a RoleBinding in the namespace where the rights are used
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-config
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: shop-config
    subjects:
      - kind: ServiceAccount
        name: config-reloader
        namespace: shop
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-config
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, watch]
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: config-reloader
      namespace: shop
    spec:
      selector:
        matchLabels: {app: config-reloader}
      template:
        metadata:
          labels: {app: config-reloader}
        spec:
          serviceAccountName: config-reloader
          containers:
            - name: reloader
              image: registry.example/config-reloader:1.3.0
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
        namespace: shop
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-config
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, watch]
Options:
    roles: names of roles that may be bound so, each with the reason; `*` stands for any characters
    subjects: who may hold them, each with the reason: a name, for service accounts namespace/name; `*` stands for
        any characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from collections.abc import Iterable, Iterator

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._held import EVERYTHING, first_grant
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, HeldRole, judged_roles
from kubelint_py.rules.rbac._rights import Rule, Subject, works_in_namespace
from kubelint_py.rules.rbac._role import title
from kubelint_py.rules.rbac._workloads import WORKLOADS, Runner, by_account

WATCHED = ("WATCH_NAMESPACE", "WATCHED_NAMESPACE")


@rule(severity="low", since="0.1", default=False, kinds=(*KINDS, "ServiceAccount", *WORKLOADS), needs=BINDINGS)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    told: dict[Subject, list[Problem]] = {}
    for held in judged_roles(bundle, roles, subjects):
        if held.role.kind == "ClusterRole" and held.holders:
            if "" not in held.scopes:
                yield from of_one_namespace(held)
            else:
                for account, problem in too_wide(bundle, held):
                    if not may_everything(bundle, account):
                        told.setdefault(account, []).append(problem)
    for first, *others in told.values():
        more = tuple((problem.node, "and this binding") for problem in others)
        yield first._replace(related=(*first.related, *more))


def of_one_namespace(held: HeldRole) -> Problems:
    """Yield a problem for a cluster role that is bound in one namespace only."""
    if len(held.scopes) == 1:
        message = f"{title(held.role)} is bound in namespace {held.scopes[0]!r} only: a Role there is enough"
        yield Problem(held.role.node.at("kind"), message, severity="info", resource=held.role)


def too_wide(bundle: Bundle, held: HeldRole) -> Iterator[tuple[Subject, Problem]]:
    """Yield an account and a problem where a binding in the namespace of its workloads may do."""
    wide = [holder for holder in held.holders if not holder.namespace]
    accounts = [holder.subject for holder in wide]
    if any(account.kind != "ServiceAccount" for account in accounts) or len({each.namespace for each in accounts}) > 1:
        return
    running = by_account(bundle)
    pods = [runner for account in accounts for runner in running.get(account, ())]
    if pods and all(is_namespaced_rule(granted) for _, granted in held.rules):
        first, binding = pods[0], wide[0].binding
        does, severity = ("is told to watch", "medium") if is_told(pods) else ("runs in", "")
        message = (
            f"{first.title} {does} namespace {first.namespace!r} and holds the {title(held.role)} in every one: "
            f"if it works there alone, a RoleBinding in {first.namespace!r} is enough"
        )
        related = ((first.place, f"{first.title} runs under {first.subject}"),)
        yield first.subject, Problem(binding.node.at("kind"), message, related, severity, resource=binding)


def may_everything(bundle: Bundle, account: Subject) -> bool:
    """Whether an account may do everything anyway, so that one binding less changes nothing."""
    grant = first_grant(bundle, account, EVERYTHING)
    return grant is not None and not grant.namespace


def is_namespaced_rule(granted: Rule) -> bool:
    """Whether all that a rule gives can be given in one namespace."""
    things = granted.resources and all("*" not in resource for resource in granted.resources)
    return bool(things) and all(
        works_in_namespace(resource, verb) for resource in granted.resources for verb in granted.verbs
    )


def is_told(pods: Iterable[Runner]) -> bool:
    """Whether the workload is configured for its own namespace."""
    return any(
        variable.at("name").value in WATCHED
        and variable.at("valueFrom.fieldRef.fieldPath").value == "metadata.namespace"
        for runner in pods
        for container in runner.workload.pod.containers
        for variable in container.node.at("env").items()
    )
