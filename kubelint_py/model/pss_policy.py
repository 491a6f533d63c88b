"""Levels, versions and namespace labels of Pod Security Admission.

Source: Kubernetes, "Pod Security Admission" and "Enforce Pod Security Standards with Namespace
Labels"; kubernetes/pod-security-admission 8f84a87c, package `api`.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

from kubelint_py.data.pss_allowed import NEWEST_MINOR
from kubelint_py.errors import KubelintError
from kubelint_py.model.pss_pod import mapping, text

PRIVILEGED, BASELINE, RESTRICTED = LEVELS = ("privileged", "baseline", "restricted")
"""From the weakest to the strictest."""

LATEST = "latest"
LABEL_PREFIX = "pod-security.kubernetes.io/"

_VERSION = re.compile(r"v?1\.(0|[1-9][0-9]{0,18})")
_MAX_INT64 = (1 << 63) - 1

Version = str | tuple[int, int]


class PolicyError(KubelintError, ValueError):
    """A level, a version or a control does not exist."""


class ResolvedVersion(NamedTuple):
    """The policy that judges: `minor` of 1.x, and whether a newer one was asked for than is known."""

    minor: int
    newer_than_known: bool


def resolve_version(version: Version) -> ResolvedVersion:
    """Return the policy version for `latest`, `v1.31`, `1.31` or `(1, 31)`.

    A version newer than known resolves to the newest known one. Raises `PolicyError` on anything else.
    """
    minor = _minor(version)
    if minor is None:
        message = f"not a Pod Security Standards version: {version!r:.60} (expected latest or v1.N)"
        raise PolicyError(message)
    return ResolvedVersion(min(minor, NEWEST_MINOR), minor > NEWEST_MINOR)


def _minor(version: Any) -> int | None:
    if isinstance(version, str):
        if version == LATEST:
            return NEWEST_MINOR
        match = _VERSION.fullmatch(version)
        version = (1, int(match[1])) if match else None
    if not (isinstance(version, tuple) and len(version) == 2 and all(type(part) is int for part in version)):
        return None
    return version[1] if version[0] == 1 and 0 <= version[1] <= _MAX_INT64 else None


class Mode(NamedTuple):
    """Level and version (`latest` or `v1.N`) that one of the modes judges by."""

    level: str = PRIVILEGED
    version: str = LATEST


class InvalidLabel(NamedTuple):
    """A namespace label whose value the API server refuses; `label` is the whole key."""

    label: str
    value: str
    message: str


class NamespacePolicy(NamedTuple):
    """What a namespace asks for in each mode, and the labels that say nothing valid."""

    enforce: Mode = Mode()
    audit: Mode = Mode()
    warn: Mode = Mode()
    invalid: tuple[InvalidLabel, ...] = ()


DEFAULT_POLICY = NamespacePolicy()
"""The admission controller's own defaults: everything is let through."""


def parse_labels(labels: Any, *, defaults: NamespacePolicy = DEFAULT_POLICY) -> NamespacePolicy:
    """Return the policy a namespace's labels amount to; `defaults` are those of the cluster.

    An invalid level means restricted for enforce and privileged for audit and warn; an invalid
    version means latest. Without a `warn` label a valid, stricter `enforce` also warns.
    A value that is not a string counts as the empty one, which is invalid. Never raises.
    """
    present = mapping(labels)
    invalid: list[InvalidLabel] = []
    enforce = _mode(present, "enforce", defaults.enforce, RESTRICTED, invalid)
    audit = _mode(present, "audit", defaults.audit, PRIVILEGED, invalid)
    warn = _mode(present, "warn", defaults.warn, PRIVILEGED, invalid)
    is_set = present.get(LABEL_PREFIX + "enforce") == enforce.level
    if is_set and LABEL_PREFIX + "warn" not in present and LEVELS.index(enforce.level) > LEVELS.index(warn.level):
        keeps_version = LABEL_PREFIX + "warn-version" in present
        warn = Mode(enforce.level, warn.version if keeps_version else enforce.version)
    return NamespacePolicy(enforce, audit, warn, tuple(invalid))


def _mode(labels: dict[Any, Any], name: str, default: Mode, fallback: str, invalid: list[InvalidLabel]) -> Mode:
    level, version = default
    key = LABEL_PREFIX + name
    if key in labels:
        level = text(labels[key])
        if level not in LEVELS:
            invalid.append(InvalidLabel(key, level, f"level must be one of {', '.join(LEVELS)}"))
            level = fallback
    key += "-version"
    if key in labels:
        version = text(labels[key])
        if not version.startswith(("v", LATEST)) or _minor(version) is None:
            invalid.append(InvalidLabel(key, version, "version must be latest or v1.N"))
            version = LATEST
    return Mode(level, version)
