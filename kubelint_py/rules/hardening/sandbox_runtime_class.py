"""Agent sandbox shares the kernel of its node.

A sandbox runs code nobody has read. In an ordinary container one bug of the kernel is enough to leave it; gVisor or
Kata Containers put a kernel of its own between. Which RuntimeClass means that is up to the cluster.

Remedy: set `runtimeClassName` to a class of an isolating runtime

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
          runtimeClassName: gvisor
          containers:
            - name: runner
              image: registry.example/agents/runner:1.4.2

Options:
    classes: names of RuntimeClasses that isolate; `*` stands for any characters

Sources:
    kubernetes-sigs/agent-sandbox, API v1beta1
    Kubernetes documentation, "Runtime Class"
"""

from fnmatch import fnmatchcase

from kubelint_py.authoring import Problem, Problems, Workload, rule, show
from kubelint_py.rules.hardening._sandbox import is_sandbox

ISOLATING = ("gvisor", "kata", "kata-*")


@rule(severity="medium", since="0.1", default=False, tags=("C-0297",))
def check(workload: Workload, *, classes: tuple[str, ...] = ISOLATING) -> Problems:
    """Yield a problem for a sandbox whose RuntimeClass is missing or not one of these."""
    if not is_sandbox(workload.resource):
        return
    chosen = workload.pod.node.at("runtimeClassName")
    name = chosen.as_str or ""
    if not name:
        yield Problem(chosen, "sandbox names no RuntimeClass, so it shares the kernel of its node")
    elif not any(fnmatchcase(name, each) for each in classes):
        yield Problem(chosen, f"sandbox runs with RuntimeClass {show(name)}, which is not known to isolate it")
