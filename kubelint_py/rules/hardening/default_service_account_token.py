"""Default service account hands out its token.

Every pod of a namespace that names no service account runs as `default` and finds its token mounted. A manifest of this
account is the place to stop that for all of them; pods that need the API have accounts of their own.

Remedy: set `automountServiceAccountToken: false` in the ServiceAccount

Bad:
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: default
      namespace: shop

Good:
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: default
      namespace: shop
    automountServiceAccountToken: false

Options:
    names: names of the service accounts that have to turn it off

Sources:
    CIS Kubernetes Benchmark 5.1.5
    Kubernetes documentation, "Configure Service Accounts for Pods"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule, show

TAGS = ("cis-5.1.5", "nsa-service-account-tokens", "CKV_K8S_41", "C-0189", "C-0225")


@rule(severity="medium", since="0.1", kinds=("ServiceAccount",), tags=TAGS)
def check(account: Resource, *, names: tuple[str, ...] = ("default",)) -> Problems:
    """Yield a problem for a service account of these names that mounts its token."""
    token = account.node.at("automountServiceAccountToken")
    if not account.group and account.name in names and token.as_bool is not False:
        says = "sets automountServiceAccountToken to true" if token.as_bool else "does not turn token mounting off"
        yield Problem(token, f"service account {show(account.name)} {says}")
