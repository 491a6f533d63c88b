"""Role changes admission webhooks.

A webhook is shown every object that matches it, Secrets included, and a mutating one rewrites them. Deleting
one switches off the policies behind it.

Remedy: name the webhook configurations in resourceNames and allow update or patch alone
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-injector
    rules:
      - apiGroups: [admissionregistration.k8s.io]
        resources: [mutatingwebhookconfigurations]
        verbs: [get, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-injector
    rules:
      - apiGroups: [admissionregistration.k8s.io]
        resources: [mutatingwebhookconfigurations]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    CIS Kubernetes Benchmark 5.1.12; Kubernetes documentation, "Role Based Access Control Good Practices", control
        admission webhooks
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="critical",
    since="0.1",
    kinds=KINDS,
    implied_by=WILDCARDS,
    tags=("cis-5.1.12", "KSV-0114", "CKV_K8S_155", "C-0281"),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-admission-webhooks", roles, subjects)
