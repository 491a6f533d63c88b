"""Service account has a cloud identity.

The annotation lets pods of this service account act as a cloud identity, so that what they may do is written
somewhere else. A list for a review.

Remedy: check what the cloud identity may do, and treat the workloads that use it as sensitive
Bad:
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: orders
      namespace: shop
      annotations:
        eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/orders
Good:
    apiVersion: v1
    kind: ServiceAccount
    metadata:
      name: orders
      namespace: shop
Options:
    subjects: service accounts that may, as namespace/name, each with the reason; `*` stands for any characters
Sources:
    Amazon EKS User Guide, "IAM roles for service accounts"; Google Kubernetes Engine documentation, "Workload
        Identity Federation for GKE"
    Azure Kubernetes Service documentation, "Workload identity"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed

ANNOTATIONS = {
    "eks.amazonaws.com/role-arn": "the AWS role",
    "iam.gke.io/gcp-service-account": "the Google service account",
    "azure.workload.identity/client-id": "the Azure identity",
}


@rule(severity="info", since="0.1", default=False, kinds=("ServiceAccount",))
def check(account: Resource, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such annotation."""
    if account.group or is_allowed(f"{account.namespace}/{account.name}", subjects):
        return
    for name, what in ANNOTATIONS.items():
        identity = account.annotations.get(name)
        if identity:
            node = account.node.at("metadata", "annotations", name)
            yield Problem(node, f"pods of the service account {account.name!r} act as {what} {identity!r}")
