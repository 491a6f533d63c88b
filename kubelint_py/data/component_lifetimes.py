"""Cluster components that get no more fixes, as a whole or up to a version.

Repositories are exact: other builds of a program may still be looked after. Each entry names the project's own
announcement or support policy. Read in November 2026; where the exact day is not known, `since` is a month.
"""

from __future__ import annotations

from typing import NamedTuple


class Ended(NamedTuple):
    """A component without further fixes since a day or month.

    `versions` is the first version meant, "" for any, and the first that is not; None for all versions, unnamed
    ones included. `instead` says what to do, `source` who says that it has ended.
    """

    name: str
    repositories: tuple[str, ...]
    since: str
    instead: str
    source: str
    versions: tuple[str, str] | None = None


_ALLOY = "use Grafana Alloy"
_ARCHITECTURES = ("amd64", "arm", "arm64", "ppc64le", "s390x")


def _each(prefix: str, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(prefix + name for name in names)


ENDED = (
    Ended(
        "ingress-nginx",
        (
            "registry.k8s.io/ingress-nginx/controller",
            "registry.k8s.io/ingress-nginx/controller-chroot",
            "k8s.gcr.io/ingress-nginx/controller",
            "k8s.gcr.io/ingress-nginx/controller-chroot",
            "quay.io/kubernetes-ingress-controller/nginx-ingress-controller",
            "docker.io/bitnami/nginx-ingress-controller",
        ),
        "2026-03",
        "use the Gateway API or another ingress controller",
        'Kubernetes blog, "Ingress NGINX Retirement: What You Need to Know", 2025-11-11',
    ),
    Ended(
        "Kubernetes dashboard",
        (
            *_each(
                "docker.io/kubernetesui/",
                (
                    "dashboard",
                    "dashboard-api",
                    "dashboard-auth",
                    "dashboard-metrics-scraper",
                    "dashboard-web",
                    "metrics-scraper",
                ),
            ),
            *_each("k8s.gcr.io/kubernetes-dashboard-", _ARCHITECTURES),
            *_each("gcr.io/google_containers/kubernetes-dashboard-", _ARCHITECTURES),
        ),
        "2026-01",
        "use Headlamp",
        "notice of the archived repository kubernetes-retired/dashboard",
    ),
    Ended(
        "Tiller",
        ("ghcr.io/helm/tiller", "gcr.io/kubernetes-helm/tiller"),
        "2020-11-13",
        "use a current Helm, which needs no server",
        'Helm blog, "Helm v2 Deprecation Timeline"',
    ),
    Ended(
        "Heapster",
        (
            *_each("k8s.gcr.io/heapster-", _ARCHITECTURES),
            *_each("gcr.io/google_containers/heapster-", _ARCHITECTURES),
        ),
        "2018-12",
        "use metrics-server",
        "Heapster deprecation timeline, kubernetes-retired/heapster",
    ),
    Ended(
        "kaniko",
        ("gcr.io/kaniko-project/executor", "gcr.io/kaniko-project/warmer"),
        "2025-06-03",
        "use a maintained builder",
        "notice of the archived repository GoogleContainerTools/kaniko",
    ),
    Ended(
        "Grafana Agent",
        _each("docker.io/grafana/", ("agent", "agent-operator", "agentctl")),
        "2025-11-01",
        _ALLOY,
        'Grafana documentation, "Grafana Agent", end of life',
    ),
    Ended(
        "Promtail",
        ("docker.io/grafana/promtail",),
        "2026-03-02",
        _ALLOY,
        'Grafana Loki documentation, "Promtail agent", end of life',
    ),
    Ended(
        "Jaeger 1",
        _each(
            "docker.io/jaegertracing/",
            ("all-in-one", "jaeger-agent", "jaeger-collector", "jaeger-ingester", "jaeger-query"),
        ),
        "2025-12-31",
        "use Jaeger 2",
        "Jaeger issue 6321, end of life of v1",
    ),
    Ended(
        "Weave Net",
        _each("docker.io/weaveworks/", ("weave-kube", "weave-npc")),
        "2024-06",
        "use a maintained network plugin",
        "notice of the archived repository weaveworks/weave",
    ),
    Ended(
        "Flux 1",
        ("docker.io/fluxcd/flux", "docker.io/fluxcd/helm-operator"),
        "2022-11-01",
        "use Flux 2",
        'Flux documentation, "Flux v1 to v2 migration and support timetable"',
    ),
    Ended(
        "Open Service Mesh",
        _each(
            "docker.io/openservicemesh/",
            ("osm-bootstrap", "osm-controller", "osm-injector", "osm-crds"),
        ),
        "2023-05-04",
        "use a maintained mesh",
        'Open Service Mesh blog, "OSM Project Update"',
    ),
    Ended(
        "AAD Pod Identity",
        _each("mcr.microsoft.com/oss/azure/aad-pod-identity/", ("mic", "nmi"))
        + _each("mcr.microsoft.com/k8s/aad-pod-identity/", ("mic", "nmi")),
        "2023-09",
        "use Microsoft Entra Workload ID",
        "notice of the archived repository Azure/aad-pod-identity",
    ),
    Ended(
        "Traefik",
        ("docker.io/library/traefik", "docker.io/traefik/traefik"),
        "2024-02-12",
        "use a supported version",
        'Traefik documentation, "Releases"',
        ("", "2.11.0"),
    ),
    Ended(
        "Traefik",
        ("docker.io/library/traefik", "docker.io/traefik/traefik"),
        "2025-11-07",
        "use a supported version",
        'Traefik documentation, "Releases"',
        ("3.0.0", "3.6.0"),
    ),
    Ended(
        "Argo CD",
        ("quay.io/argoproj/argocd", "docker.io/argoproj/argocd", "docker.io/bitnami/argo-cd"),
        "2026-08-04",
        "use a supported version",
        "Argo CD security policy, supported versions: the three newest minor releases, of which 3.5 is the last",
        ("", "3.3.0"),
    ),
    Ended(
        "Istio",
        _each("docker.io/istio/", ("install-cni", "pilot", "proxyv2", "ztunnel"))
        + _each("gcr.io/istio-release/", ("install-cni", "pilot", "proxyv2", "ztunnel")),
        "2025-12-22",
        "use a supported version",
        'Istio documentation, "Supported Releases"',
        ("", "1.27.0"),
    ),
    Ended(
        "cert-manager",
        _each(
            "quay.io/jetstack/cert-manager-",
            ("acmesolver", "cainjector", "controller", "webhook"),
        ),
        "2025-05-19",
        "use a supported version",
        'cert-manager documentation, "Supported Releases"',
        ("", "1.15.0"),
    ),
    Ended(
        "Kubernetes",
        _each(
            "registry.k8s.io/",
            ("kube-apiserver", "kube-controller-manager", "kube-proxy", "kube-scheduler"),
        ),
        "2025-11-11",
        "use a supported version",
        'Kubernetes documentation, "Patch Releases", non-active branch history',
        ("", "1.32.0"),
    ),
)
