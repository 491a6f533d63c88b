"""What confines the processes of a Linux container."""

from __future__ import annotations

from kubelint_py.authoring import Container, Version, effective
from kubelint_py.data.pss_allowed import (
    APPARMOR_ANNOTATION,
    SECCOMP_CONTAINER_ANNOTATION,
    SECCOMP_POD_ANNOTATION,
)
from kubelint_py.model.pss_rules import plain_capability

_UNCONFINED = "unconfined"
_LAST_WITH_SECCOMP_ANNOTATIONS = Version(1, 26)


def dropped(container: Container) -> frozenset[str]:
    """Return the capabilities a container drops, as `plain_capability` spells them."""
    items = container.node.at("securityContext.capabilities.drop").items()
    return frozenset(plain_capability(item.as_str) for item in items if item.as_str)


def app_armor(container: Container) -> str:
    """Return the AppArmor profile type or, with the older annotation, profile of a container; "" for none."""
    kind = effective(container, "appArmorProfile").at("type").as_str
    return kind or container.pod.annotations.get(APPARMOR_ANNOTATION + container.name, "")


def seccomp(container: Container, kubernetes: Version) -> str:
    """Return the seccomp profile type, or profile of the annotations while there were any; "" for none."""
    kind = effective(container, "seccompProfile").at("type").as_str
    if kind or kubernetes > _LAST_WITH_SECCOMP_ANNOTATIONS:
        return kind or ""
    annotations = container.pod.annotations
    own = annotations.get(SECCOMP_CONTAINER_ANNOTATION + container.name)
    return own or annotations.get(SECCOMP_POD_ANNOTATION, "")


def has_label(container: Container) -> bool:
    """Whether the container, or its pod for it, sets something of an SELinux label."""
    return bool(effective(container, "seLinuxOptions").as_map)


def is_confined(container: Container, kubernetes: Version) -> bool:
    """Whether anything narrows what the kernel does for the container."""
    profiles = (app_armor(container), seccomp(container, kubernetes))
    named = any(profile and profile.lower() != _UNCONFINED for profile in profiles)
    return named or has_label(container) or bool(dropped(container))
