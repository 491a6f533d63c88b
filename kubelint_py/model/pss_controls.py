"""The controls themselves: each function yields the places where a pod template offends.

`minor` is the policy version 1.minor. Where the pod and its containers both decide, a value is
reported where it is written, and a missing one at every container that nothing covers; a wrong
value of the pod is not reported again for the containers that inherit it.
Source: kubernetes/pod-security-admission 8f84a87c.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from kubelint_py.data import pss_allowed as allowed
from kubelint_py.model.pss_pod import Offence, PodView, Scope, items, mapping, show, text

_PORTS = range(-(1 << 31), 1 << 31)


@lru_cache(maxsize=128)
def names_at(table: tuple[tuple[int, tuple[str, ...]], ...], minor: int) -> frozenset[str]:
    """Return the names a table by version holds at a version."""
    return frozenset(name for since, names in table if since <= minor for name in names)


def _has_user_namespace(pod: PodView, minor: int) -> bool:
    """Whether the version honours user namespaces, and the pod asks for one."""
    return minor >= 35 and pod.spec.get("hostUsers") is False


def _is_windows(pod: PodView, minor: int) -> bool:
    """Whether the version exempts Windows pods, and `spec.os.name` says so; node selectors do not count."""
    return minor >= 25 and mapping(pod.spec.get("os")).get("name") == "windows"


def app_armor_profile(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Annotations of any suffix, and the fields at pod and container level."""
    for key, value in pod.annotations.items():
        if isinstance(key, str) and key.startswith(allowed.APPARMOR_ANNOTATION):
            name, profile = key[len(allowed.APPARMOR_ANNOTATION) :], text(value)
            if not _is_allowed(profile, allowed.APPARMOR_ANNOTATION_VALUES):
                message = f"annotation sets AppArmor profile {show(profile)} for container {show(name)}"
                yield Offence(("metadata", "annotations", key), message, name, profile)
    yield from _profile_types(pod, "appArmorProfile", "AppArmor")


def _is_allowed(profile: str, values: frozenset[str]) -> bool:
    return profile in values or profile.startswith(allowed.LOCALHOST_PREFIX)


def _profile_types(pod: PodView, field: str, title: str) -> Iterator[Offence]:
    for scope in pod.scopes:
        profile = scope.security.get(field)
        if isinstance(profile, dict):
            kind = text(profile.get("type"))
            if not kind:
                yield scope.insecure(f"gives its {title} profile no type", None, field, "type")
            elif kind not in allowed.PROFILE_TYPES:
                message = f"sets {title} profile {show(kind)}, not RuntimeDefault or Localhost"
                yield scope.insecure(message, kind, field, "type")


