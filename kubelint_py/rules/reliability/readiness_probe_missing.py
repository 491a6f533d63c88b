"""Container has no readiness probe.

Kubernetes then sends traffic as soon as the process runs, and a rollout goes on before the new pods can serve.
The containers of Jobs, of pods that end and init containers need none. In a pod that reports its readiness
already or has containers with ports, only the containers with ports are asked for it.

Remedy: add a readinessProbe that fails while the container cannot serve requests
Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
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
              ports:
                - containerPort: 8080
Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
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
              ports:
                - containerPort: 8080
              readinessProbe:
                httpGet: {path: /ready, port: 8080}
Options:
    allow: names of containers that may do without
Sources:
    Kubernetes documentation, "Configure Liveness, Readiness and Startup Probes"
    Kubernetes documentation, "Sidecar Containers"
"""

from functools import lru_cache

from kubelint_py.authoring import Container, PodSpec, Problem, Problems, rule

LONG_RUNNING = frozenset({"DaemonSet", "Deployment", "ReplicaSet", "ReplicationController", "StatefulSet"})


@rule(
    severity="medium",
    since="0.1",
    tags=(
        "kube-linter:no-readiness-probe",
        "kube-score:pod-probes",
        "polaris:readinessProbeMissing",
        "CKV_K8S_9",
        "C-0018",
        "kics:readiness_probe_is_not_configured",
    ),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container that runs on and does not tell whether it is ready."""
    probe = container.node.at("readinessProbe")
    if probe.value is not None or not container.is_long_running or not serves(container) or container.name in allow:
        return
    if listens(container):
        yield Problem(probe, f"{container.label} has no readiness probe")
    elif not has_readiness(container.pod):
        # Without a port nothing is known to send it traffic.
        yield Problem(probe, f"{container.label} has no readiness probe", severity="low")


@lru_cache(maxsize=1)  # each container of the pod asks
def has_readiness(pod: PodSpec) -> bool:
    """Whether some container of the pod has ports or a readiness probe."""
    return any(listens(each) or each.node.at("readinessProbe").value is not None for each in pod.containers)


def listens(container: Container) -> bool:
    """Whether the container runs on and says that it has ports."""
    return container.is_long_running and bool(container.node.at("ports").as_list)


def serves(container: Container) -> bool:
    """Whether the container's pods are meant to run until somebody stops them."""
    resource = container.resource
    if "helm.sh/hook" in resource.annotations:
        return False
    if resource.kind == "Pod":
        return container.pod.node.at("restartPolicy").value in (None, "Always")
    return resource.kind in LONG_RUNNING
