"""Tiller, the server of Helm 2, listens on all addresses.

Without `--listen=localhost:44134` every pod of the cluster reaches it, and Tiller asks nobody who they are.

Remedy: remove Tiller; until then, start it with --listen=localhost:44134

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: package-server
    spec:
      selector:
        matchLabels: {app: package-server}
      template:
        metadata:
          labels: {app: package-server}
        spec:
          containers:
            - name: server
              image: ghcr.io/helm/tiller:v2.17.0

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: package-server
    spec:
      selector:
        matchLabels: {app: package-server}
      template:
        metadata:
          labels: {app: package-server}
        spec:
          containers:
            - name: server
              image: ghcr.io/helm/tiller:v2.17.0
              command: [/tiller]
              args: [--listen=localhost:44134]

Sources:
    Helm documentation, version 2, "Securing your Helm Installation"
"""

from kubelint_py.authoring import Container, Node, PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._retired import tiller_containers

FLAGS = ("--listen", "-listen")
LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]"})
TAGS = ("CKV_K8S_45", "kics:tiller_deployment_is_accessible_from_within_the_cluster")


@rule(severity="high", since="0.1", tags=TAGS, implied_by=("tiller-deployed",))
def check(pod: PodSpec) -> Problems:
    """Yield a problem for each container of Tiller that listens beyond its own pod."""
    for container in tiller_containers(pod):
        place, address = listener(container)
        if address.rpartition(":")[0] not in LOCAL:
            message = f"container {container.name!r} runs Tiller so that every pod can reach it"
            yield Problem(place, message, container=container.name)


def listener(container: Container) -> tuple[Node, str]:
    """Return the address a container is told to listen on, and where; "" when it is told nothing."""
    items = [item for field in ("command", "args") for item in container.node.at(field).items()]
    for position, item in enumerate(items):
        flag, is_set, address = (item.as_str or "").partition("=")
        if flag in FLAGS:
            following = items[position + 1].as_str if position + 1 < len(items) else ""
            return item, address if is_set else following or ""
    return container.node.at("args"), ""
