"""Role creates PersistentVolumes.

A PersistentVolume may be a directory of the node. Pods mount it through a claim, which every Pod Security level
allows.

Remedy: leave volumes to the provisioner, and ask for PersistentVolumeClaims
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-storage
    rules:
      - apiGroups: [""]
        resources: [persistentvolumes]
        verbs: [get, create]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-storage
    rules:
      - apiGroups: [""]
        resources: [persistentvolumeclaims]
        verbs: [get, create]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.9; Kubernetes documentation, "Role Based Access Control Good Practices", persistent
        volume creation
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="medium", since="0.1", kinds=KINDS, implied_by=WILDCARDS, tags=("cis-5.1.9", "C-0278"))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-create-persistent-volumes", roles, subjects)
