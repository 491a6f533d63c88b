"""Container keeps the default capabilities.

Runtimes give root in a container a dozen capabilities that most programs never use, raw sockets and changing the
owner of files among them. Only the word ALL, in capitals, drops them for every runtime and version.

Remedy: set `capabilities.drop: [ALL]` for each container and add back what it needs

Fix: adds ALL to `capabilities.drop`; what is added back stays. Unsafe for containers that run as user 0 by their
    manifest; none for privileged ones. A container whose image starts as root and changes owners or users needs
    CHOWN, SETUID, SETGID and the like in `add`: many images of databases and web servers do.

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: search
    spec:
      containers:
        - name: search
          image: registry.example/shop/search:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: search
    spec:
      containers:
        - name: search
          image: registry.example/shop/search:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]

Options:
    allow: names of containers that may keep them

Sources:
    Pod Security Standards, restricted, "Capabilities"
    CIS Kubernetes Benchmark 5.2.10
"""

from kubelint_py.authoring import Fix, PodSpec, Problem, Problems, Version, rule
from kubelint_py.rules.pod_security._capability import plain
from kubelint_py.rules.pod_security._controls import control_problems
from kubelint_py.rules.pod_security._fix import added_capabilities, container_of, is_privileged, is_root

TAGS = (
    "pss-restricted",
    "cis-5.2.10",
    "CKV_K8S_37",
    "KSV-0003",
    "KSV-0106",
    "polaris:insecureCapabilities",
    "kubesec:CapDropAll",
)


@rule(
    severity="medium",
    since="0.1",
    tags=TAGS,
    implied_by=("privileged-container", "windows-host-process"),
    fix="safe",
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each container that does not drop ALL."""
    yield from control_problems(pod, "capabilities-not-dropped", kubernetes, allow)


def fix(problem: Problem, pod: PodSpec, **_options: object) -> Fix | None:
    """Return the fix: ALL among what is dropped, in capitals."""
    container = container_of(problem, pod)
    if container is None or is_privileged(container) or "ALL" in added_capabilities(container):
        return None
    safe = not is_root(container, pod)
    for item in problem.node.items():
        if item.as_str and plain((item.as_str,)) == {"ALL"}:
            return Fix(item, "ALL", safe=safe)
    return Fix(problem.node, "ALL", append=True, safe=safe)
