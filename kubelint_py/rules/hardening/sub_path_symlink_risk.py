"""Container mounts a subPath of a volume that its pod can write to, on a Kubernetes with a flaw there.

Kubelets before 1.19.15, 1.20.11, 1.21.5 and 1.22.2 lack the fix of CVE-2021-25741: a container that swaps a
directory for a link at the right moment gets the node's own files at its `subPath`. Which patch release runs on the
nodes is not in a manifest, so this is opt-in, and it says nothing when the manifests are for 1.23 or newer.

Remedy: update the nodes, or mount the volume without a subPath

Bad:
    # kubernetes: "1.22"
    apiVersion: v1
    kind: Pod
    metadata:
      name: catalog
    spec:
      containers:
        - name: catalog
          image: registry.example/shop/catalog:1.4.2
          volumeMounts:
            - {name: data, mountPath: /data, subPath: catalog}
      volumes:
        - name: data
          persistentVolumeClaim: {claimName: catalog}

Good:
    # kubernetes: "1.22"
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
    allow: names of containers that may do so

Sources:
    CVE-2021-25741, published 2021-09-15
    Kubernetes issue 104980, "Symlink exchange can allow host filesystem access"
"""

from functools import lru_cache

from kubelint_py.authoring import Container, PodSpec, Problem, Problems, Version, rule

FIRST_FIXED = Version(1, 23)
READ_ONLY_TYPES = ("configMap", "downwardAPI", "image", "projected", "secret")


@rule(severity="low", since="0.1", default=False, tags=("C-0058", "CVE-2021-25741"))
def check(container: Container, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each mount with a subPath of such a volume."""
    if kubernetes >= FIRST_FIXED or container.name in allow:
        return
    for mount in container.node.at("volumeMounts").items():
        name = mount.at("name").as_str
        for field in ("subPath", "subPathExpr"):
            if name and mount.at(field).as_str and name in written(container.pod):
                message = f"container {container.name!r} mounts a subPath of {name!r}, which the pod can write to"
                yield Problem(mount.at(field), message)


@lru_cache(maxsize=1)  # each container of the pod asks
def written(pod: PodSpec) -> frozenset[str | None]:
    """Return the volumes that some container of a pod may write to; one from a claim template is in no list."""
    volumes = pod.node.at("volumes").items()
    fixed = {each.at("name").as_str for each in volumes if any(each.at(kind).present for kind in READ_ONLY_TYPES)}
    mounts = (mount for each in pod.containers for mount in each.node.at("volumeMounts").items())
    return frozenset(each.at("name").as_str for each in mounts if each.at("readOnly").as_bool is not True) - fixed
