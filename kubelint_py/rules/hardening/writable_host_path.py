"""Container may write to a directory of its node.

A write outlives the pod, can fill the disk of the node, and may change what other pods and the node itself read.
A mount is writable unless it says `readOnly: true`. Sockets and devices do not count, because a read-only mount
changes nothing about them.

Remedy: set readOnly to true on the mount

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
            - {name: data, mountPath: /data, readOnly: true}
      volumes:
        - name: data
          hostPath: {path: /srv/catalog}

Options:
    allow: places of the node that containers may write to, with all that is below them

Sources:
    Kubernetes documentation, "Volumes", hostPath and read-only mounts
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._node_place import named, writers

TAGS = (
    "C-0045",
    "kube-linter:writable-host-mount",
    "kics:volume_mount_with_os_directory_write_permissions",
    "kyverno:ensure-readonly-hostpath",
)
NOT_FILES = frozenset({"Socket", "CharDevice", "BlockDevice"})


@rule(
    severity="high",
    since="0.1",
    tags=TAGS,
    implied_by=("container-runtime-socket", "cloud-credential-host-path", "sensitive-host-path"),
)
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each volume that a container may write to."""
    for volume, writing in writers(pod, allow):
        if volume.node.parent.at("type").as_str not in NOT_FILES:
            names = named(mount.container for mount in writing)
            related = tuple((mount.node, "mounted here without readOnly") for mount in writing)
            message = f"{volume.label} lets {names} write to {volume.place!r} of the node"
            yield Problem(volume.node, message, related)
