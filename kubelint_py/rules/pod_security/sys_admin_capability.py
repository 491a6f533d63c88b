"""Container gets SYS_ADMIN or ALL.

SYS_ADMIN lets a process mount file systems, enter namespaces and configure devices; with it, or with all
capabilities, root in the container is close to root on the node.

Remedy: remove the capability and add only what the program needs

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]
              add: [SYS_ADMIN]

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]

Options:
    allow: names of containers that may have SYS_ADMIN

Sources:
    capabilities(7), Linux manual pages
    Pod Security Standards, baseline, "Capabilities"
    CIS Kubernetes Benchmark 5.2.9
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-baseline",
    "cis-5.2.9",
    "CKV_K8S_39",
    "KSV-0005",
    "kube-linter:privilege-escalation-container",
    "polaris:dangerousCapabilities",
    "kubesec:CapSysAdmin",
    "kics:containers_with_sys_admin_capabilities",
)


@rule(severity="critical", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each added SYS_ADMIN."""
    yield from control_problems(pod, "sys-admin-capability", kubernetes, allow)
