"""Places of a node that matter when a pod mounts them.

Sources, as of November 2026: Filesystem Hierarchy Standard 3.0; Kubernetes documentation, "PKI certificates and
requirements", "Installing kubeadm" and "Kubelet files and directories"; documentation of K3s, RKE2, k0s and
MicroK8s, of cloud-init, and of the command lines and cloud providers of AWS, Azure, Google Cloud and Oracle Cloud.
"""

from __future__ import annotations

from typing import NamedTuple


class Sensitive(NamedTuple):
    """A place and what it is. With `alone` what is below it does not count."""

    path: str
    what: str
    alone: bool = False


_PROGRAMS = "the programs and libraries of the node"
_CONTAINERS = "the files of all containers on the node"

SENSITIVE = (
    Sensitive("/etc", "the configuration of the node"),
    Sensitive("/var/lib/kubelet", "the volumes and credentials of all pods on the node"),
    Sensitive("/var/lib/etcd", "the database of the cluster"),
    Sensitive("/var/lib/docker", _CONTAINERS),
    Sensitive("/var/lib/containerd", _CONTAINERS),
    Sensitive("/var/lib/containers", _CONTAINERS),
    Sensitive("/var/lib/rancher", "the state of the Kubernetes distribution"),
    Sensitive("/var/lib/k0s", "the state of the Kubernetes distribution"),
    Sensitive("/var/snap/microk8s", "the state of the Kubernetes distribution"),
    Sensitive("/run/systemd", "what controls the services of the node"),
    Sensitive("/run/dbus", "what controls the services of the node"),
    Sensitive("/proc", "what the kernel shows of all processes"),
    Sensitive("/sys", "the settings of the kernel and its devices"),
    Sensitive("/dev", "the devices of the node", alone=True),
    Sensitive("/dev/disk", "the disks of the node"),
    Sensitive("/dev/mapper", "the disks of the node"),
    Sensitive("/dev/mem", "the memory of the node"),
    Sensitive("/dev/kmem", "the memory of the node"),
    Sensitive("/boot", "the kernel and its boot loader"),
    Sensitive("/usr", _PROGRAMS),
    Sensitive("/bin", _PROGRAMS),
    Sensitive("/sbin", _PROGRAMS),
    Sensitive("/lib", _PROGRAMS),
    Sensitive("/lib64", _PROGRAMS),
    Sensitive("/opt/cni", "the network plugins that the node runs as root"),
    Sensitive("/var/spool/cron", "the scheduled commands of the node"),
    Sensitive("/root", "the home of root"),
    Sensitive("/home", "the homes of users"),
)
"""`/var/run` is a link to `/run`, so the table has only the latter."""

HARMLESS = (
    "/etc/ca-certificates",
    "/etc/hostname",
    "/etc/localtime",
    "/etc/machine-id",
    "/etc/nsswitch.conf",
    "/etc/os-release",
    "/etc/pki/ca-trust",
    "/etc/pki/tls/certs",
    "/etc/ssl/certs",
    "/etc/timezone",
    "/lib/modules",
    "/usr/lib/modules",
    "/usr/lib/os-release",
    "/usr/local/share/ca-certificates",
    "/usr/share/ca-certificates",
    "/usr/share/zoneinfo",
    "/var/lib/kubelet/device-plugins",
    "/var/lib/kubelet/plugins",
    "/var/lib/kubelet/plugins_registry",
    "/var/lib/kubelet/pod-resources",
)
"""Below sensitive places: public facts about the node, and where the kubelet expects plugins to be."""

WINDOWS = (
    Sensitive("/windows", "the system of the node"),
    Sensitive("/program files", "the programs of the node"),
    Sensitive("/programdata", "the data of the programs of the node"),
    Sensitive("/users", "the homes of users"),
    Sensitive("/etc/kubernetes", "the configuration of the node"),
    Sensitive("/var/lib/kubelet", "the volumes and credentials of all pods on the node"),
)
"""Below the letter of a drive, in lower case."""


class Credential(NamedTuple):
    """Where credentials lie. `top` is the highest directory that tells of them; above it, only `/` does."""

    path: str
    what: str
    top: str = ""


_KUBELET = "the credentials of the kubelet"
_CLUSTER = "keys and credentials of the control plane"
_KUBECONFIG = "credentials of an administrator of the cluster"
_AWS = "credentials for AWS"
_AZURE = "credentials for Azure"
_GOOGLE = "credentials for Google Cloud"
_ORACLE = "credentials for Oracle Cloud"
_KUBERNETES = "/etc/kubernetes"

CREDENTIALS = (
    Credential("/var/lib/kubelet/pki", _KUBELET, "/var/lib/kubelet"),
    Credential("/var/lib/kubelet/kubeconfig", _KUBELET, "/var/lib/kubelet"),
    Credential("/var/lib/kubelet/bootstrap-kubeconfig", _KUBELET, "/var/lib/kubelet"),
    Credential("/etc/kubernetes/kubelet.conf", _KUBELET, _KUBERNETES),
    Credential("/etc/kubernetes/bootstrap-kubelet.conf", _KUBELET, _KUBERNETES),
    Credential("/etc/kubernetes/admin.conf", _KUBECONFIG, _KUBERNETES),
    Credential("/etc/kubernetes/super-admin.conf", _KUBECONFIG, _KUBERNETES),
    Credential("/etc/kubernetes/controller-manager.conf", _CLUSTER, _KUBERNETES),
    Credential("/etc/kubernetes/scheduler.conf", _CLUSTER, _KUBERNETES),
    Credential("/etc/kubernetes/pki", _CLUSTER, _KUBERNETES),
    Credential("/etc/kubernetes/azure.json", _AZURE, _KUBERNETES),
    Credential("/etc/kubernetes/cloud-config", "credentials for the cloud provider", _KUBERNETES),
    Credential("/etc/kubernetes/cloud.conf", "credentials for the cloud provider", _KUBERNETES),
    Credential("/etc/rancher/k3s/k3s.yaml", _KUBECONFIG, "/etc/rancher"),
    Credential("/etc/rancher/rke2/rke2.yaml", _KUBECONFIG, "/etc/rancher"),
    Credential("/var/lib/rancher/k3s/server", _CLUSTER, "/var/lib/rancher"),
    Credential("/var/lib/rancher/k3s/agent", _KUBELET, "/var/lib/rancher"),
    Credential("/var/lib/rancher/rke2/server", _CLUSTER, "/var/lib/rancher"),
    Credential("/var/lib/rancher/rke2/agent", _KUBELET, "/var/lib/rancher"),
    Credential("/var/lib/k0s/pki", _CLUSTER, "/var/lib/k0s"),
    Credential("/var/snap/microk8s/current/credentials", _KUBECONFIG, "/var/snap/microk8s"),
    Credential("/var/lib/cloud", "what the cloud provider gave the node at its start"),
    Credential("/run/cloud-init", "what the cloud provider gave the node at its start"),
    Credential("/root/.kube", "credentials of a user of the cluster"),
    Credential("/root/.aws", _AWS),
    Credential("/root/.azure", _AZURE),
    Credential("/root/.config/gcloud", _GOOGLE),
    Credential("/root/.oci", _ORACLE),
    Credential("/.aws", _AWS),
    Credential("/.azure", _AZURE),
    Credential("/.config/gcloud", _GOOGLE),
    Credential("/.kube", "credentials of a user of the cluster"),
)
"""Paths below `/root` stand for those below any home."""
