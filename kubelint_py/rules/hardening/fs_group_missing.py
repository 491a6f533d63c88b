"""Pod with a persistent volume sets no volume group.

A fresh volume belongs to root. With `fsGroup` the kubelet hands its files over to a group that the processes are
members of; without, a container that is not root may find its volume read-only, which is then often mended by running
it as root.

Remedy: set `fsGroup` in the securityContext of the pod

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      volumes:
        - name: orders
          persistentVolumeClaim:
            claimName: orders
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        fsGroup: 10001
      volumes:
        - name: orders
          persistentVolumeClaim:
            claimName: orders
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container", fsGroup
"""

from kubelint_py.authoring import Problem, Problems, Workload, rule, show
from kubelint_py.rules.hardening._storage import first_persistent_volume


@rule(severity="info", since="0.1", default=False, tags=("C-0211",))
def check(workload: Workload) -> Problems:
    """Yield a problem for a pod with a writable persistent volume and without a volume group."""
    group = workload.pod.node.at("securityContext.fsGroup")
    if group.as_int is not None or workload.pod.runs_on_windows:
        return
    volume = first_persistent_volume(workload)
    if volume is not None:
        yield Problem(group, f"pod has the persistent volume {show(volume)} and sets no fsGroup")