def capabilities_baseline(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Names are compared as written: lower case or a `CAP_` prefix is another name."""
    for container in pod.containers:
        yield from _added(container, allowed.CAPABILITIES, "which is beyond the baseline set")


def _added(container: Scope, tolerated: frozenset[str], reason: str) -> Iterator[Offence]:
    added = mapping(container.security.get("capabilities")).get("add")
    for index, item in enumerate(items(added)):
        name = text(item)
        if name not in tolerated:
            yield container.insecure(f"adds capability {show(name)}, {reason}", name, "capabilities", "add", index)


def host_namespaces(pod: PodView, _minor: int) -> Iterator[Offence]:
    """IPC, network and PID namespace of the node."""
    for field, title in allowed.HOST_NAMESPACES.items():
        if pod.spec.get(field) is True:
            yield pod.pod.offence(f"shares the {title} namespace of the node", True, field)


def host_path_volumes(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Volumes with a `hostPath` source, whatever else they carry."""
    for index, item in enumerate(items(pod.spec.get("volumes"))):
        source = mapping(item).get("hostPath")
        if isinstance(source, dict):
            path = text(source.get("path"))
            message = f"volume {show(text(item.get('name')))} mounts host path {show(path)}"
            yield Offence(("spec", "volumes", index, "hostPath"), message, "", path)


def host_ports(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Ports bound on the node; 0 means none."""
    for container in pod.containers:
        for index, item in enumerate(items(container.data.get("ports"))):
            port = mapping(item).get("hostPort")
            if isinstance(port, int) and not isinstance(port, bool) and port and port in _PORTS:
                yield container.offence(f"binds host port {port}", port, "ports", index, "hostPort")


def host_probes(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Probes and lifecycle hooks that name a host, the own one included."""
    for container in pod.containers:
        for field in allowed.PROBES:
            if field in container.data:
                yield from _named_hosts(container, container.data[field], field)
        for field, hook in mapping(container.data.get("lifecycle")).items():
            if field in allowed.HOOKS:
                yield from _named_hosts(container, hook, "lifecycle", field)


def _named_hosts(container: Scope, handler: Any, *keys: str) -> Iterator[Offence]:
    for action in allowed.HOST_ACTIONS:
        host = text(mapping(mapping(handler).get(action)).get("host"))
        if host:
            message = f"sets host {show(host)} in {'.'.join(keys)}.{action}"
            yield container.offence(message, host, *keys, action, "host")


def privileged(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Full access to the node."""
    for container in pod.containers:
        if container.security.get("privileged") is True:
            yield container.insecure("runs in privileged mode", True, "privileged")


def proc_mount_baseline(pod: PodView, minor: int) -> Iterator[Offence]:
    """Masks of /proc; a user namespace excuses any value."""
    if not _has_user_namespace(pod, minor):
        yield from proc_mount_restricted(pod, minor)


def proc_mount_restricted(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Masks of /proc, whatever the user namespace; the empty string is not `Default`."""
    for container in pod.containers:
        value = container.security.get("procMount")
        if isinstance(value, str) and value != "Default":
            yield container.insecure(f"sets procMount to {show(value)}, only Default is allowed", value, "procMount")


def se_linux_options(pod: PodView, minor: int) -> Iterator[Offence]:
    """Type from a list that grows, no user and no role; the level is free."""
    for scope in pod.scopes:
        options = mapping(scope.security.get("seLinuxOptions"))
        kind = text(options.get("type"))
        if kind and kind not in names_at(allowed.SELINUX_TYPES, minor):
            yield scope.insecure(
                f"sets SELinux type {show(kind)}, which is not allowed", kind, "seLinuxOptions", "type"
            )
        for field in ("user", "role"):
            value = text(options.get(field))
            if value:
                message = f"sets SELinux {field} {show(value)}, none is allowed"
                yield scope.insecure(message, value, "seLinuxOptions", field)


def seccomp_baseline(pod: PodView, minor: int) -> Iterator[Offence]:
    """Annotations alone before 1.19, fields alone from then on."""
    yield from _seccomp_annotations(pod) if minor < 19 else _profile_types(pod, "seccompProfile", "seccomp")


def _seccomp_annotations(pod: PodView) -> Iterator[Offence]:
    owners = {allowed.SECCOMP_POD_ANNOTATION: pod.pod}
    for container in pod.containers:
        owners.setdefault(allowed.SECCOMP_CONTAINER_ANNOTATION + container.name, container)
    for key, owner in owners.items():
        if key in pod.annotations:
            profile = text(pod.annotations[key])
            if not _is_allowed(profile, allowed.SECCOMP_ANNOTATION_VALUES):
                message = f"annotation sets seccomp profile {show(profile)} for {owner.label}"
                yield Offence(("metadata", "annotations", key), message, owner.name, profile)


def sysctls(pod: PodView, minor: int) -> Iterator[Offence]:
    """Names are compared as written, slashes are not dots; values do not count."""
    for index, item in enumerate(items(pod.pod.security.get("sysctls"))):
        name = text(mapping(item).get("name"))
        if name not in names_at(allowed.SYSCTLS, minor):
            message = f"sets sysctl {show(name)}, which is not in the safe set of v1.{minor}"
            yield pod.pod.insecure(message, name, "sysctls", index, "name")


def windows_host_process(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Windows containers that run on the node itself."""
    for scope in pod.scopes:
        if mapping(scope.security.get("windowsOptions")).get("hostProcess") is True:
            yield scope.insecure("runs as a Windows host process", True, "windowsOptions", "hostProcess")


def allow_privilege_escalation(pod: PodView, minor: int) -> Iterator[Offence]:
    """Every container says false itself; unset means allowed."""
    if _is_windows(pod, minor):
        return
    for container in pod.containers:
        value = container.security.get("allowPrivilegeEscalation")
        if value is True:
            yield container.insecure("sets allowPrivilegeEscalation to true", True, "allowPrivilegeEscalation")
        elif value is not False:
            message = "does not set allowPrivilegeEscalation to false"
            yield container.insecure(message, None, "allowPrivilegeEscalation")


def capabilities_restricted(pod: PodView, minor: int) -> Iterator[Offence]:
    """`drop` has the literal ALL, `add` nothing but NET_BIND_SERVICE."""
    if _is_windows(pod, minor):
        return
    for container in pod.containers:
        dropped = mapping(container.security.get("capabilities")).get("drop")
        if "ALL" not in items(dropped):
            yield container.insecure("does not drop capability 'ALL'", None, "capabilities", "drop")
        yield from _added(container, allowed.CAPABILITIES_RESTRICTED, "only NET_BIND_SERVICE is allowed")


def restricted_volumes(pod: PodView, _minor: int) -> Iterator[Offence]:
    """Volumes with a source, none of them allowed; a volume without one becomes an emptyDir."""
    for index, item in enumerate(items(pod.spec.get("volumes"))):
        volume = mapping(item)
        sources = [key for key, value in volume.items() if isinstance(value, dict)]
        if allowed.VOLUMES.isdisjoint(sources):
            for source in sources:
                if source in allowed.VOLUMES_FORBIDDEN:
                    message = f"volume {show(text(volume.get('name')))} has type {source}, which is not allowed"
                    yield Offence(("spec", "volumes", index, source), message, "", source)


def run_as_non_root(pod: PodView, minor: int) -> Iterator[Offence]:
    """No false anywhere, and true for every container, its own or the pod's; needless in a user namespace."""
    if _has_user_namespace(pod, minor):
        return
    inherits = isinstance(pod.pod.security.get("runAsNonRoot"), bool)
    for scope in pod.scopes:
        value = scope.security.get("runAsNonRoot")
        if value is False:
            yield scope.insecure("sets runAsNonRoot to false", False, "runAsNonRoot")
        elif value is not True and scope.role and not inherits:
            yield scope.insecure("may run as root: runAsNonRoot is not set to true", None, "runAsNonRoot")


def run_as_user(pod: PodView, minor: int) -> Iterator[Offence]:
    """UID 0 nowhere, but in a user namespace."""
    if _has_user_namespace(pod, minor):
        return
    for scope in pod.scopes:
        user = scope.security.get("runAsUser")
        if isinstance(user, int) and not isinstance(user, bool) and user == 0:
            yield scope.insecure("sets runAsUser to 0 (root)", 0, "runAsUser")


def seccomp_restricted(pod: PodView, minor: int) -> Iterator[Offence]:
    """No other type anywhere, and a profile for every container, its own or the pod's."""
    if _is_windows(pod, minor):
        return
    yield from _profile_types(pod, "seccompProfile", "seccomp")
    if isinstance(pod.pod.security.get("seccompProfile"), dict):
        return
    for container in pod.containers:
        if not isinstance(container.security.get("seccompProfile"), dict):
            message = "has no seccomp profile, neither its own nor the pod's"
            yield container.insecure(message, None, "seccompProfile", "type")
