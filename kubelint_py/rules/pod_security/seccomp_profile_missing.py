"""Container has no system call filter.

Unless the node's kubelet is set to filter by default, a container without a seccomp profile may make every system
call, the rarely used ones included in which most kernel exploits begin. The pod's profile covers its containers.

Remedy: set `seccompProfile.type: RuntimeDefault` in the securityContext of the pod

Fix: sets `seccompProfile: {type: RuntimeDefault}` for the pod, or for single containers where one that is allowed
    to do without would inherit it. The runtime's default profile refuses system calls that programs rarely need;
    debuggers, profilers and sandboxes within the container are those that may.

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: reviews
    spec:
      containers:
        - name: reviews
          image: registry.example/shop/reviews:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: reviews
    spec:
      securityContext:
        seccompProfile:
          type: RuntimeDefault
      containers:
        - name: reviews
          image: registry.example/shop/reviews:1.4.2

Options:
    allow: names of containers that may do without

Sources:
    Pod Security Standards, restricted, "Seccomp"
    Kubernetes documentation, "Restrict a Container's Syscalls with seccomp"
    CIS Kubernetes Benchmark 5.7.2
"""

from kubelint_py.authoring import Fix, Node, PodSpec, Problem, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems
from kubelint_py.rules.pod_security._fix import field_for_all, is_fixable

TAGS = (
    "pss-restricted",
    "cis-5.7.2",
    "nsa-hardening-container-environments",
    "CKV_K8S_31",
    "KSV-0030",
    "C-0210",
    "C-0211",
    "kube-score:container-seccomp-profile",
    "kubesec:SeccompAny",
    "kics:seccomp_profile_is_not_configured",
)


@rule(
    severity="medium",
    since="0.1",
    tags=TAGS,
    implied_by=("privileged-container", "seccomp-unconfined", "windows-host-process"),
    fix="safe",
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each container that no profile covers."""
    yield from control_problems(pod, "seccomp-profile-missing", kubernetes, allow)


def fix(problem: Problem, pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Fix | None:
    """Return the fix: the runtime's default profile, for the pod if nothing speaks against it."""
    profile = problem.node.parent
    if isinstance(profile.value, dict):
        named = profile.child("localhostProfile").value is not None or not is_fixable(pod)
        return None if named else Fix(problem.node, "RuntimeDefault")

    def spared(container: Node) -> bool:
        return container.child("name").value in allow

    field = field_for_all(problem, pod, "seccompProfile", spared)
    return Fix(field, {"type": "RuntimeDefault"}) if field else None
