"""Which rule says which violation of the Pod Security Standards.

Each violation belongs to exactly one rule that covers it; rules that narrow another one repeat
some of its violations with a stronger word.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from kubelint_py.data.pss_allowed import DANGEROUS_CAPABILITIES
from kubelint_py.model.pss import CONTROLS, Violation, controls_at, judge
from kubelint_py.model.pss_pod import read_pod
from kubelint_py.model.pss_policy import BASELINE, LATEST, RESTRICTED, Version, resolve_version


class RuleControls(NamedTuple):
    """The controls a rule speaks for, at which level it does so on its own, and which of their violations.

    `narrows` names the rule that covers the same violations, for a rule that only stresses some of them.
    """

    level: str
    controls: tuple[str, ...]
    matches: Callable[[Violation], bool] = lambda _: True
    narrows: str = ""


_CAPABILITY = "capability-beyond-baseline"
_SECCOMP = ("seccompProfile_baseline", "seccompProfile_restricted")


def _at(key: str) -> Callable[[Violation], bool]:
    return lambda violation: key in violation.path


def _names_a_profile(violation: Violation) -> bool:
    return violation.level == BASELINE or bool(violation.value)


def plain_capability(name: str) -> str:
    """Return the name of a capability in upper case and without `CAP_`, as runtimes understand it."""
    return name.upper().removeprefix("CAP_")


def _added(names: frozenset[str]) -> RuleControls:
    def matches(violation: Violation) -> bool:
        return plain_capability(str(violation.value)) in names

    return RuleControls(BASELINE, ("capabilities_baseline",), matches, _CAPABILITY)


RULE_CONTROLS: dict[str, RuleControls] = {
    "privileged-container": RuleControls(BASELINE, ("privileged",)),
    "host-pid": RuleControls(BASELINE, ("hostNamespaces",), _at("hostPID")),
    "host-ipc": RuleControls(BASELINE, ("hostNamespaces",), _at("hostIPC")),
    "host-network": RuleControls(BASELINE, ("hostNamespaces",), _at("hostNetwork")),
    "host-path-volume": RuleControls(BASELINE, ("hostPathVolumes",)),
    "host-port": RuleControls(BASELINE, ("hostPorts",)),
    _CAPABILITY: RuleControls(BASELINE, ("capabilities_baseline",)),
    "dangerous-capability-added": _added(DANGEROUS_CAPABILITIES),
    "sys-admin-capability": _added(frozenset({"SYS_ADMIN", "ALL"})),
    "sys-module-capability": _added(frozenset({"SYS_MODULE"})),
    "net-raw-capability-added": _added(frozenset({"NET_RAW"})),
    "unmasked-proc-mount": RuleControls(BASELINE, ("procMount", "procMount_restricted")),
    "unsafe-sysctl": RuleControls(BASELINE, ("sysctls",)),
    "selinux-custom-options": RuleControls(BASELINE, ("seLinuxOptions",)),
    "apparmor-overridden": RuleControls(BASELINE, ("appArmorProfile",)),
    "seccomp-unconfined": RuleControls(BASELINE, _SECCOMP, _names_a_profile),
    "windows-host-process": RuleControls(BASELINE, ("windowsHostProcess",)),
    "probe-host-set": RuleControls(BASELINE, ("hostProbesAndHostLifecycle",)),
    "run-as-root-allowed": RuleControls(RESTRICTED, ("runAsNonRoot",)),
    "run-as-root-user": RuleControls(RESTRICTED, ("runAsUser",)),
    "privilege-escalation-allowed": RuleControls(RESTRICTED, ("allowPrivilegeEscalation",)),
    "capabilities-not-dropped": RuleControls(RESTRICTED, ("capabilities_restricted",), _at("drop")),
    "capability-added": RuleControls(RESTRICTED, ("capabilities_restricted",), _at("add")),
    "seccomp-profile-missing": RuleControls(RESTRICTED, _SECCOMP[1:], lambda violation: not violation.value),
    "restricted-volume-type": RuleControls(RESTRICTED, ("restrictedVolumes",)),
}
"""By rule id. All rules of the Pod Security Standards are here."""

_RULES_OF_CONTROL = {
    control.id: tuple((rule, chosen) for rule, chosen in RULE_CONTROLS.items() if control.id in chosen.controls)
    for control in CONTROLS
}


def violations_by_rule(
    pod_spec: Any, metadata: Any, *, level: str | None = None, version: Version = LATEST
) -> dict[str, list[Violation]]:
    """Judge a pod template once for all rules; rules without violations are absent. Paths start at the template.

    With a level, the controls of that level decide alone and each violation stands under the one
    rule that covers it. Without, each rule speaks for the controls of its own level, overridden or
    not, and narrowing rules speak as well. Raises `PolicyError` on a level or version that does not exist.
    """
    minor = resolve_version(version).minor
    own = tuple(control for control in CONTROLS if control.since <= minor)
    controls = own if level is None else controls_at(level, (1, minor))
    found: dict[str, list[Violation]] = {}
    for violation in judge(read_pod(pod_spec, metadata), controls, minor):
        for rule, chosen in _RULES_OF_CONTROL[violation.control]:
            speaks = not chosen.narrows if level else chosen.level == violation.level
            if speaks and chosen.matches(violation):
                found.setdefault(rule, []).append(violation)
    return found
