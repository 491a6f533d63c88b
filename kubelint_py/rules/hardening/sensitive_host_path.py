"""Pod mounts a directory of the node's system.

The configuration, programs, devices and container files of a node decide what runs on it and hold what its other
pods keep secret. A directory above such a place shows it as well. Public facts such as the time zone, and the
directories where the kubelet expects plugins, do not count; neither does a volume of which every container mounts
only a `subPath` beside such places.

Remedy: mount only the directory the program needs, or get the data another way

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: backup
    spec:
      containers:
        - name: backup
          image: registry.example/shop/backup:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data, readOnly: true}
      volumes:
        - name: data
          hostPath: {path: /etc}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: backup
    spec:
      containers:
        - name: backup
          image: registry.example/shop/backup:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data, readOnly: true}
      volumes:
        - name: data
          hostPath: {path: /srv/shop}

Options:
    allow: places of the node that may be mounted, with all that is below them
    also: further places that are sensitive

Sources:
    Kubernetes documentation, "Volumes", hostPath
    Filesystem Hierarchy Standard 3.0
"""

from functools import partial

from kubelint_py.authoring import PodSpec, Problems, rule
from kubelint_py.rules.hardening._node_place import exposures, sensitive

TAGS = (
    "KSV-0121",
    "kube-linter:sensitive-host-mounts",
    "kubesec:ProcMount",
    "kics:workload_mounting_with_sensitive_os_directory",
)


@rule(
    severity="high",
    since="0.1",
    tags=TAGS,
    implied_by=("container-runtime-socket", "cloud-credential-host-path"),
)
def check(pod: PodSpec, *, allow: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each volume that shows a sensitive place."""
    yield from exposures(pod, allow, partial(sensitive, also=also))
