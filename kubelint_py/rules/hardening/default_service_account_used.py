"""Pod runs as the default service account.

All pods of a namespace that name no service account share this one. Whatever is given to it for one of them, a role or
a cloud identity, all the others have as well. Pods that mount no token (`automountServiceAccountToken: false`, the
default in a SandboxTemplate) are left out.

Remedy: create a ServiceAccount for the workload and name it in `serviceAccountName`

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
              image: registry.example/shop/storefront:1.4.2

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
          serviceAccountName: storefront
          containers:
            - name: web
              image: registry.example/shop/storefront:1.4.2

Sources:
    CIS Kubernetes Benchmark 5.1.5
    Kubernetes documentation, "Service Accounts"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._account import DEFAULT
from kubelint_py.rules.hardening._sandbox import GROUP, TEMPLATE

TAGS = (
    "cis-5.1.5",
    "CKV_ARGO_1",
    "kube-linter:default-service-account",
    "kubesec:ServiceAccountName",
    "kics:service_account_name_undefined_or_empty",
)


@rule(severity="medium", since="0.1", default=False, tags=TAGS)
def check(pod: PodSpec) -> Problems:
    """Yield a problem for a pod with a token of the default service account."""
    token = pod.node.at("automountServiceAccountToken").as_bool
    gets_one = not pod.resource.is_(GROUP, TEMPLATE) if token is None else token
    if pod.service_account == DEFAULT and gets_one:
        node = pod.service_account_node
        named = node.value == DEFAULT
        yield Problem(node, "pod runs as the default service account" + ("" if named else ": it names none"))
