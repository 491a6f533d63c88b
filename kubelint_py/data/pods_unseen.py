"""What a set of manifests does not show of pods: which custom kinds may create some, which labels appear later.

Beside a custom object that may create pods, "nothing matches" means little; beside one listed here it still does.
Source: the API references of the projects, read in August 2026. What is not listed here may create pods.
"""

from __future__ import annotations

GROUPS = frozenset(
    {
        "acme.cert-manager.io",
        "bitnami.com",
        "cert-manager.io",
        "cilium.io",
        "configuration.konghq.com",
        "constraints.gatekeeper.sh",
        "crd.antrea.io",
        "crd.projectcalico.org",
        "external-secrets.io",
        "generators.external-secrets.io",
        "kyverno.io",
        "metallb.io",
        "networking.istio.io",
        "policies.kyverno.io",
        "policy.linkerd.io",
        "projectcalico.org",
        "secrets-store.csi.x-k8s.io",
        "secrets.hashicorp.com",
        "security.istio.io",
        "source.toolkit.fluxcd.io",
        "telemetry.istio.io",
        "templates.gatekeeper.sh",
        "traefik.containo.us",
        "traefik.io",
        "trust.cert-manager.io",
        "vpcresources.k8s.aws",
    }
)
"""API groups without any such kind."""

KINDS = frozenset(
    {
        ("argoproj.io", "AppProject"),
        ("keda.sh", "ClusterTriggerAuthentication"),
        ("keda.sh", "ScaledObject"),
        ("keda.sh", "TriggerAuthentication"),
        ("monitoring.coreos.com", "AlertmanagerConfig"),
        ("monitoring.coreos.com", "PodMonitor"),
        ("monitoring.coreos.com", "Probe"),
        ("monitoring.coreos.com", "PrometheusRule"),
        ("monitoring.coreos.com", "ScrapeConfig"),
        ("monitoring.coreos.com", "ServiceMonitor"),
    }
)
"""Such kinds of API groups that have others too."""

DEPLOYERS = frozenset(
    {
        ("argoproj.io", "Application"),
        ("argoproj.io", "ApplicationSet"),
        ("helm.cattle.io", "HelmChart"),
        ("helm.toolkit.fluxcd.io", "HelmRelease"),
        ("kustomize.toolkit.fluxcd.io", "Kustomization"),
    }
)
"""Kinds whose controllers create what other manifests say, in any namespace."""

SYSTEM_LABELS = frozenset(
    {"coredns", "etcd", "kube-apiserver", "kube-controller-manager", "kube-dns", "kube-proxy", "kube-scheduler"}
)
"""Values of labels by which the pods of Kubernetes itself are known; whoever installs the cluster creates them."""

LEADER_LABELS = frozenset(
    {
        "cnpg.io/instanceRole",
        "openbao-active",
        "openbao-initialized",
        "openbao-sealed",
        "spilo-role",
        "vault-active",
        "vault-initialized",
        "vault-perf-standby",
        "vault-sealed",
    }
)
"""Labels that programs put on their own pods while they run, to mark which one leads."""

LEADER_VALUES = frozenset({"leader", "master", "primary", "replica", "secondary", "slave", "standby"})
"""Values of a label called `role` that do the same."""
