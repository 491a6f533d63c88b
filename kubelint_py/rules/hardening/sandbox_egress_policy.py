"""Agent sandbox may connect to anything.

The controller of sandboxes writes a network policy for each template. By default it lets out to the public internet
only, not to the cluster, private networks or the cloud's metadata service. `Unmanaged` switches that off, and a rule of
one's own that lets out to everybody gives it away. Rules for port 53 alone are left out.

Remedy: remove `networkPolicyManagement: Unmanaged`, and name in `egress` what a sandbox needs

Bad:
    apiVersion: extensions.agents.x-k8s.io/v1beta1
    kind: SandboxTemplate
    metadata:
      name: code-runner
    spec:
      networkPolicyManagement: Unmanaged
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
      networkPolicyManagement: Managed
      podTemplate:
        spec:
          containers:
            - name: runner
              image: registry.example/agents/runner:1.4.2

Sources:
    kubernetes-sigs/agent-sandbox, API v1beta1, SandboxTemplate
    Kubernetes API, NetworkPolicy of networking.k8s.io/v1
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.hardening._sandbox import GROUP, TEMPLATE, opened


@rule(severity="medium", since="0.1", default=False, kinds=(TEMPLATE,), tags=("C-0301",))
def check(template: Resource) -> Problems:
    """Yield a problem for a template without a managed policy, or with one that is wide open."""
    if template.group != GROUP:
        return
    management = template.node.at("spec.networkPolicyManagement")
    if management.value == "Unmanaged":
        yield Problem(management, "sandboxes of this template get no network policy from their controller")
        return
    for egress in template.node.at("spec.networkPolicy.egress").items():
        world = opened(egress.value)
        if world:
            yield Problem(egress, f"sandboxes of this template may connect to {world}")
