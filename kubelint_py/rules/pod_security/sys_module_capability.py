"""Container can load kernel modules.

All pods of a node share one kernel. With SYS_MODULE a process puts its own code into it, and nothing on the node
is out of reach any more.

Remedy: load the module on the node, before pods start

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
              add: [SYS_MODULE]

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
    allow: names of containers that may have SYS_MODULE

Sources:
    capabilities(7), Linux manual pages
    Pod Security Standards, baseline, "Capabilities"
    CIS Kubernetes Benchmark 5.2.9
    MITRE ATT&CK T1611, "Escape to Host"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "cis-5.2.9", "mitre-T1611", "KSV-0120", "C-0046")


@rule(severity="critical", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each added SYS_MODULE."""
    yield from control_problems(pod, "sys-module-capability", kubernetes, allow)
