"""Container runs in privileged mode.

A privileged container sees every device of its node and skips most of the kernel's isolation, so
whoever breaks into its process owns the node and every pod on it.

Remedy: remove `privileged`, or set it to false and add only the capability that is needed

Fix: sets `privileged: false`. Unsafe where the pod shows that it works on its node (host namespaces, `hostPath`,
    devices, added capabilities); none where a mount is propagated to the node, which takes privileged mode. What a
    program does with its rights cannot be seen in a manifest: one that loads modules, changes sysctls or runs
    containers stops working.

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
          securityContext:
            privileged: true

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2
          securityContext:
            privileged: false

Options:
    allow: names of containers that may be privileged

Sources:
    Pod Security Standards, baseline, "Privileged Containers"
    CIS Kubernetes Benchmark 5.2.2
    MITRE ATT&CK T1611, "Escape to Host"
"""

from kubelint_py.authoring import Fix, PodSpec, Problem, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems
from kubelint_py.rules.pod_security._fix import container_of, works_on_node

TAGS = (
    "pss-baseline",
    "cis-5.2.2",
    "nsa-pod-security",
    "mitre-T1611",
    "CKV_K8S_16",
    "KSV-0017",
    "C-0057",
    "C-0211",
    "kube-linter:privileged-container",
    "kube-score:container-security-context-privileged",
    "polaris:runAsPrivileged",
    "kubesec:Privileged",
    "kics:container_is_privileged",
)


@rule(severity="critical", since="0.1", tags=TAGS, fix="safe")
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each privileged container."""
    yield from control_problems(pod, "privileged-container", kubernetes, allow)


def fix(problem: Problem, pod: PodSpec, **_options: object) -> Fix | None:
    """Return the fix: false."""
    container = container_of(problem, pod)
    if container is None:
        return None
    mounts = container.at("volumeMounts").items()
    if any(mount.at("mountPropagation").value == "Bidirectional" for mount in mounts):
        return None
    return Fix(problem.node, False, safe=not works_on_node(container, pod))
