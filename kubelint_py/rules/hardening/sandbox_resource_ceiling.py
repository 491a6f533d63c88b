"""Agent sandbox has no limit for CPU or memory.

Nobody knows what the code in a sandbox will do. Without limits one of them takes the whole node away from all others;
pod-level limits count as well.

Remedy: set `resources.limits` for cpu and memory in each container or in the pod

Bad:
    apiVersion: extensions.agents.x-k8s.io/v1beta1
    kind: SandboxTemplate
    metadata:
      name: code-runner
    spec:
      podTemplate:
        spec:
          containers:
            - name: runner
              image: registry.example/agents/runner:1.4.2

Good:
    apiVersion: extensions.agents.x-k8s.io/v1beta1
    kind: SandboxTemplate
    metadata:
      name: code-runner
    spec:
      podTemplate:
        spec:
          containers:
            - name: runner
              image: registry.example/agents/runner:1.4.2
              resources:
                limits: {cpu: "1", memory: 512Mi}

Options:
    resources: the resources that need a limit

Sources:
    kubernetes-sigs/agent-sandbox, API v1beta1
    Kubernetes documentation, "Resource Management for Pods and Containers"
"""

from kubelint_py.authoring import Problem, Problems, Workload, rule
from kubelint_py.rules.hardening._sandbox import is_sandbox

RESOURCES = ("cpu", "memory")


@rule(severity="medium", since="0.1", default=False, tags=("C-0303",))
def check(workload: Workload, *, resources: tuple[str, ...] = RESOURCES) -> Problems:
    """Yield a problem for each container of a sandbox that has no limit for one of these."""
    if not is_sandbox(workload.resource):
        return
    common = workload.pod.node.at("resources.limits")
    for container in workload.pod.containers:
        own = container.node.at("resources.limits")
        lacking = [each for each in resources if own.child(each).value is None and common.child(each).value is None]
        if lacking and container.role != "ephemeral":
            message = f"{container.label} of a sandbox has no limit for {' and '.join(lacking)}"
            yield Problem(own.child(lacking[0]), message, container=container.name)
