"""Where container runtimes listen on a node.

Sources, as of November 2026: Kubernetes documentation, "Container Runtimes" and "Installing kubeadm"
(containerd, CRI-O, cri-dockerd, Windows pipes); documentation of Docker Engine, Podman, K3s and RKE2,
k0s and MicroK8s for their own.
"""

from __future__ import annotations

from typing import NamedTuple


class Socket(NamedTuple):
    """A usual place of a runtime's socket.

    `/var/run` is a link to `/run`, so the table has only the latter. `top`, which ends with a slash, is
    the highest directory that tells of the runtime; above it only the root of the node counts.
    """

    path: str
    runtime: str
    top: str = "/run/"


SOCKETS = (
    Socket("/run/docker.sock", "Docker"),
    Socket("/run/docker/containerd/containerd.sock", "containerd"),
    Socket("/run/containerd/containerd.sock", "containerd"),
    Socket("/run/crio/crio.sock", "CRI-O"),
    Socket("/run/cri-dockerd.sock", "cri-dockerd"),
    Socket("/run/podman/podman.sock", "Podman"),
    Socket("/run/k3s/containerd/containerd.sock", "containerd"),
    Socket("/run/k0s/containerd.sock", "containerd"),
    Socket("/var/snap/microk8s/common/run/containerd.sock", "containerd", "/var/snap/microk8s/"),
)

SOCKET_NAMES = {
    "docker.sock": "Docker",
    "dockershim.sock": "Docker",
    "containerd.sock": "containerd",
    "docker-containerd.sock": "containerd",
    "crio.sock": "CRI-O",
    "cri-dockerd.sock": "cri-dockerd",
    "podman.sock": "Podman",
}
"""By file name, whatever the directory."""

PIPES = {"docker_engine": "Docker", "containerd-containerd": "containerd"}
"""Named pipes of Windows nodes, below `\\\\.\\pipe\\`, in lower case."""
