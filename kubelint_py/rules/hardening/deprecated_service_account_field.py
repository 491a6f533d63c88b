"""Pod names its service account in the old field.

`serviceAccount` is the old name of `serviceAccountName`, kept for old manifests only. Where both are set and differ,
the new one holds and the old one says something that is not so.

Remedy: rename `serviceAccount` to `serviceAccountName`

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
          serviceAccount: storefront
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
    Kubernetes API, PodSpec v1, serviceAccount
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule, show


@rule(severity="low", since="0.1", tags=("C-0294", "kube-linter:deprecated-service-account-field"))
def check(pod: PodSpec) -> Problems:
    """Yield a problem for an old field that does not merely repeat the new one."""
    old, name = pod.node.at("serviceAccount"), pod.node.at("serviceAccountName")
    if not old.as_str or old.value == name.value:
        return
    if name.as_str:
        message = f"serviceAccount {show(old.as_str)} has no effect beside serviceAccountName {show(name.as_str)}"
    else:
        message = "serviceAccount is the old name of serviceAccountName"
    yield Problem(old, message, key=True)
