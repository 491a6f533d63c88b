"""Process may gain more rights than its parent.

Unless `allowPrivilegeEscalation` is false, a program with the setuid bit or file capabilities gives the process
that starts it more than the container was meant to have. The field is on containers only, and unset means allowed.

Remedy: set `allowPrivilegeEscalation: false` in the securityContext of each container

Fix: sets `allowPrivilegeEscalation: false`. None for containers that are privileged or add SYS_ADMIN, of which the
    API server refuses it. A container that calls programs with the setuid bit, such as sudo or ping in some images,
    no longer gets their rights.

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: inventory
    spec:
      containers:
        - name: inventory
          image: registry.example/shop/inventory:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: inventory
    spec:
      containers:
        - name: inventory
          image: registry.example/shop/inventory:1.4.2
          securityContext:
            allowPrivilegeEscalation: false

Options:
    allow: names of containers that may

Sources:
    Pod Security Standards, restricted, "Privilege Escalation"
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
    CIS Kubernetes Benchmark 5.2.6
"""

from kubelint_py.authoring import Fix, PodSpec, Problem, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems
from kubelint_py.rules.pod_security._fix import added_capabilities, container_of, is_privileged

TAGS = (
    "pss-restricted",
    "cis-5.2.6",
    "nsa-pod-security",
    "CKV_K8S_20",
    "KSV-0001",
    "C-0016",
    "C-0211",
    "kube-linter:privilege-escalation-container",
    "polaris:privilegeEscalationAllowed",
    "kubesec:AllowPrivilegeEscalation",
    "kics:privilege_escalation_allowed",
)


@rule(
    severity="high",
    since="0.1",
    tags=TAGS,
    implied_by=("privileged-container", "sys-admin-capability", "windows-host-process"),
    fix="safe",
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each container that does not forbid it."""
    yield from control_problems(pod, "privilege-escalation-allowed", kubernetes, allow)


def fix(problem: Problem, pod: PodSpec, **_options: object) -> Fix | None:
    """Return the fix: false."""
    container = container_of(problem, pod)
    if container is None or is_privileged(container) or added_capabilities(container) & {"SYS_ADMIN", "ALL"}:
        return None
    return Fix(problem.node, False)
