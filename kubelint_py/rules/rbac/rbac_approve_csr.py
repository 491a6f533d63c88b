"""Role has client certificates issued.

Whoever approves certificate requests for the API server's clients gets a certificate for any user and group but
system:masters, and nobody can revoke it.

Remedy: name the signers in resourceNames, and kubernetes.io/kube-apiserver-client not among them
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-approver
    rules:
      - apiGroups: [certificates.k8s.io]
        resources: [certificatesigningrequests/approval]
        verbs: [update]
      - apiGroups: [certificates.k8s.io]
        resources: [signers]
        verbs: [approve]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-approver
    rules:
      - apiGroups: [certificates.k8s.io]
        resources: [certificatesigningrequests/approval]
        verbs: [update]
      - apiGroups: [certificates.k8s.io]
        resources: [signers]
        resourceNames: [example.com/shop]
        verbs: [approve]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.11; Kubernetes documentation, "Role Based Access Control Good Practices", CSRs and
        certificate issuing
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="critical", since="0.1", kinds=KINDS, implied_by=WILDCARDS, tags=("cis-5.1.11", "CKV_K8S_156", "C-0280"))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-approve-csr", roles, subjects)
