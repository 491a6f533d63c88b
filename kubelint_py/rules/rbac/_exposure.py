"""Which workloads can be reached from outside of the cluster, and through what."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Bundle, Node, Resource, Workload
from kubelint_py.model.selector import matches_map

ROUTES = ("GRPCRoute", "HTTPRoute", "TCPRoute", "TLSRoute", "UDPRoute")
KINDS = ("Ingress", "Route", "Service", *ROUTES)
_GATEWAY = "gateway.networking.k8s.io"
_OPEN_TYPES = ("LoadBalancer", "NodePort")

Entry = tuple[Node, str]
"""The place that opens the way, and what it is."""


class Exposure:
    """The ways into the workloads of a set, by namespace and label of their Services."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle
        self._services: dict[tuple[str, str, str], list[Resource]] = {}
        self._entries: dict[tuple[str, str], Entry] = {}
        for service in bundle.of("", "Service"):
            self._add(service)
        for namespace, name, entry in self._routed():
            self._entries.setdefault((namespace, name), entry)

    def _add(self, service: Resource) -> None:
        namespace = self._bundle.namespace(service)
        selector = service.node.at("spec.selector").as_map or {}
        # Every label of a selector must be there, so that one of them finds all candidates.
        first = next(((key, value) for key, value in selector.items() if isinstance(value, str)), None)
        if first:
            self._services.setdefault((namespace, *first), []).append(service)
        kind = service.node.at("spec.type")
        if kind.value in _OPEN_TYPES:
            self._entries[namespace, service.name] = (kind, f"Service {service.name!r} of type {kind.value}")
        elif service.node.at("spec.externalIPs").as_list:
            place = service.node.at("spec.externalIPs")
            self._entries[namespace, service.name] = (place, f"Service {service.name!r} with external addresses")

    def of(self, workload: Workload) -> Entry | None:
        """Return how a workload is reached from outside, or None."""
        namespace, labels = self._bundle.namespace(workload.resource), workload.pod.labels
        for pair in labels.items():
            for service in self._services.get((namespace, *pair), ()):
                entry = self._entries.get((namespace, service.name))
                if entry and matches_map(service.node.at("spec.selector").value, labels):
                    return entry
        return None

    def _routed(self) -> Iterator[tuple[str, str, Entry]]:
        """Yield namespace and name of each Service that something routes to from outside, and what does."""
        for ingress in (*self._bundle.of("networking.k8s.io", "Ingress"), *self._bundle.of("extensions", "Ingress")):
            for node in _ingress_services(ingress.node.at("spec")):
                yield self._bundle.namespace(ingress), node.as_str or "", (node, f"Ingress {ingress.name!r}")
        for route in self._bundle.of(_GATEWAY, *ROUTES):
            for rule in route.node.at("spec.rules").items():
                for reference in rule.at("backendRefs").items():
                    namespace = reference.at("namespace").as_str or self._bundle.namespace(route)
                    if reference.at("kind").value in (None, "Service"):
                        place = reference.at("name")
                        yield namespace, place.as_str or "", (place, f"{route.kind} {route.name!r}")
        for route in self._bundle.of("route.openshift.io", "Route"):
            place = route.node.at("spec.to.name")
            yield self._bundle.namespace(route), place.as_str or "", (place, f"Route {route.name!r}")


def _ingress_services(spec: Node) -> Iterator[Node]:
    backends = [spec.at("defaultBackend"), spec.at("backend")]
    for rule in spec.at("rules").items():
        backends += [path.at("backend") for path in rule.at("http.paths").items()]
    for backend in backends:
        for field in ("service.name", "serviceName"):
            if backend.at(field).as_str:
                yield backend.at(field)
