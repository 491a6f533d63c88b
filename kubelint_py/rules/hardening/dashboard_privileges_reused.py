"""Something else has the rights of the Kubernetes dashboard.

The service account and the roles that come with the dashboard are made for it, and often bound to more than anybody
remembers. A workload that borrows the account, or a binding that gives the roles to others, gets all of that.

Remedy: make a service account and a role with only the rights the workload needs

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: reports
    spec:
      selector:
        matchLabels: {app: reports}
      template:
        metadata:
          labels: {app: reports}
        spec:
          serviceAccountName: kubernetes-dashboard
          containers:
            - name: reports
              image: registry.example/shop/reports:1.0.0

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: reports
    spec:
      selector:
        matchLabels: {app: reports}
      template:
        metadata:
          labels: {app: reports}
        spec:
          serviceAccountName: reports
          containers:
            - name: reports
              image: registry.example/shop/reports:1.0.0

Options:
    allow: names of workloads and subjects that may have them

Sources:
    Microsoft, "Threat matrix for Kubernetes", access Kubernetes dashboard
"""

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Problem, Problems, Resource, rule
from kubelint_py.rules.hardening._retired import DASHBOARD, dashboard

RBAC = "rbac.authorization.k8s.io"
BINDINGS = ("ClusterRoleBinding", "RoleBinding")


@rule(severity="high", since="0.1", kinds=(*BINDINGS, *sorted(WORKLOAD_KINDS)), tags=("C-0014",))
def check(bundle: Bundle, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each such workload, then for each such subject of a binding."""
    for workload in bundle.all_workloads:
        pod, resource = workload.pod, workload.resource
        if pod.service_account == DASHBOARD and dashboard(pod) is None and resource.name not in allow:
            message = f"{resource.title} runs as the service account of the Kubernetes dashboard"
            yield Problem(pod.service_account_node, message, resource=resource)
    for binding in bundle.of(RBAC, *BINDINGS):
        if binding.node.at("roleRef.name").value == DASHBOARD:
            yield from others(binding, allow)


def others(binding: Resource, allow: tuple[str, ...]) -> Problems:
    """Yield a problem for each subject of a binding that is not the dashboard's own service account."""
    for subject in binding.node.at("subjects").items():
        name = subject.at("name")
        own = subject.at("kind").value == "ServiceAccount" and (name.as_str or "").startswith(DASHBOARD)
        if name.as_str and not own and name.as_str not in allow:
            message = f"{name.as_str!r} has a role of the Kubernetes dashboard"
            yield Problem(name, message, resource=binding)
