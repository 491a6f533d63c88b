"""Service leads to Tiller, the server of Helm 2.

It gives every pod of the cluster a name under which to ask Tiller for anything, without a login. Where Tiller is
gone, the Service waits for whoever starts a pod with its labels.

Remedy: remove the Service together with Tiller

Bad:
    apiVersion: v1
    kind: Service
    metadata:
      name: tiller-deploy
    spec:
      selector: {app: helm, name: tiller}
      ports:
        - port: 44134

Good:
    apiVersion: v1
    kind: Service
    metadata:
      name: packages
    spec:
      selector: {app: packages}
      ports:
        - port: 8080

Sources:
    Helm blog, "Helm v2 Deprecation Timeline"
"""

from kubelint_py.authoring import Node, Problem, Problems, Resource, rule
from kubelint_py.rules.hardening._retired import TILLER

DEPLOYED = "tiller-deploy"


@rule(severity="high", since="0.1", kinds=("Service",), tags=("CKV_K8S_44", "kics:tiller_service_is_not_deleted"))
def check(service: Resource) -> Problems:
    """Yield a problem for a Service of Tiller, at what shows it first."""
    if service.group:
        return
    found = (
        by_name(service) or by_labels(service.node.at("spec.selector")) or by_labels(service.node.at("metadata.labels"))
    )
    if found:
        yield Problem(found, f"{service.title} leads to Tiller, the server of Helm 2")


def by_name(service: Resource) -> Node | None:
    """Return the name of a Service that is called as Helm 2 called it."""
    return service.node.at("metadata.name") if service.name in {TILLER, DEPLOYED} else None


def by_labels(labels: Node) -> Node | None:
    """Return the label that names Tiller, where the other one says it belongs to Helm."""
    name = labels.at("name")
    return name if name.value == TILLER and labels.at("app").value == "helm" else None
