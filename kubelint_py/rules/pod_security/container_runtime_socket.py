"""Pod mounts the socket of the container runtime.

Whoever can talk to Docker, containerd or CRI-O on a node can start a privileged container there and is root on the
node. A read-only mount does not help, because connecting to a socket is not writing to a file. Directories that
hold a socket count as well, unless every mount has a `subPath` beside it.

Remedy: build images without the runtime, and ask the Kubernetes API or the kubelet about containers

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: image-builder
    spec:
      containers:
        - name: builder
          image: registry.example/shop/builder:1.4.2
          volumeMounts:
            - {name: docker, mountPath: /var/run/docker.sock}
      volumes:
        - name: docker
          hostPath: {path: /var/run/docker.sock}

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: image-builder
    spec:
      containers:
        - name: builder
          image: registry.example/shop/rootless-builder:1.4.2
          volumeMounts:
            - {name: workspace, mountPath: /workspace}
      volumes:
        - name: workspace
          emptyDir: {}

Options:
    allow: places of the node that may be mounted

Sources:
    Kubernetes documentation, "Container Runtimes"
    Docker documentation, "Protect the Docker daemon socket"
    MITRE ATT&CK T1611, "Escape to Host"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.pod_security._host_path import leading, normal
from kubelint_py.rules.pod_security._runtime_socket import exposed

TAGS = (
    "mitre-T1611",
    "CKV_K8S_27",
    "KSV-0006",
    "C-0074",
    "kube-linter:docker-sock",
    "kubesec:DockerSock",
    "kics:docker_daemon_socket_is_exposed_to_containers",
)


@rule(severity="critical", since="0.1", tags=TAGS)
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each volume that gives access to a runtime's socket."""
    allowed = {normal(each) for each in allow if each}
    for volume, what, reaching in leading(pod, exposed):
        if volume.place not in allowed:
            related = tuple((mount.node, f"container {mount.container!r} mounts it") for mount in reaching)
            yield Problem(volume.node, f"{volume.label} mounts {what}", related)
