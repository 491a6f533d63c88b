"""Pod mounts credentials of the node.

The kubelet, the control plane, the cloud provider's integration and users of a node keep keys in well-known files.
Whoever reads them acts as the node, as an administrator or as the cloud account, beyond this cluster too. A
read-only mount does not help, and neither does mounting a directory above the files.

Remedy: give the pod an identity of its own, such as a service account bound to a cloud role

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: uploader
    spec:
      containers:
        - name: uploader
          image: registry.example/shop/uploader:1.4.2
          volumeMounts:
            - {name: cloud, mountPath: /etc/cloud, readOnly: true}
      volumes:
        - name: cloud
          hostPath: {path: /etc/kubernetes/azure.json}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: uploader
    spec:
      serviceAccountName: uploader
      containers:
        - name: uploader
          image: registry.example/shop/uploader:1.4.2

Options:
    allow: places of the node that may be mounted, with all that is below them

Sources:
    Kubernetes documentation, "PKI certificates and requirements"
    MITRE ATT&CK, T1552.001, "Credentials In Files"
"""

from kubelint_py.authoring import PodSpec, Problems, rule
from kubelint_py.rules.hardening._node_place import credentials, exposures

TAGS = ("C-0020", "mitre-T1552")


@rule(severity="high", since="0.1", tags=TAGS, implied_by=("container-runtime-socket",))
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each volume that shows credentials."""
    yield from exposures(pod, allow, credentials)
