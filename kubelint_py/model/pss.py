"""Pod Security Standards as the admission controller judges them, at every policy version.

Each control is data (level, versions, what it overrides) and one function. Everything that judges
pods by these standards uses this module. Source: kubernetes/pod-security-admission 8f84a87c
(2026-07-01), policy versions v1.0 to v1.37. How odd input is read: see `pss_pod`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from kubelint_py.data.pss_allowed import PROBES
from kubelint_py.model import pss_controls as judging
from kubelint_py.model.pss_pod import Offence, PodView, mapping, read_pod, template_path
from kubelint_py.model.pss_policy import (
    BASELINE,
    LATEST,
    LEVELS,
    PRIVILEGED,
    RESTRICTED,
    PolicyError,
    Version,
    resolve_version,
)
from kubelint_py.source.document import Path


class Violation(NamedTuple):
    """One place that fails a control.

    `control` is the upstream id, `level` the control's own level, `path` the keys from the root of the
    object as passed; a missing field has the path where it should be. `container` is "" for pod-level
    fields. `value` is what was found there, None where nothing was.
    """

    control: str
    level: str
    path: Path
    message: str
    container: str = ""
    value: str | int | None = None


class Control(NamedTuple):
    """A control: the minors of 1.x where its behaviour starts and changes, and the baseline controls it replaces.

    `fields` are the names of what it looks at; where a pod has none of them the control holds. No
    fields means that it demands something of every container.
    """

    id: str
    level: str
    versions: tuple[int, ...]
    find: Callable[[PodView, int], Iterator[Offence]]
    fields: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()

    @property
    def since(self) -> int:
        """The first minor of 1.x that has the control."""
        return self.versions[0]


CONTROLS: tuple[Control, ...] = (
    Control("appArmorProfile", BASELINE, (0,), judging.app_armor_profile, ("annotations", "appArmorProfile")),
    Control("capabilities_baseline", BASELINE, (0,), judging.capabilities_baseline, ("capabilities",)),
    Control("hostNamespaces", BASELINE, (0,), judging.host_namespaces, ("hostIPC", "hostNetwork", "hostPID")),
    Control("hostPathVolumes", BASELINE, (0,), judging.host_path_volumes, ("volumes",)),
    Control("hostPorts", BASELINE, (0,), judging.host_ports, ("ports",)),
    Control("hostProbesAndHostLifecycle", BASELINE, (34,), judging.host_probes, (*PROBES, "lifecycle")),
    Control("privileged", BASELINE, (0,), judging.privileged, ("privileged",)),
    Control("procMount", BASELINE, (0, 35), judging.proc_mount_baseline, ("procMount",)),
    Control("seLinuxOptions", BASELINE, (0, 31), judging.se_linux_options, ("seLinuxOptions",)),
    Control("seccompProfile_baseline", BASELINE, (0, 19), judging.seccomp_baseline, ("annotations", "seccompProfile")),
    Control("sysctls", BASELINE, (0, 27, 29, 32, 37), judging.sysctls, ("sysctls",)),
    Control("windowsHostProcess", BASELINE, (0,), judging.windows_host_process, ("windowsOptions",)),
    Control("allowPrivilegeEscalation", RESTRICTED, (8, 25), judging.allow_privilege_escalation),
    Control(
        "capabilities_restricted", RESTRICTED, (22, 25), judging.capabilities_restricted, (), ("capabilities_baseline",)
    ),
    Control("procMount_restricted", RESTRICTED, (35,), judging.proc_mount_restricted, ("procMount",), ("procMount",)),
    Control("restrictedVolumes", RESTRICTED, (0,), judging.restricted_volumes, ("volumes",), ("hostPathVolumes",)),
    Control("runAsNonRoot", RESTRICTED, (0, 35), judging.run_as_non_root),
    Control("runAsUser", RESTRICTED, (23, 35), judging.run_as_user, ("runAsUser",)),
    Control(
        "seccompProfile_restricted", RESTRICTED, (19, 25), judging.seccomp_restricted, (), ("seccompProfile_baseline",)
    ),
)
"""Baseline controls sorted by id, then restricted ones sorted by id: the order of all results."""


def controls_at(level: str, version: Version = LATEST) -> tuple[Control, ...]:
    """Return the controls that judge at a level and version, overridden ones left out.

    Raises `PolicyError` on a level or version that does not exist.
    """
    if level not in LEVELS:
        message = f"not a Pod Security Standards level: {level!r:.60} (expected {', '.join(LEVELS)})"
        raise PolicyError(message)
    return _controls_at(level, resolve_version(version).minor)


@lru_cache(maxsize=128)
def _controls_at(level: str, minor: int) -> tuple[Control, ...]:
    levels = LEVELS[1 : LEVELS.index(level) + 1]
    present = [control for control in CONTROLS if control.since <= minor and control.level in levels]
    overridden = {name for control in present for name in control.overrides}
    return tuple(control for control in present if control.id not in overridden)


def violations(pod: Any, *, level: str, version: Version = LATEST) -> list[Violation]:
    """Return every place of a pod that fails a control of the level, in the order of `CONTROLS`.

    `pod` is a Pod, a workload of any built-in kind, or a pod template (`metadata` and `spec` without a
    kind), as plain data and judged as written, except that a volume without a source is an emptyDir.
    An object of another kind has no pod and no violations (`template_path` tells them apart).
    `version` is `latest`, `v1.31`, `1.31` or `(1, 31)`; one newer than known judges as the newest
    (`resolve_version` tells). Raises `PolicyError`, a ValueError, on another level or version.
    """
    minor = resolve_version(version).minor
    controls = controls_at(level, (1, minor))
    path, view = _read(pod)
    return list(judge(view, controls, minor, path))


def level_reached(pod: Any, version: Version = LATEST) -> str:
    """Return the strictest level that admits the pod. `pod` and `version` as for `violations`.

    Levels are not nested in every corner: a Windows pod can pass restricted while baseline, which
    still checks its capabilities, refuses it.
    """
    minor = resolve_version(version).minor
    view = _read(pod)[1]
    for level in (RESTRICTED, BASELINE):
        if next(judge(view, controls_at(level, (1, minor)), minor), None) is None:
            return level
    return PRIVILEGED


def check(control_id: str, pod_spec: Any, metadata: Any, *, version: Version = LATEST) -> Iterator[Violation]:
    """Run one control on a pod template's spec and metadata; paths start at the template.

    Yields nothing where the version does not have the control. Overrides do not count here.
    Raises `PolicyError` on a control or version that does not exist.
    """
    control = next((one for one in CONTROLS if one.id == control_id), None)
    if control is None:
        message = f"no such Pod Security Standards control: {control_id!r:.60}"
        raise PolicyError(message)
    minor = resolve_version(version).minor
    controls = (control,) if control.since <= minor else ()
    return judge(read_pod(pod_spec, metadata), controls, minor)


def judge(view: PodView, controls: Iterable[Control], minor: int, prefix: Path = ()) -> Iterator[Violation]:
    """Run controls on a pod that was read already; `prefix` is where its template stands."""
    present = view.field_names()
    for control in controls:
        if control.fields and present.isdisjoint(control.fields):
            continue
        for path, message, container, value in control.find(view, minor):
            yield Violation(control.id, control.level, prefix + path, message, container, value)


def _read(pod: Any) -> tuple[Path, PodView]:
    path = template_path(pod)
    template: dict[Any, Any] = mapping(pod) if path is not None else {}
    for key in path or ():
        template = mapping(template.get(key))
    return path or (), read_pod(template.get("spec"), template.get("metadata"))
