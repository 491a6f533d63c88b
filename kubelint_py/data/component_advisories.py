"""Versions of well-known cluster components with a published flaw.

What is here holds rights in the cluster or answers for it, and the flaw is there as the component is usually
installed and lets somebody read, change or run what they must not. The list is short on purpose: it is no
replacement for a scanner of images. Repositories are exact; other builds may have a fix of their own.

Sources, read in November 2026: the advisory or CVE that each entry names, in the GitHub Advisory Database, the Go
vulnerability database, NVD, and the projects' own announcements. `published` is the day of the advisory, or its month
where sources differ by days.
"""

from __future__ import annotations

from typing import NamedTuple


class Advisory(NamedTuple):
    """A flaw. `versions` are pairs of the first version that has it, "" for any, and the first without it."""

    id: str
    published: str
    what: str
    versions: tuple[tuple[str, str], ...]


class Component(NamedTuple):
    """A program, the repositories of its images, and its advisories, the newest first."""

    name: str
    repositories: tuple[str, ...]
    advisories: tuple[Advisory, ...]


COMPONENTS = (
    Component(
        "ingress-nginx",
        (
            "registry.k8s.io/ingress-nginx/controller",
            "registry.k8s.io/ingress-nginx/controller-chroot",
            "k8s.gcr.io/ingress-nginx/controller",
            "k8s.gcr.io/ingress-nginx/controller-chroot",
            "quay.io/kubernetes-ingress-controller/nginx-ingress-controller",
            "docker.io/bitnami/nginx-ingress-controller",
        ),
        (
            Advisory(
                "CVE-2025-1974",
                "2025-03-24",
                "anybody on the pod network can run code in the controller",
                (("", "1.11.5"), ("1.12.0-beta.0", "1.12.1")),
            ),
        ),
    ),
    Component(
        "Argo CD",
        ("quay.io/argoproj/argocd", "docker.io/argoproj/argocd", "docker.io/bitnami/argo-cd"),
        (
            Advisory(
                "CVE-2026-42880",
                "2026-05-07",
                "readers of an application can read Secrets of the cluster",
                (("3.2.0", "3.2.11"), ("3.3.0", "3.3.9")),
            ),
            Advisory(
                "CVE-2025-55190",
                "2025-09",
                "project tokens can read the credentials of repositories",
                (("2.13.0", "2.13.9"), ("2.14.0", "2.14.16"), ("3.0.0-rc1", "3.0.14"), ("3.1.0-rc1", "3.1.2")),
            ),
            Advisory(
                "CVE-2024-31989",
                "2024-05-21",
                "pods that reach its Redis can change what is deployed",
                (("", "2.8.19"), ("2.9.0-rc1", "2.9.15"), ("2.10.0-rc1", "2.10.10"), ("2.11.0-rc1", "2.11.1")),
            ),
            Advisory(
                "CVE-2022-24348",
                "2022-02-07",
                "charts can read files of other applications",
                (("", "2.1.9"), ("2.2.0", "2.2.4")),
            ),
        ),
    ),
    Component(
        "Argo Workflows",
        ("quay.io/argoproj/argocli",),
        (
            Advisory(
                "CVE-2026-28229",
                "2026-03",
                "anybody who reaches the server can read workflow templates",
                (("", "3.7.11"), ("4.0.0", "4.0.2")),
            ),
        ),
    ),
    Component(
        "Argo Events",
        ("quay.io/argoproj/argo-events",),
        (
            Advisory(
                "CVE-2025-32445",
                "2025-04",
                "makers of EventSources and Sensors can start privileged containers",
                (("", "1.9.6"),),
            ),
        ),
    ),
    Component(
        "Kyverno",
        ("ghcr.io/kyverno/kyverno", "reg.kyverno.io/kyverno/kyverno"),
        (
            Advisory(
                "CVE-2026-22039",
                "2026-01-27",
                "makers of namespaced policies act with its rights in other namespaces",
                (("", "1.15.3"), ("1.16.0-rc.1", "1.16.3")),
            ),
            Advisory(
                "CVE-2022-47633",
                "2022-12",
                "a registry can pass unsigned images as signed",
                (("1.8.3", "1.8.5"),),
            ),
        ),
    ),
    Component(
        "Flux kustomize-controller",
        ("ghcr.io/fluxcd/kustomize-controller", "docker.io/fluxcd/kustomize-controller"),
        (
            Advisory(
                "CVE-2022-24877",
                "2022-05",
                "a kustomization can read files of the controller",
                (("", "0.24.0"),),
            ),
        ),
    ),
    Component(
        "Grafana",
        (
            "docker.io/grafana/grafana",
            "docker.io/grafana/grafana-oss",
            "docker.io/grafana/grafana-enterprise",
            "docker.io/bitnami/grafana",
        ),
        (
            Advisory(
                "CVE-2022-39328",
                "2022-11-08",
                "requests without a login can reach endpoints that need one",
                (("9.2.0", "9.2.4"),),
            ),
            Advisory(
                "CVE-2021-43798",
                "2021-12",
                "anybody who reaches it can read its files",
                (("8.0.0-beta1", "8.0.7"), ("8.1.0", "8.1.8"), ("8.2.0", "8.2.7"), ("8.3.0", "8.3.1")),
            ),
        ),
    ),
    Component(
        "Traefik",
        ("docker.io/library/traefik", "docker.io/traefik/traefik"),
        (
            Advisory(
                "CVE-2024-45410",
                "2024-09-19",
                "clients can remove the headers that tell who they are",
                (("", "2.11.9"), ("3.0.0-beta3", "3.1.3")),
            ),
        ),
    ),
    Component(
        "Istio",
        ("docker.io/istio/pilot", "gcr.io/istio-release/pilot"),
        (
            Advisory(
                "CVE-2022-23635",
                "2022-02-22",
                "anybody who reaches the control plane can stop it",
                (("", "1.11.7"), ("1.12.0", "1.12.4"), ("1.13.0", "1.13.1")),
            ),
        ),
    ),
    Component(
        "Contour",
        ("ghcr.io/projectcontour/contour", "docker.io/projectcontour/contour"),
        (
            Advisory(
                "CVE-2021-32783",
                "2021-08-30",
                "a Service can reach the administration of its Envoy",
                (("", "1.14.2"), ("1.15.0", "1.15.2"), ("1.16.0", "1.16.1"), ("1.17.0", "1.17.1")),
            ),
        ),
    ),
    Component(
        "Rancher",
        ("docker.io/rancher/rancher",),
        (
            Advisory(
                "CVE-2021-36782",
                "2022-08-18",
                "users can read credentials of clusters",
                (("2.5.0", "2.5.16"), ("2.6.0", "2.6.7")),
            ),
        ),
    ),
    Component(
        "Longhorn",
        ("docker.io/longhornio/longhorn-manager",),
        (
            Advisory(
                "CVE-2021-36779",
                "2021-12",
                "pods can run commands on the nodes",
                (("", "1.1.3"), ("1.2.0", "1.2.3")),
            ),
        ),
    ),
    Component(
        "Harbor",
        ("docker.io/goharbor/harbor-core",),
        (
            Advisory(
                "CVE-2019-16097",
                "2019-09",
                "anybody who may register can become an administrator",
                (("1.7.0", "1.7.6"), ("1.8.0", "1.8.3")),
            ),
        ),
    ),
    Component(
        "Apache APISIX Dashboard",
        ("docker.io/apache/apisix-dashboard",),
        (
            Advisory(
                "CVE-2021-45232",
                "2021-12-27",
                "anybody who reaches it can change routes",
                (("2.7.0", "2.10.1"),),
            ),
        ),
    ),
    Component(
        "Kubernetes dashboard",
        ("k8s.gcr.io/kubernetes-dashboard-amd64", "gcr.io/google_containers/kubernetes-dashboard-amd64"),
        (
            Advisory(
                "CVE-2018-18264",
                "2019-01",
                "anybody who reaches it can read its Secrets",
                (("", "1.10.1"),),
            ),
        ),
    ),
)
