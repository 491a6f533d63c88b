"""What the controls of the Pod Security Standards let through.

Source: kubernetes/pod-security-admission at 8f84a87c (2026-07-01), policy versions v1.0 to v1.37.
Tables by version list (first minor of 1.x, what it adds); an entry holds in all later versions.
"""

from __future__ import annotations

NEWEST_MINOR = 37

HOST_NAMESPACES = {"hostIPC": "IPC", "hostNetwork": "network", "hostPID": "PID"}

CAPABILITIES = frozenset(
    {
        "AUDIT_WRITE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
        "FSETID",
        "KILL",
        "MKNOD",
        "NET_BIND_SERVICE",
        "SETFCAP",
        "SETGID",
        "SETPCAP",
        "SETUID",
        "SYS_CHROOT",
    }
)
CAPABILITIES_RESTRICTED = frozenset({"NET_BIND_SERVICE"})

DANGEROUS_CAPABILITIES = frozenset(
    {
        "ALL",
        "BPF",
        "DAC_READ_SEARCH",
        "MAC_ADMIN",
        "MAC_OVERRIDE",
        "NET_ADMIN",
        "PERFMON",
        "SYS_ADMIN",
        "SYS_BOOT",
        "SYS_MODULE",
        "SYS_PTRACE",
        "SYS_RAWIO",
        "SYS_TIME",
        "SYSLOG",
    }
)
"""Beyond baseline, and a way to the kernel, other processes or the node: capabilities(7), Linux 6.9 (2024-05)."""

PROFILE_TYPES = frozenset({"Localhost", "RuntimeDefault"})
"""Values of `seccompProfile.type` and `appArmorProfile.type`."""

PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
HOOKS = frozenset({"postStart", "preStop"})
HOST_ACTIONS = ("httpGet", "tcpSocket")
"""Actions of probes and lifecycle hooks that can name a host."""

APPARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/"
APPARMOR_ANNOTATION_VALUES = frozenset({"", "runtime/default"})
SECCOMP_POD_ANNOTATION = "seccomp.security.alpha.kubernetes.io/pod"
SECCOMP_CONTAINER_ANNOTATION = "container.seccomp.security.alpha.kubernetes.io/"
SECCOMP_ANNOTATION_VALUES = frozenset({"docker/default", "runtime/default"})
LOCALHOST_PREFIX = "localhost/"
"""Annotations may also name a profile on the node, behind this prefix."""

SELINUX_TYPES = (
    (0, ("container_t", "container_init_t", "container_kvm_t")),
    (31, ("container_engine_t",)),
)

SYSCTLS = (
    (
        0,
        (
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.ping_group_range",
            "net.ipv4.tcp_syncookies",
        ),
    ),
    (27, ("net.ipv4.ip_local_reserved_ports",)),
    (
        29,
        (
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_keepalive_time",
        ),
    ),
    (32, ("net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem")),
    (37, ("net.ipv4.tcp_notsent_lowat", "net.ipv4.tcp_slow_start_after_idle")),
)

VOLUMES = frozenset(
    {
        "configMap",
        "csi",
        "downwardAPI",
        "emptyDir",
        "ephemeral",
        "image",
        "persistentVolumeClaim",
        "projected",
        "secret",
    }
)
VOLUMES_FORBIDDEN = frozenset(
    {
        "awsElasticBlockStore",
        "azureDisk",
        "azureFile",
        "cephfs",
        "cinder",
        "fc",
        "flexVolume",
        "flocker",
        "gcePersistentDisk",
        "gitRepo",
        "glusterfs",
        "hostPath",
        "iscsi",
        "nfs",
        "photonPersistentDisk",
        "portworxVolume",
        "quobyte",
        "rbd",
        "scaleIO",
        "storageos",
        "vsphereVolume",
    }
)
"""All other sources of the Volume type; keys that are neither are dropped when the API server decodes."""
