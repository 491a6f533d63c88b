"""Volume has a type that Restricted does not allow.

The Restricted standard knows nine types of volume, and has storage of all other kinds attached through a
PersistentVolumeClaim, so that administrators decide which servers and disks pods reach. In other namespaces an
inline volume is a matter of taste, so this is opt-in.

Remedy: use a PersistentVolumeClaim, a CSI volume or an emptyDir

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: media
    spec:
      containers:
        - name: media
          image: registry.example/shop/media:1.4.2
      volumes:
        - name: pictures
          nfs: {server: nfs.shop.example, path: /pictures}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: media
    spec:
      containers:
        - name: media
          image: registry.example/shop/media:1.4.2
      volumes:
        - name: pictures
          persistentVolumeClaim: {claimName: pictures}

Options:
    allow: types of volume that may be used, such as nfs

Sources:
    Pod Security Standards, restricted, "Volume Types"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-restricted", "KSV-0028")


@rule(
    severity="medium",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=("host-path-volume", "container-runtime-socket"),
)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each volume of a type that is not allowed."""
    for problem in control_problems(pod, "restricted-volume-type", kubernetes):
        if problem.node.path[-1] not in allow:
            yield problem
