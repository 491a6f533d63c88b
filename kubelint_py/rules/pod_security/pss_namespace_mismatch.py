"""Namespace does not admit the workload's pods.

Pod Security Admission judges every pod by the labels of its namespace. A Pod that breaks the enforced level is
refused. A Deployment or another controller is accepted, and then none of its pods is: the roll-out hangs, and
the reason stands in the events of a ReplicaSet only. A level that only warns is told to whoever applies the object.

Remedy: change what the message names, or label the namespace with a level that the workload reaches

Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: baseline
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: orders
      namespace: shop
    spec:
      selector:
        matchLabels: {app: orders}
      template:
        metadata:
          labels: {app: orders}
        spec:
          hostNetwork: true
          containers:
            - name: orders
              image: registry.example/shop/orders:1.4.2

Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: baseline
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: orders
      namespace: shop
    spec:
      selector:
        matchLabels: {app: orders}
      template:
        metadata:
          labels: {app: orders}
        spec:
          containers:
            - name: orders
              image: registry.example/shop/orders:1.4.2

Options:
    allow: names of workloads that may break the level of their namespace

Sources:
    Kubernetes documentation, "Pod Security Admission"
    Kubernetes documentation, "Enforce Pod Security Standards with Namespace Labels"
"""

from kubelint_py.authoring import Bundle, Node, Problem, Problems, Version, Workload, rule, show
from kubelint_py.rules.pod_security._namespace import (
    KINDS,
    Inhabited,
    inhabited,
    is_built_in,
    label,
    refused,
    version_of,
)

SHOWN = 2
WITHOUT_PODS = "PodTemplate"


@rule(severity="high", since="0.1", kinds=KINDS, needs=("Namespace",))
def check(bundle: Bundle, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each workload that its namespace refuses or warns about."""
    for place in inhabited(bundle):
        for workload in place.workloads:
            if workload.resource.name not in allow:
                yield from judge(workload, place, kubernetes)


def judge(workload: Workload, place: Inhabited, kubernetes: Version) -> Problems:
    """Yield the problem of one workload: what is refused hides what is only warned about."""
    for name in ("enforce", "warn"):
        if not concerns(name, workload):
            continue
        mode = getattr(place.policy, name)
        found = refused(workload, mode, kubernetes)
        if found:
            said = list(dict.fromkeys(violation.message for violation in found))
            more = [f"and {len(said) - SHOWN} more"] if len(said) > SHOWN else []
            level = f"{mode.level} (v{version_of(mode, kubernetes)})"
            message = f"{answer(name, workload, place, level)}: {'; '.join(said[:SHOWN] + more)}"
            yield Problem(
                workload.pod.at(found[0]),
                message,
                related=((origin(place, name), f"the namespace asks for {mode.level} here"),),
                severity="" if name == "enforce" else "low",
                container=found[0].container,
                tags=tuple(dict.fromkeys(violation.control for violation in found)),
                resource=workload.resource,
            )
            return


def concerns(mode: str, workload: Workload) -> bool:
    """Whether a mode says anything of an object.

    A PodTemplate starts no pod, and about a custom resource the admission controller says nothing.
    """
    return workload.kind != WITHOUT_PODS if mode == "enforce" else is_built_in(workload)


def answer(mode: str, workload: Workload, place: Inhabited, level: str) -> str:
    """Return what the API server does with the object and with its pods."""
    namespace, kind = show(place.namespace.name), workload.kind
    if mode == "warn":
        return f"namespace {namespace} warns about this {kind}, which is below {level}"
    if kind == "Pod":
        return f"namespace {namespace} enforces {level} and refuses this Pod"
    return f"namespace {namespace} enforces {level}: this {kind} is accepted, its pods are refused"


def origin(place: Inhabited, mode: str) -> Node:
    """Return the label that a mode comes from; an enforced level is also warned about."""
    found = label(place.namespace, mode)
    return found if found.present or mode == "enforce" else label(place.namespace, "enforce")
