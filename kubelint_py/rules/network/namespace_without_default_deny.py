"""Namespace lets through what no policy mentions.

Without a policy that selects all pods, a new workload is open until somebody thinks of it. A policy with an
empty podSelector isolates every pod, and the others then open what is needed. Each direction counts for itself.

Remedy: add a NetworkPolicy with podSelector {} and policyTypes [Ingress, Egress] and no rules
Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
    ---
    apiVersion: networking.k8s.io/v1
    kind: NetworkPolicy
    metadata:
      name: default-deny
      namespace: shop
    spec:
      podSelector: {}
      policyTypes: [Ingress, Egress]
Options:
    directions: the directions to deny, ingress and egress
    exclude_namespaces: namespaces that need no such policy
Sources:
    Kubernetes documentation, "Network Policies", default policies; CIS Kubernetes Benchmark 5.3.2
"""

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Problem, Problems, Workload, rule
from kubelint_py.rules.network._policy import DIRECTIONS, POLICY_KINDS, SYSTEM, Policies, can_be_isolated


@rule(
    severity="medium",
    since="0.1",
    kinds=("Namespace", *WORKLOAD_KINDS, *POLICY_KINDS),
    needs=("Namespace",),
    tags=("cis-5.3.2", "C-0206"),
)
def check(
    bundle: Bundle,
    *,
    directions: tuple[str, ...] = DIRECTIONS,
    exclude_namespaces: tuple[str, ...] = SYSTEM,
) -> Problems:
    """Yield a problem for each namespace that is open in one of the directions."""
    wanted = [each for each in DIRECTIONS if each in {direction.lower() for direction in directions}]
    policies = Policies(bundle)
    inhabitants = by_namespace(bundle)
    for namespace in bundle.of("", "Namespace"):
        name = namespace.name
        if not name or name in exclude_namespaces:
            continue
        workloads = inhabitants.get(name) or inhabitants.get("", [])
        missing = [each for each in wanted if not is_closed(policies, name, each, workloads)]
        if missing:
            # Policies of other kinds may do it; they are not evaluated.
            severity = "info" if policies.unread_for(name) else ""
            message = f"namespace {name!r} has no policy that denies {' or '.join(missing)} by default"
            yield Problem(namespace.node.at("metadata.name"), message, severity=severity, resource=namespace)


def is_closed(policies: Policies, namespace: str, direction: str, workloads: list[Workload]) -> bool:
    """Whether a direction is denied to all pods, or each workload of the namespace is isolated by itself."""
    if policies.denies_by_default(namespace, direction):
        return True
    return bool(workloads) and all(policies.isolated(each, (direction,)) for each in workloads)


def by_namespace(bundle: Bundle) -> dict[str, list[Workload]]:
    """Return the workloads that policies apply to, by the namespace they name ("" for none)."""
    found: dict[str, list[Workload]] = {}
    for workload in bundle.workloads:
        if can_be_isolated(workload):
            found.setdefault(workload.resource.namespace, []).append(workload)
    return found
