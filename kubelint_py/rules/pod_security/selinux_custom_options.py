"""SELinux label is changed.

On nodes with SELinux the label separates containers from the node and from each other. Another type than the
container ones, or a user or role of one's own, can lift that. The level is free to choose.

Remedy: remove `type`, `user` and `role`; set only `level` where volumes ask for one

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: backup
    spec:
      containers:
        - name: backup
          image: registry.example/shop/backup:1.4.2
          securityContext:
            seLinuxOptions:
              type: spc_t

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: backup
    spec:
      containers:
        - name: backup
          image: registry.example/shop/backup:1.4.2
          securityContext:
            seLinuxOptions:
              level: "s0:c123,c456"

Options:
    allow: names of containers that may have a label of their own

Sources:
    Pod Security Standards, baseline, "SELinux"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "nsa-hardening-container-environments", "KSV-0025")


@rule(severity="medium", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each SELinux type, user or role that is not allowed."""
    yield from control_problems(pod, "selinux-custom-options", kubernetes, allow)
