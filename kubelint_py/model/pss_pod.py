"""A pod template as the controls of the Pod Security Standards see it.

Null counts as unset, and so does a value of a type that the API server would refuse to decode;
a present but empty object is set. A list item that is null or of a wrong type is the zero value,
as Go decodes null. Nothing here raises on plain data of any shape.
Source: kubernetes/pod-security-admission 8f84a87c.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from kubelint_py.data.pod_templates import BUILT_IN
from kubelint_py.source.document import Path

TEMPLATE_PATHS: dict[str, Path] = {
    kind: places[0].path for (group, kind), places in BUILT_IN.items() if group in {"", "apps", "batch"}
}
"""Where each built-in kind keeps `metadata` and `spec` of its pods."""

_CONTAINER_LISTS = (
    ("initContainers", "init container"),
    ("containers", "container"),
    ("ephemeralContainers", "ephemeral container"),
)
_SHOWN = 40


def mapping(value: Any) -> dict[str, Any]:
    """Return a mapping as it is, and an empty one for anything else."""
    return value if isinstance(value, dict) else {}


def items(value: Any) -> list[Any]:
    """Return a list as it is, and an empty one for anything else."""
    return value if isinstance(value, list) else []


def text(value: Any) -> str:
    """Return a string as it is, and the empty one for anything else."""
    return value if isinstance(value, str) else ""


def show(value: str) -> str:
    """Quote a value for a message, shortened."""
    return repr(value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…")


def template_path(pod: Any) -> Path | None:
    """Return where the pod template of an object is, or None for a kind without pods.

    An object without a kind is a template itself: `{metadata, spec}`.
    """
    kind = mapping(pod).get("kind")
    return TEMPLATE_PATHS.get(kind) if isinstance(kind, str) and kind else ()


class Offence(NamedTuple):
    """A place a control objects to. `path` starts at the template; `value` is what was found, None for nothing."""

    path: Path
    message: str
    container: str
    value: str | int | None


class Scope(NamedTuple):
    """What has a security context: the pod (`role` is "") or one of its containers."""

    role: str
    path: Path
    name: str
    data: dict[str, Any]
    security: dict[str, Any]

    @property
    def label(self) -> str:
        """How messages call it."""
        if not self.role:
            return "pod"
        return f"{self.role} {show(self.name) if self.name else self.path[-1]}"

    def offence(self, message: str, value: str | int | None, *keys: str | int) -> Offence:
        """Return an offence at the field under `keys`; the message follows the label."""
        return Offence((*self.path, *keys), f"{self.label} {message}", self.name, value)

    def insecure(self, message: str, value: str | int | None, *keys: str | int) -> Offence:
        """Return an offence at the field of the security context under `keys`."""
        return self.offence(message, value, "securityContext", *keys)


class PodView(NamedTuple):
    """Pod-level fields and containers (init, regular, ephemeral); `scopes` is the pod, then its containers."""

    spec: dict[str, Any]
    annotations: dict[str, Any]
    pod: Scope
    containers: list[Scope]
    scopes: list[Scope]

    def field_names(self) -> set[str]:
        """Return the names of all fields at pod, container and security context level, and `annotations`."""
        names = set(self.spec)
        for scope in self.scopes:
            names.update(scope.data, scope.security)
        if self.annotations:
            names.add("annotations")
        return names


def read_pod(pod_spec: Any, metadata: Any) -> PodView:
    """Return the view of a pod template's spec and metadata."""
    spec = mapping(pod_spec)
    pod = Scope("", ("spec",), "", spec, mapping(spec.get("securityContext")))
    containers = []
    for field, role in _CONTAINER_LISTS:
        for index, item in enumerate(items(spec.get(field))):
            data = mapping(item)
            security = mapping(data.get("securityContext"))
            containers.append(Scope(role, ("spec", field, index), text(data.get("name")), data, security))
    return PodView(spec, mapping(mapping(metadata).get("annotations")), pod, containers, [pod, *containers])
