"""Pod mounts a place of its node.

What a hostPath volume shows belongs to the node: its files may hold keys of the kubelet or of other pods, a write
may change what the node runs, and the data stays behind when the pod moves. A read-only mount still leaks.

Remedy: use an emptyDir, a projected volume or a PersistentVolumeClaim

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: catalog
    spec:
      containers:
        - name: catalog
          image: registry.example/shop/catalog:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data}
      volumes:
        - name: data
          hostPath: {path: /srv/catalog}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: catalog
    spec:
      containers:
        - name: catalog
          image: registry.example/shop/catalog:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data}
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: catalog}

Options:
    allow: places of the node that may be mounted, with all that is below them

Sources:
    Pod Security Standards, baseline, "HostPath Volumes"
    Kubernetes documentation, "Volumes", hostPath
    CIS Kubernetes Benchmark 5.2.12
    MITRE ATT&CK T1611, "Escape to Host"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems
from kubelint_py.rules.pod_security._host_path import lies_in, normal

TAGS = (
    "pss-baseline",
    "cis-5.2.12",
    "mitre-T1611",
    "KSV-0023",
    "C-0048",
    "polaris:hostPathSet",
    "kics:non_kube_system_pod_with_host_mount",
)
STRONGER = ("container-runtime-socket", "cloud-credential-host-path", "sensitive-host-path", "writable-host-path")


@rule(severity="high", since="0.1", tags=TAGS, implied_by=STRONGER)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each volume with a host path."""
    for problem in control_problems(pod, "host-path-volume", kubernetes):
        path = problem.node.at("path").as_str
        if not path or not lies_in(normal(path), allow):
            yield problem
