"""Container or Service offers SSH.

A login into a container goes around the API server: no RBAC, no audit log, and passwords or keys of its own. It is
also the first port that scanners try. Git over SSH is a reason to have it; most images with it have no reason. A
Service counts when it sends traffic to port 22 of pods that do not declare the port themselves.

Remedy: remove the SSH server, and use kubectl exec or debug where somebody has to look inside

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: worker
    spec:
      containers:
        - name: worker
          image: registry.example/shop/worker:1.4.2
          ports:
            - containerPort: 22

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: worker
    spec:
      containers:
        - name: worker
          image: registry.example/shop/worker:1.4.2
          ports:
            - containerPort: 8080

Options:
    ports: numbers that stand for SSH
    allow: names of objects that may offer it; `*` stands for any characters

Sources:
    MITRE ATT&CK, T1021.004, "Remote Services: SSH"
    Microsoft, "Threat matrix for Kubernetes", SSH server running inside container
"""

from fnmatch import fnmatchcase

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Problem, Problems, Resource, rule
from kubelint_py.rules.hardening._ssh import forwarding, listening, says_so_itself


@rule(
    severity="medium",
    since="0.1",
    kinds=("Service", *sorted(WORKLOAD_KINDS)),
    tags=("C-0042", "kube-linter:ssh-port", "mitre-T1021"),
)
def check(bundle: Bundle, *, ports: tuple[int, ...] = (22,), allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each port of a container, then for each port of a Service."""
    for workload in bundle.all_workloads:
        if not is_allowed(workload.resource, allow):
            for name, place in listening(workload.pod, ports):
                message = f"container {name!r} listens on the SSH port {place.value}"
                yield Problem(place, message, container=name, resource=workload.resource)
    for service in bundle.of("", "Service"):
        places = () if is_allowed(service, allow) else tuple(forwarding(service, ports))
        if places and not says_so_itself(bundle, service, ports):
            for place in places:
                yield Problem(place, f"{service.title} sends traffic to the SSH port {place.value}", resource=service)


def is_allowed(resource: Resource, allow: tuple[str, ...]) -> bool:
    """Whether an object may offer SSH."""
    return any(fnmatchcase(resource.name, pattern) for pattern in allow)
