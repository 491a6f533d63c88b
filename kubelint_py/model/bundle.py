"""All objects of one run, looked up by kind, name, namespace and selector.

A missing `metadata.namespace` is the configured default namespace for the engines (RBAC, network),
and unknown for rules about dangling things: `may_share_namespace` then says yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from kubelint_py.data.pod_templates import CUSTOM
from kubelint_py.model.pod_template import POD_TEMPLATES, PodTemplates
from kubelint_py.model.resource import Resource
from kubelint_py.model.selector import matches_map
from kubelint_py.model.workload import Workload, workloads

if TYPE_CHECKING:
    from kubelint_py.model.network import Isolation
    from kubelint_py.model.rbac import Permissions

T = TypeVar("T")
_BUILT_IN_SUFFIX = ".k8s.io"
_BUILT_IN_GROUPS = frozenset({"", "apps", "autoscaling", "batch", "extensions", "policy"})


class Bundle:
    """The objects of a run. `resources` keeps the order of the inputs.

    `is_external` tells by kind and name whether an object is known to exist elsewhere.
    """

    def __init__(
        self,
        resources: Iterable[Resource],
        *,
        namespace: str = "default",
        places: PodTemplates = POD_TEMPLATES,
        is_external: Callable[[str, str], bool] = lambda _kind, _name: False,
    ) -> None:
        self.resources = tuple(resources)
        self.default_namespace = namespace
        self.is_external = is_external
        self._places = places
        self._by_kind: dict[str, list[Resource]] = {}
        for resource in self.resources:
            self._by_kind.setdefault(resource.kind, []).append(resource)

    @property
    def kinds(self) -> KeysView[str]:
        """The kinds there are objects of."""
        return self._by_kind.keys()

    def of(self, group: str, *kinds: str) -> Iterator[Resource]:
        """Yield the objects of an API group and these kinds."""
        for kind in kinds:
            for resource in self._by_kind.get(kind, ()):
                if resource.group == group:
                    yield resource

    def namespace(self, resource: Resource) -> str:
        """Return the namespace the API server would put a namespaced object in."""
        return resource.namespace or self.default_namespace

    def find(self, group: str, kind: str, namespace: str, name: str) -> Resource | None:
        """Return the object of this name; `namespace` is "" for cluster-scoped kinds."""
        for resource in self.of(group, kind):
            if resource.name == name and (not namespace or self.namespace(resource) == namespace):
                return resource
        return None

    @cached_property
    def workloads(self) -> tuple[Workload, ...]:
        """Every pod template of Kubernetes' own kinds."""
        return tuple(each for each in self.all_workloads if not is_custom(each.resource))

    @cached_property
    def all_workloads(self) -> tuple[Workload, ...]:
        """Every pod template of the set; in custom resources, their controllers may add to the labels."""
        return tuple(workload for resource in self.resources for workload in workloads(resource, self._places))

    @cached_property
    def by_label(self) -> dict[tuple[str, str], list[Workload]]:
        """The workloads by each label of their pods."""
        found: dict[tuple[str, str], list[Workload]] = {}
        for workload in self.workloads:
            for pair in workload.pod.labels.items():
                found.setdefault(pair, []).append(workload)
        return found

    @cached_property
    def objects(self) -> list[dict[str, Any]]:
        """The objects as plain data; positions match `resources`."""
        return [resource.data for resource in self.resources]

    @cached_property
    def isolation(self) -> Isolation:
        """The network policies of the set, evaluated."""
        from kubelint_py.model.network import Isolation  # noqa: PLC0415  most runs need no evaluator

        return Isolation(self.objects, namespace=self.default_namespace)

    @cached_property
    def permissions(self) -> Permissions:
        """The roles and bindings of the set, evaluated."""
        from kubelint_py.model.rbac import Permissions  # noqa: PLC0415  most runs need no evaluator

        return Permissions(self.objects, namespace=self.default_namespace)

    def selected(self, selector: object, near: Resource) -> Iterator[Workload]:
        """Yield the workloads whose pods a plain label map selects, in a namespace that may be `near`'s."""
        pairs = selector.items() if isinstance(selector, Mapping) else ()
        shared = (self.by_label.get((key, value or ""), []) for key, value in pairs if isinstance(value, str | None))
        for workload in min(shared, key=len, default=[]):
            if may_share_namespace(workload.resource, near) and matches_map(selector, workload.pod.labels):
                yield workload


def is_custom(resource: Resource) -> bool:
    """Whether the kind is defined by a CustomResourceDefinition rather than by Kubernetes."""
    group = resource.group
    if (group, resource.kind) in CUSTOM:
        return True
    return group not in _BUILT_IN_GROUPS and not group.endswith(_BUILT_IN_SUFFIX)


def may_share_namespace(one: Resource, other: Resource) -> bool:
    """Whether two namespaced objects can be in one namespace; an unwritten namespace may be any."""
    return not one.namespace or not other.namespace or one.namespace == other.namespace


def within_reach(filed: Mapping[str, T], namespace: str) -> Iterator[T]:
    """Yield what is filed under the namespaces that `may_share_namespace` would say yes to."""
    if not namespace:
        return iter(filed.values())
    return (filed[each] for each in ("", namespace) if each in filed)
