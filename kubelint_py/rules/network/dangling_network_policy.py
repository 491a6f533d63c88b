"""NetworkPolicy selects no pod.

The policy isolates nothing, although somebody meant it to: a label was renamed on one side only, or the policy
is in another namespace than the pods. A podSelector that is empty, or only leaves pods out, is never meant.

Remedy: make spec.podSelector match the labels of the pods it is meant for, or remove the policy
Bad:
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: storefront
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: store-front
      policyTypes: [Ingress]
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
      namespace: shop
      labels:
        app: storefront
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/storefront:2.4.1
Good:
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: storefront
      namespace: shop
    spec:
      podSelector:
        matchLabels:
          app: storefront
      policyTypes: [Ingress]
    ---
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
      namespace: shop
      labels:
        app: storefront
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/storefront:2.4.1
Options:
    external: names of policies whose pods come from elsewhere; `*` stands for any characters
Sources:
    Kubernetes documentation, "Network Policies", the NetworkPolicy resource; Kubernetes API, LabelSelector v1 meta
"""

from fnmatch import fnmatchcase

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Problem, Problems, rule
from kubelint_py.rules.network._policy import Pods, shown_by_templates


@rule(
    severity="low",
    since="0.1",
    kinds=("NetworkPolicy", *WORKLOAD_KINDS),
    needs=("NetworkPolicy",),
    tags=(
        "kube-linter:dangling-networkpolicy",
        "kube-score:networkpolicy-targets-pod",
        "C-0299",
        "kics:network_policy_is_not_targeting_any_pod",
    ),
)
def check(bundle: Bundle, *, external: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each policy whose podSelector matches nothing in its namespace."""
    pods = Pods(bundle)
    for policy in bundle.isolation.policies:
        resource = bundle.resources[policy.identity.object_index]
        conditions = shown_by_templates(policy.pods or ())
        if not pods.misses(conditions, resource) or any(fnmatchcase(resource.name, name) for name in external):
            continue
        hint = pods.hint(conditions, resource)
        message = f"{resource.title} selects no pod"
        related = (hint,) if hint else ()
        yield Problem(resource.node.at("spec.podSelector"), message, related=related, resource=resource)
