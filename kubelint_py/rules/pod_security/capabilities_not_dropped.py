"""Container keeps the default capabilities.

Runtimes give root in a container a dozen capabilities that most programs never use, raw sockets and changing the
owner of files among them. Only the word ALL, in capitals, drops them for every runtime and version.

Remedy: set `capabilities.drop: [ALL]` for each container and add back what it needs

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

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-restricted",
    "cis-5.2.10",
    "CKV_K8S_37",
    "KSV-0003",
    "KSV-0106",
    "polaris:insecureCapabilities",
    "kubesec:CapDropAll",
)


@rule(severity="medium", since="0.1", tags=TAGS, implied_by=("privileged-container", "windows-host-process"))
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each container that does not drop ALL."""
    yield from control_problems(pod, "capabilities-not-dropped", kubernetes, allow)
