"""Pod gets an API token that nobody asked for.

Every container of a pod finds a token for the Kubernetes API unless the pod or its ServiceAccount says no. Few
programs use it; a stolen one opens what the service account may do now or is given later. A pod or a
ServiceAccount that sets the field either way has decided, and so has a ServiceAccount with a binding in the set.

Remedy: set `automountServiceAccountToken: false` for the pod or its ServiceAccount, or true where it needs the API

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
              image: registry.example/shop/storefront:2.4.1

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
          automountServiceAccountToken: false
          containers:
            - name: web
              image: registry.example/shop/storefront:2.4.1

Options:
    allow: names of service accounts whose token may be mounted

Sources:
    Kubernetes documentation, "Configure Service Accounts for Pods"
    Kubernetes source, ServiceAccount admission controller
    CIS Kubernetes Benchmark 5.1.6
    MITRE ATT&CK T1528, "Steal Application Access Token"
"""

from kubelint_py.authoring import Bundle, Problem, Problems, rule
from kubelint_py.rules.pod_security._service_account import KINDS, ServiceAccounts, gets_token

TAGS = (
    "cis-5.1.6",
    "nsa-service-account-tokens",
    "mitre-T1528",
    "CKV_K8S_38",
    "KSV-0036",
    "C-0034",
    "C-0190",
    "polaris:automountServiceAccountToken",
    "kubesec:AutomountServiceAccountToken",
    "kics:service_account_token_automount_not_disabled",
)


@rule(severity="medium", since="0.1", kinds=KINDS, tags=TAGS)
def check(bundle: Bundle, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each pod that gets a token by default only."""
    accounts = ServiceAccounts(bundle)
    for workload in bundle.workloads:
        resource, name = workload.resource, workload.pod.service_account
        if name in allow or not gets_token(workload.pod) or not accounts.undecided(resource.namespace, name):
            continue
        account = accounts.find(resource.namespace, name)
        related = ((account.node.at("metadata.name"), "its service account does not say either"),) if account else ()
        message = f"pod gets an API token of service account {name!r}, which nobody asked for"
        yield Problem(workload.pod.node.at("automountServiceAccountToken"), message, related, resource=resource)
