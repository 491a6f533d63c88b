"""Pod changes the group of all files at every start.

With `fsGroup` alone the kubelet walks through every file of a volume each time a pod starts, which takes minutes on
large volumes. `OnRootMismatch` skips that where the top directory has the right group already.

Remedy: set `fsGroupChangePolicy: OnRootMismatch` beside `fsGroup`

Bad:
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

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        fsGroup: 10001
        fsGroupChangePolicy: OnRootMismatch
      volumes:
        - name: orders
          persistentVolumeClaim:
            claimName: orders
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container", fsGroupChangePolicy
"""

from kubelint_py.authoring import Problem, Problems, Workload, rule, show
from kubelint_py.rules.hardening._storage import first_persistent_volume


@rule(severity="info", since="0.1", default=False, tags=("C-0211",))
def check(workload: Workload) -> Problems:
    """Yield a problem for a pod with a persistent volume and a volume group, but no policy for it."""
    context = workload.pod.node.at("securityContext")
    policy = context.at("fsGroupChangePolicy")
    if context.at("fsGroup").as_int is None or policy.as_str or workload.pod.runs_on_windows:
        return
    volume = first_persistent_volume(workload)
    if volume is not None:
        message = f"pod sets fsGroup for the persistent volume {show(volume)} and no fsGroupChangePolicy"
        yield Problem(policy, message)
