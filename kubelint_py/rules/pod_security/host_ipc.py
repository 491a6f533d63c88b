"""Pod shares the memory segments of its node.

In the node's IPC namespace a container can read and write shared memory, semaphores and message queues that
processes of the node and of other such pods use, whoever owns them.

Remedy: remove `hostIPC`; containers of one pod share an IPC namespace already

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: cache
    spec:
      hostIPC: true
      containers:
        - name: cache
          image: registry.example/shop/cache:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: cache
    spec:
      hostIPC: false
      containers:
        - name: cache
          image: registry.example/shop/cache:1.4.2

Sources:
    Pod Security Standards, baseline, "Host Namespaces"
    CIS Kubernetes Benchmark 5.2.4
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = (
    "pss-baseline",
    "cis-5.2.4",
    "nsa-pod-security",
    "CKV_K8S_18",
    "KSV-0008",
    "C-0038",
    "C-0276",
    "kube-linter:host-ipc",
    "polaris:hostIPCSet",
    "kubesec:HostIPC",
    "kics:shared_host_ipc_namespace",
)


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version) -> Problems:
    """Yield a problem where the pod joins the node's IPC namespace."""
    yield from control_problems(pod, "host-ipc", kubernetes)
