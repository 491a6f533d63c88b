"""Container may run as root.

Nothing keeps the container from running as user 0 if its image says so. Root in a container has the default
capabilities and owns what it mounts, and an escape makes it root on the node. A `runAsUser` other than 0 decides
the user as well; the Restricted standard asks for `runAsNonRoot` even then. From Kubernetes 1.35 on a user
namespace (`hostUsers: false`) is enough.

Remedy: set `runAsNonRoot: true` for the pod, and a USER in the image or `runAsUser`

Fix: sets `runAsNonRoot: true` for the pod, or for single containers where another one runs as root. Unsafe: the
    kubelet does not start a container whose image runs as root. None where the manifest itself says user 0.

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: cart
    spec:
      containers:
        - name: cart
          image: registry.example/shop/cart:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: cart
    spec:
      securityContext:
        runAsNonRoot: true
      containers:
        - name: cart
          image: registry.example/shop/cart:1.4.2

Options:
    allow: names of containers that may run as root

Sources:
    Pod Security Standards, restricted, "Running as Non-root"
    Kubernetes documentation, "User Namespaces"
    CIS Kubernetes Benchmark 5.2.7
"""

from kubelint_py.authoring import Fix, Node, PodSpec, Problem, Problems, Version, effective, rule
from kubelint_py.rules.pod_security._controls import control_problems
from kubelint_py.rules.pod_security._fix import container_of, field_for_all, is_fixable, is_root

TAGS = (
    "pss-restricted",
    "cis-5.2.7",
    "nsa-non-root-containers",
    "CKV_K8S_23",
    "CKV_ARGO_2",
    "KSV-0012",
    "C-0013",
    "C-0211",
    "kube-linter:run-as-non-root",
    "polaris:runAsRootAllowed",
    "kubesec:RunAsNonRoot",
    "kics:containers_running_as_root",
)


@rule(
    severity="high",
    since="0.1",
    tags=TAGS,
    implied_by=("run-as-root-user", "windows-host-process"),
    fix="unsafe",
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each container whose user nothing determines."""
    users = {container.node.path: effective(container, "runAsUser").as_int or 0 for container in pod.containers}
    ordinary = {path for path, user in users.items() if user > 0}
    if users and len(ordinary) == len(users):
        ordinary.add(pod.node.at("securityContext.runAsNonRoot").path)
    for problem in control_problems(pod, "run-as-root-allowed", kubernetes, allow):
        path = problem.node.path
        if not any(path[:length] in ordinary for length in range(len(path) + 1)):
            yield problem


def fix(problem: Problem, pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Fix | None:
    """Return the fix: true, for the pod if nothing speaks against it."""

    def spared(container: Node) -> bool:
        return container.child("name").value in allow or is_root(container, pod)

    if problem.node.path == pod.node.at("securityContext.runAsNonRoot").path:
        inherits_root = any(spared(container.node) for container in pod.containers)
        return None if inherits_root or not is_fixable(pod) else Fix(problem.node, True, safe=False)
    own = container_of(problem, pod)
    if own is None or problem.node.value is None:
        field = field_for_all(problem, pod, "runAsNonRoot", spared)
        return Fix(field, True, safe=False) if field else None
    return None if spared(own) else Fix(problem.node, True, safe=False)
