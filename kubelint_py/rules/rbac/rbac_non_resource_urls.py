"""Role opens paths of the API server that are no resources.

Metrics, profiles and logs of the API server tell what the cluster does, and profiling slows it down. A `*` opens
every path, those of later versions included.

Remedy: name the paths that are used; health checks and discovery are open to everybody anyway
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-probe
    rules:
      - nonResourceURLs: ["/debug/*", /readyz]
        verbs: [get]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-probe
    rules:
      - nonResourceURLs: [/readyz]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
Sources:
    Kubernetes documentation, "Using RBAC Authorization", referring to resources; Kubernetes documentation,
        "Kubernetes API health endpoints"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed
from kubelint_py.rules.rbac._role import item, listed, policy_rules, title

PATHS = {"/debug": "medium", "/logs": "medium", "/metrics": "info"}
SEVERITIES = ("high", "medium", "info")
STRONGER = ("rbac-wildcard-everything", "rbac-wildcard-verb")


@rule(severity="medium", since="0.1", kinds=("ClusterRole",), implied_by=STRONGER)
def check(role: Resource, *, roles: Allowed = NOBODY) -> Problems:
    """Yield a problem for each rule with such paths."""
    if is_allowed(role.name, roles):
        return
    for node, granted in policy_rules(role):
        found = {url: severity for url in granted.non_resource_urls if (severity := severity_of(url))}
        if found:
            worst = next(url for severity in SEVERITIES for url in found if found[url] == severity)
            what = "every path" if not worst.strip("/*") else listed(list(found))
            # The rule about '*' among the verbs speaks for the whole.
            place = node if "*" in granted.verbs else item(node, "nonResourceURLs", worst)
            yield Problem(place, f"{title(role)} opens {what} of the API server", severity=found[worst])


def severity_of(url: str) -> str:
    """Return how much a path tells; "" for one that is harmless."""
    if not url.strip("/*"):
        return "high" if "*" in url else ""
    return next((severity for path, severity in PATHS.items() if is_below(url, path)), "")


def is_below(url: str, path: str) -> bool:
    """Whether a granted path is this one, or one below it."""
    plain = url.rstrip("*")
    return plain == path or plain.startswith(f"{path}/") or ("*" in url and path.startswith(plain))
