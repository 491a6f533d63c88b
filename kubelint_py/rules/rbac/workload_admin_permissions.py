"""Workload may do everything.

The service account of the workload holds a role with every verb on every resource: whoever breaks into the workload
owns the cluster, or the namespace.

Remedy: bind a role that lists what the workload does
Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: operator
      namespace: shop
    spec:
      selector:
        matchLabels: {app: operator}
      template:
        metadata:
          labels: {app: operator}
        spec:
          serviceAccountName: operator
          containers:
            - name: operator
              image: registry.example/operator:2.1.0
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-operator
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: cluster-admin
    subjects:
      - kind: ServiceAccount
        name: operator
        namespace: shop
Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: operator
      namespace: shop
    spec:
      selector:
        matchLabels: {app: operator}
      template:
        metadata:
          labels: {app: operator}
        spec:
          serviceAccountName: operator
          containers:
            - name: operator
              image: registry.example/operator:2.1.0
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: shop-operator
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: view
    subjects:
      - kind: ServiceAccount
        name: operator
        namespace: shop
Options:
    subjects: service accounts that may, as namespace/name, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", least privilege
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._held import EVERYTHING, first_grant
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, is_allowed, label
from kubelint_py.rules.rbac._paths import evidence
from kubelint_py.rules.rbac._workloads import WORKLOADS, others, token_holders


@rule(
    severity="critical",
    since="0.1",
    kinds=(*KINDS, "ServiceAccount", *WORKLOADS),
    needs=BINDINGS,
    tags=("C-0272",),
)
def check(bundle: Bundle, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each service account that workloads run under and that may do everything."""
    for subject, several in token_holders(bundle).items():
        grant = None if is_allowed(label(subject), subjects) else first_grant(bundle, subject, EVERYTHING)
        if grant:
            where = f"in namespace {grant.namespace!r}" if grant.namespace else "in the whole cluster"
            message = f"{several[0].title}{others(several)} may do everything {where} as {subject}"
            severity = "high" if grant.namespace else ""
            related = tuple(evidence(bundle, grant, "do everything"))
            yield Problem(several[0].place, message, related, severity, resource=several[0].workload.resource)
