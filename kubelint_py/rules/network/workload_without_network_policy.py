"""No network policy selects the workload's pods.

A pod that no policy selects may be reached from every other pod of the cluster and may reach everything. One
policy in its namespace that selects it changes that. Pods on the node's network cannot be isolated and are left out.

Remedy: add a NetworkPolicy that selects the pods, or one with an empty podSelector for the whole namespace
Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
      namespace: shop
    spec:
      selector:
        matchLabels: {app: storefront}
      template:
        metadata:
          labels: {app: storefront}
        spec:
          containers:
            - name: web
              image: registry.example.com/shop/storefront:2.4.1
Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
      namespace: shop
    spec:
      selector:
        matchLabels: {app: storefront}
      template:
        metadata:
          labels: {app: storefront}
        spec:
          containers:
            - name: web
              image: registry.example.com/shop/storefront:2.4.1
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: storefront
      namespace: shop
    spec:
      podSelector:
        matchLabels: {app: storefront}
      policyTypes: [Ingress, Egress]
      ingress:
        - ports: [{port: 8080}]
Options:
    exclude_namespaces: namespaces whose workloads need no policy
Sources:
    CIS Kubernetes Benchmark 5.3.2; Kubernetes documentation, "Network Policies"
    Cilium documentation, "Policy Enforcement Modes"
"""

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Problem, Problems, rule
from kubelint_py.rules.network._policy import POLICY_KINDS, SYSTEM, Policies, can_be_isolated, runs_pods


@rule(
    severity="medium",
    since="0.1",
    kinds=(*WORKLOAD_KINDS, *POLICY_KINDS),
    tags=(
        "cis-5.3.2",
        "kube-linter:non-isolated-pod",
        "kube-score:pod-networkpolicy",
        "polaris:missingNetworkPolicy",
        "CKV2_K8S_6",
        "C-0260",
        "kics:pod_misconfigured_network_policy",
    ),
)
def check(bundle: Bundle, *, exclude_namespaces: tuple[str, ...] = SYSTEM) -> Problems:
    """Yield a problem for each workload that no policy of the set can be meant for."""
    policies = Policies(bundle)
    for workload in bundle.workloads:
        resource = workload.resource
        if not runs_pods(resource) or resource.namespace in exclude_namespaces or not can_be_isolated(workload):
            continue
        if not policies.isolated(workload):
            # Policies of other kinds may do it; they are not evaluated.
            severity = "info" if policies.unread_for(resource.namespace) else ""
            message = f"no network policy selects the pods of {resource.title}"
            yield Problem(resource.node.at("metadata.name"), message, severity=severity, resource=resource)
