"""Pod has more containers than allowed.

Containers of a pod share its network, its volumes and its fate: each one more can be what brings it down, and they
scale together. How many are too many is a matter of the house, so this says nothing until `maximum` is set. Main
containers and sidecars count; init and ephemeral containers do not.

Remedy: move what does not need the same network and volumes to a pod of its own

Bad:
    # with: {maximum: 1}
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:2.4.1
        - name: report
          image: registry.example/shop/report:1.0.0

Good:
    # with: {maximum: 1}
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:2.4.1

Options:
    maximum: how many containers a pod may have; 0 for any number

Sources:
    Kubernetes documentation, "Pods", how Pods manage multiple containers
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule


@rule(severity="info", since="0.1", default=False, tags=("kyverno:limit-containers-per-pod",))
def check(pod: PodSpec, *, maximum: int = 0) -> Problems:
    """Yield a problem for a pod with more containers than the maximum."""
    count = sum(container.is_long_running for container in pod.containers)
    if 0 < maximum < count:
        message = f"pod has {count} containers, more than {maximum}"
        yield Problem(pod.node.at("containers"), message, key=True)
