"""Process runs with the root group.

Files of the node and of many images belong to group 0 and can be read, sometimes written, by its members. As primary,
supplementary or volume group it gives a process that is not root a part of what root has. Where every container runs
as root, and in user namespaces (`hostUsers: false`), it adds nothing.

Remedy: set `runAsGroup`, `supplementalGroups` and `fsGroup` to other numbers than 0

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        runAsUser: 10001
        runAsGroup: 0
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        runAsUser: 10001
        runAsGroup: 10001
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers whose primary group may be root

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
    NSA and CISA, "Kubernetes Hardening Guidance", non-root containers
"""

from collections.abc import Iterator

from kubelint_py.authoring import Container, Node, PodSpec, Problem, Problems, effective, rule
from kubelint_py.rules.hardening._context import decisions, has_user_namespace

TAGS = ("nsa-non-root-containers", "KSV-0116", "C-0013", "C-0211", "kube-linter:run-as-non-root")


@rule(severity="medium", since="0.1", tags=TAGS, implied_by=("run-as-root-user",))
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each group that is 0."""
    if pod.runs_on_windows or has_user_namespace(pod) or all(map(is_root, pod.containers)):
        return
    for place in decisions(pod, "runAsGroup"):
        if place.node.as_int == 0 and not (place.container and place.container in allow):
            yield Problem(place.node, f"{place.label} runs with the root group", container=place.container)
    for node, message in pod_groups(pod):
        if node.as_int == 0:
            yield Problem(node, message)


def is_root(container: Container) -> bool:
    """Whether the container is set to run as root, to whom groups mean nothing."""
    return effective(container, "runAsUser").as_int == 0


def pod_groups(pod: PodSpec) -> Iterator[tuple[Node, str]]:
    """Yield the groups only a pod can set, with what to say when they are 0."""
    context = pod.node.at("securityContext")
    yield context.at("fsGroup"), "pod gives its volumes to the root group"
    for group in context.at("supplementalGroups").items():
        yield group, "pod adds the root group to its processes"
