"""Workload can take over others.

The service account of the workload creates pods or reads Secrets: whoever breaks into the workload gets the tokens of
the other service accounts of the namespace, or of all namespaces.

Remedy: leave deploying to one controller, and name the Secrets in resourceNames
Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: importer
      namespace: shop
    spec:
      selector:
        matchLabels: {app: importer}
      template:
        metadata:
          labels: {app: importer}
        spec:
          serviceAccountName: importer
          containers:
            - name: importer
              image: registry.example/importer:2.1.0
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-importer
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-importer
    subjects:
      - kind: ServiceAccount
        name: importer
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-importer
      namespace: shop
    rules:
      - apiGroups: [batch]
        resources: [jobs]
        verbs: [get, create]
Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: importer
      namespace: shop
    spec:
      selector:
        matchLabels: {app: importer}
      template:
        metadata:
          labels: {app: importer}
        spec:
          serviceAccountName: importer
          containers:
            - name: importer
              image: registry.example/importer:2.1.0
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: shop-importer
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: shop-importer
    subjects:
      - kind: ServiceAccount
        name: importer
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-importer
      namespace: shop
    rules:
      - apiGroups: [batch]
        resources: [jobs]
        verbs: [get]
Options:
    subjects: service accounts that may, as namespace/name, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", workload creation and listing secrets
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._held import takeovers
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, is_allowed, label
from kubelint_py.rules.rbac._paths import evidence
from kubelint_py.rules.rbac._primitive import stepped
from kubelint_py.rules.rbac._rights import Grant
from kubelint_py.rules.rbac._workloads import WORKLOADS, token_holders


@rule(
    severity="high",
    since="0.1",
    kinds=(*KINDS, "ServiceAccount", *WORKLOADS),
    needs=BINDINGS,
    implied_by=("rbac-escalation-path", "workload-admin-permissions"),
    tags=("C-0267",),
)
def check(bundle: Bundle, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each service account that workloads run under and that takes over others."""
    for subject, (runner, *_) in token_holders(bundle).items():
        if is_allowed(label(subject), subjects):
            continue
        found = takeovers(bundle, subject)
        if found:
            message = f"{runner.title} may {told(found)} as {subject}"
            related = tuple(place for does, grant in found for place in evidence(bundle, grant, does))
            severity = stepped("high", -all(grant.namespace for _, grant in found))
            yield Problem(runner.place, message, related, severity, resource=runner.workload.resource)


def told(found: list[tuple[str, Grant]]) -> str:
    """Tell what grants allow and where, one place once."""
    by_place: dict[str, list[str]] = {}
    for does, grant in found:
        where = f"in namespace {grant.namespace!r}" if grant.namespace else "in the whole cluster"
        by_place.setdefault(where, []).append(does)
    return ", and ".join(f"{' and '.join(several)} {where}" for where, several in by_place.items())
