"""Effective security context: the container's value, else the pod's.

Source: Kubernetes API, SecurityContext and PodSecurityContext ("values in SecurityContext take
precedence"). Fields that exist on containers only are read from the container directly.
"""

from __future__ import annotations

from kubelint_py.model.workload import Container
from kubelint_py.source.document import Node

INHERITED = frozenset(
    {
        "appArmorProfile",
        "runAsGroup",
        "runAsNonRoot",
        "runAsUser",
        "seccompProfile",
        "seLinuxOptions",
        "windowsOptions",
    }
)


def effective(container: Container, field: str) -> Node:
    """Return the field that decides for this container.

    `field` is a name below `securityContext`. Null counts as unset. Where neither level sets it, the
    container's own missing field is returned.
    """
    own = container.node.at("securityContext", field)
    if own.value is not None or field not in INHERITED:
        return own
    inherited = container.pod.node.at("securityContext", field)
    return inherited if inherited.value is not None else own
