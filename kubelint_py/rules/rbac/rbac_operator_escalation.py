"""Role has an operator act for it.

An operator applies, runs or fetches what a custom resource says, with rights of its own. Whoever writes such a
resource uses them: Argo CD, Flux, Tekton, Crossplane, External Secrets and others. A role whose holder writes
the status of these objects belongs to their operator and is left out, and so are the roles of the operator
itself.

Remedy: name the objects in resourceNames, or leave the custom resources to a reviewed repository
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-ci
      namespace: shop
    rules:
      - apiGroups: [argoproj.io]
        resources: [applications]
        verbs: [get, list, patch]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-ci
      namespace: shop
    rules:
      - apiGroups: [argoproj.io]
        resources: [applications]
        verbs: [get, list]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Argo CD documentation, "RBAC Configuration" and "Applications in any namespace"; Flux documentation,
        "Multi-tenancy lockdown"
    External Secrets documentation, "Multi Tenancy"; Tekton documentation, "TaskRuns"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="high", since="0.1", kinds=KINDS, implied_by=WILDCARDS)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-operator-escalation", roles, subjects, own=False)
