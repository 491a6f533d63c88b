"""Workload holds a token with rights.

The token of the service account is mounted, and some binding gives that account rights: whoever breaks into the
workload has them. A list for a review; operators need such rights.

Remedy: check that the workload needs the rights, or set `automountServiceAccountToken: false`
Bad:
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
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: orders
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: orders
    subjects:
      - kind: ServiceAccount
        name: orders
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: orders
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
Good:
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
          automountServiceAccountToken: false
          containers:
            - name: orders
              image: registry.example/orders:2.1.0
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: RoleBinding
    metadata:
      name: orders
      namespace: shop
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: Role
      name: orders
    subjects:
      - kind: ServiceAccount
        name: orders
    ---
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: orders
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get]
Options:
    subjects: service accounts that may, as namespace/name, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Configure Service Accounts for Pods", opt out of API credential automounting
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, is_allowed, label
from kubelint_py.rules.rbac._workloads import WORKLOADS, runners


@rule(
    severity="medium",
    since="0.1",
    default=False,
    kinds=(*KINDS, "ServiceAccount", *WORKLOADS),
    needs=BINDINGS,
    implied_by=("rbac-escalation-path", "workload-admin-permissions", "workload-takeover-permissions"),
    tags=("C-0261",),
)
def check(bundle: Bundle, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such workload."""
    for runner in runners(bundle):
        if not runner.has_token or is_allowed(label(runner.subject), subjects):
            continue
        bound = bundle.permissions.bound(runner.subject)
        roles = sorted({each.role.id.name for each in bound if bundle.permissions.rules(each.role)})
        if roles:
            what = f"the role {roles[0]!r}" + (f" and {len(roles) - 1} more" if len(roles) > 1 else "")
            message = f"{runner.title} mounts a token of {runner.subject}, which holds {what}"
            yield Problem(runner.place, message, resource=runner.workload.resource)
