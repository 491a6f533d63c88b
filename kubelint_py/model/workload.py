"""Where each kind keeps its pods, and the pods' containers with their roles.

Sources: Kubernetes API reference, "Workload resources"; KEP-753 (sidecar containers are init
containers with `restartPolicy: Always`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.model.pod_template import POD_TEMPLATES, WORKLOAD_KINDS
from kubelint_py.model.pss import Violation
from kubelint_py.model.pss_policy import Version
from kubelint_py.model.pss_rules import violations_by_rule
from kubelint_py.model.resource import Resource, string_map
from kubelint_py.source.document import Node

__all__ = ["POD_TEMPLATES", "ROLES", "WORKLOAD_KINDS", "Container", "PodSpec", "Workload", "workloads"]

ROLES = ("main", "init", "sidecar", "ephemeral")
_LISTS = (("containers", "main"), ("initContainers", "init"), ("ephemeralContainers", "ephemeral"))


class Container:
    """One container. `role` is main, init, sidecar or ephemeral."""

    __slots__ = ("name", "node", "pod", "role")

    def __init__(self, node: Node, role: str, pod: PodSpec) -> None:
        self.node = node
        self.role = role
        self.pod = pod
        self.name = node.at("name").as_str or ""

    def __repr__(self) -> str:
        return f"Container({self.name!r}, {self.role})"

    @property
    def resource(self) -> Resource:
        """The object the container belongs to."""
        return self.pod.resource

    @property
    def is_long_running(self) -> bool:
        """Whether the container runs as long as its pod: main containers and sidecars."""
        return self.role in {"main", "sidecar"}


class PodSpec:
    """The pod of a workload. `node` is the PodSpec, `template` the mapping with its `metadata`."""

    __slots__ = ("_containers", "_violations", "node", "resource", "template")

    def __init__(self, template: Node, resource: Resource) -> None:
        self.template = template
        self.node = template.at("spec")
        self.resource = resource
        self._containers: tuple[Container, ...] | None = None
        self._violations: dict[tuple[str, Version], dict[str, list[Violation]]] = {}

    def violations(self, rule: str, version: Version, level: str = "") -> list[Violation]:
        """Return what the Pod Security Standards say under the name of a rule; paths start at the template.

        Without a level each rule speaks for itself; with one, the controls of that level decide alone.
        """
        found = self._violations.get((level, version))
        if found is None:
            metadata = self.template.at("metadata").value
            found = violations_by_rule(self.node.value, metadata, level=level or None, version=version)
            self._violations[level, version] = found
        return found.get(rule, [])

    @property
    def containers(self) -> tuple[Container, ...]:
        """All containers: main, init, sidecar, ephemeral, in the order of the lists."""
        if self._containers is None:
            self._containers = tuple(self._find_containers())
        return self._containers

    def _find_containers(self) -> Iterator[Container]:
        for field, role in _LISTS:
            for node in self.node.child(field).items():
                if isinstance(node.value, dict):
                    sidecar = role == "init" and node.value.get("restartPolicy") == "Always"
                    yield Container(node, "sidecar" if sidecar else role, self)

    @property
    def labels(self) -> dict[str, str]:
        """Labels the pods get from the template."""
        return string_map(self.template.at("metadata.labels").value)

    @property
    def annotations(self) -> dict[str, str]:
        """Annotations the pods get from the template."""
        return string_map(self.template.at("metadata.annotations").value)

    @property
    def service_account(self) -> str:
        """Name of the ServiceAccount: `serviceAccountName`, else the old `serviceAccount`, else `default`."""
        at = self.node.at
        return at("serviceAccountName").as_str or at("serviceAccount").as_str or "default"

    @property
    def is_windows(self) -> bool:
        """Whether `spec.os.name` says windows; node selectors do not count."""
        return self.node.at("os.name").value == "windows"


class Workload:
    """An object that has pods, with one of its pod templates."""

    __slots__ = ("pod", "resource")

    def __init__(self, resource: Resource, pod: PodSpec) -> None:
        self.resource = resource
        self.pod = pod

    @property
    def kind(self) -> str:
        """Kind of the object."""
        return self.resource.kind


def workloads(resource: Resource) -> Iterator[Workload]:
    """Yield one workload for each pod template with a PodSpec; nothing for objects without pods."""
    for path in POD_TEMPLATES.get((resource.group, resource.kind), ()):
        template = resource.node.at(*path) if path else resource.node
        pod = PodSpec(template, resource)
        if isinstance(pod.node.value, dict):
            yield Workload(resource, pod)
