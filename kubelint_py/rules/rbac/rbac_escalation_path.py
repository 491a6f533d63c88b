"""Token of a workload leads to cluster-admin.

Rights add up: an account that creates pods, reads Secrets or runs commands in pods becomes the accounts it finds
there, and has their rights as well. This rule follows them from the mounted token of a workload, hop by hop, and
shows the shortest way to cluster-admin, to kube-system, or to another namespace.

It is worse where an Ingress, a route or a Service of type LoadBalancer or NodePort reaches the workload, and less
where the way needs a Secret with a token of the next account, which newer clusters create on demand only.

Remedy: cut one hop of the path: drop the right, name its objects in resourceNames, or bind it in the namespace alone
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
Options:
    subjects: service accounts that may, as namespace/name, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Role Based Access Control Good Practices", privilege escalation risks
    Kubernetes documentation, "Using RBAC Authorization", privilege escalation prevention
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, rule
from kubelint_py.rules.rbac._binding import BINDINGS
from kubelint_py.rules.rbac._exposure import KINDS as ENTRANCES
from kubelint_py.rules.rbac._exposure import Entry, Exposure
from kubelint_py.rules.rbac._holders import KINDS, NOBODY, Allowed, is_allowed, label
from kubelint_py.rules.rbac._paths import Lead, hops, is_certain, leads, told
from kubelint_py.rules.rbac._primitive import stepped
from kubelint_py.rules.rbac._workloads import WORKLOADS, Runner, others

ENDS = {"cluster-admin": "critical", "kube-system": "high", "namespace": "medium"}


@rule(
    severity="high",
    since="0.1",
    kinds=(*KINDS, "Namespace", "Secret", "ServiceAccount", *ENTRANCES, *WORKLOADS),
    needs=BINDINGS,
    implied_by=("workload-admin-permissions",),
)
def check(bundle: Bundle, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each service account that workloads run under and that leads further."""
    found = [lead for lead in leads(bundle) if not is_allowed(label(lead.runners[0].subject), subjects)]
    if not found:
        return
    exposure = Exposure(bundle)
    for lead in found:
        entries = {runner: entry for runner in lead.runners if (entry := exposure.of(runner.workload))}
        runner = next(iter(entries), lead.runners[0])
        yield problem(bundle, lead, runner, entries.get(runner))


def problem(bundle: Bundle, lead: Lead, runner: Runner, entry: Entry | None) -> Problem:
    """Tell a path at the workload that is reached most easily."""
    reached = f", which {entry[1]} reaches," if entry else ""
    message = f"the token of {runner.title}{others(lead.runners)}{reached} leads to {end(lead)}: {told(lead.path)}"
    opened: tuple[tuple[Node, str], ...] = ((entry[0], f"{entry[1]} reaches {runner.title}"),) if entry else ()
    severity = stepped(ENDS[lead.path.end], bool(entry) - (not is_certain(lead.path)))
    related = (*opened, *hops(bundle, lead.path))
    return Problem(runner.place, message, related, severity, resource=runner.workload.resource)


def end(lead: Lead) -> str:
    """Name where a path ends."""
    return f"namespace {lead.path.namespace!r}" if lead.path.end == "namespace" else lead.path.end
