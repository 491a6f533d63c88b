"""Role changes admission policies.

Admission policies, their bindings and the objects of policy engines decide what may be created. Whoever writes
them lets himself through; a mutating one also rewrites what others create. A role whose holder writes the
status of these objects belongs to their controller and is left out, and so are the roles of the engine itself.

Remedy: keep policies with those who review them, or name them in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-guard
    rules:
      - apiGroups: [admissionregistration.k8s.io]
        resources: [validatingadmissionpolicies, validatingadmissionpolicybindings]
        verbs: [get, update, delete]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: shop-guard
    rules:
      - apiGroups: [admissionregistration.k8s.io]
        resources: [validatingadmissionpolicies, validatingadmissionpolicybindings]
        verbs: [get]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "Validating Admission Policy" and "Mutating Admission Policy"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(severity="high", since="0.1", kinds=KINDS, implied_by=(*WILDCARDS, "rbac-admission-webhooks"))
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-policy-objects", roles, subjects, own=False)
