"""Where each kind keeps its pods, and the pods' containers with their roles.

Sources: Kubernetes API reference, "Workload resources"; KEP-753 (sidecar containers are init
containers with `restartPolicy: Always`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_py.model.assembled import follow
from kubelint_py.model.pod_shape import Template, templates
from kubelint_py.model.pod_template import POD_TEMPLATES, PodTemplates
from kubelint_py.model.pss import Violation, controls_at, judge
from kubelint_py.model.pss_pod import read_pod, show
from kubelint_py.model.pss_policy import Version, resolve_version
from kubelint_py.model.pss_rules import violations_by_rule
from kubelint_py.model.resource import Resource, string_map
from kubelint_py.source.document import Node

_LISTS = (("containers", "main"), ("initContainers", "init"), ("ephemeralContainers", "ephemeral"))
_TITLES = {"init": "init container", "sidecar": "init container", "ephemeral": "ephemeral container"}
_SYSTEM_LABELS = ("kubernetes.io/os", "beta.kubernetes.io/os")


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
    def label(self) -> str:
        """What messages call it, as the Pod Security Standards do: role and name, without a name its position."""
        title = _TITLES.get(self.role, "container")
        return f"{title} {show(self.name) if self.name else self.node.path[-1]}"

    @property
    def is_long_running(self) -> bool:
        """Whether the container runs as long as its pod: main containers and sidecars."""
        return self.role in {"main", "sidecar"}


class PodSpec:
    """The pod of a workload. `node` is the PodSpec, `template` the mapping with its `metadata`.

    In custom resources both may be put together from fields in several places; a field of theirs is always at
    the place where it is written. `sparse` and `partial` say what may be added: see `pod_shape.Template`.
    """

    __slots__ = (
        "_annotations",
        "_containers",
        "_labels",
        "_violations",
        "node",
        "partial",
        "resource",
        "sparse",
        "template",
    )

    def __init__(self, template: Template, resource: Resource) -> None:
        self.template, self.sparse, self.partial = template
        self.node = self.template.child("spec")
        self.resource = resource
        self._containers: tuple[Container, ...] | None = None
        self._labels: dict[str, str] | None = None
        self._annotations: dict[str, str] | None = None
        self._violations: dict[tuple[str, Version], dict[str, list[Violation]]] = {}

    def violations(self, rule: str, version: Version, level: str = "") -> list[Violation]:
        """Return what the Pod Security Standards say under the name of a rule; paths start at the template.

        Without a level each rule speaks for itself; with one, the controls of that level decide alone. A
        partial pod is not blamed for what it lacks.
        """
        return self._judged(version, level).get(rule, [])

    def judged(self, version: Version, level: str) -> list[Violation]:
        """Return every violation of a level's controls, in the order of the controls; paths start at the template."""
        minor = resolve_version(version).minor
        view = read_pod(self.node.value, self.template.child("metadata").value)
        return self._kept(judge(view, controls_at(level, (1, minor)), minor))

    def _judged(self, version: Version, level: str) -> dict[str, list[Violation]]:
        found = self._violations.get((level, version))
        if found is None:
            metadata = self.template.child("metadata").value
            found = violations_by_rule(self.node.value, metadata, level=level or None, version=version)
            if self.partial:
                found = {rule: self._kept(each) for rule, each in found.items()}
            self._violations[level, version] = found
        return found

    def _kept(self, found: Iterable[Violation]) -> list[Violation]:
        return [each for each in found if not self.partial or self.at(each).present]

    def at(self, violation: Violation) -> Node:
        """Return the field a violation is about."""
        return follow(self.template, violation.path)

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
        if self._labels is None:
            self._labels = string_map(self.template.at("metadata.labels").value)
        return self._labels

    @property
    def annotations(self) -> dict[str, str]:
        """Annotations the pods get from the template."""
        if self._annotations is None:
            self._annotations = string_map(self.template.at("metadata.annotations").value)
        return self._annotations

    @property
    def service_account(self) -> str:
        """Name of the ServiceAccount: `serviceAccountName`, else the old `serviceAccount`, else `default`."""
        return self.service_account_node.as_str or "default"

    @property
    def service_account_node(self) -> Node:
        """The field that names the ServiceAccount; where none does, the missing or empty `serviceAccountName`."""
        name, old = self.node.at("serviceAccountName"), self.node.at("serviceAccount")
        return old if old.as_str and not name.as_str else name

    @property
    def is_windows(self) -> bool:
        """Whether `spec.os.name` says windows; node selectors do not count."""
        return self.node.at("os.name").as_str == "windows"

    @property
    def runs_on_windows(self) -> bool:
        """Whether the pod says so, or asks for nodes that do; the Pod Security Standards look at the former only."""
        selector = self.node.at("nodeSelector")
        return self.is_windows or any(selector.child(name).value == "windows" for name in _SYSTEM_LABELS)


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


def workloads(resource: Resource, places: PodTemplates = POD_TEMPLATES) -> Iterator[Workload]:
    """Yield one workload for each pod template with a PodSpec; nothing for objects without pods."""
    for place in places.get((resource.group, resource.kind), ()):
        for template in templates(resource.node, place):
            yield Workload(resource, PodSpec(template, resource))
