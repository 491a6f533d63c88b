"""Role changes ConfigMaps.

ConfigMaps tell programs what to do; those of kube-system hold the DNS of the cluster. A role without
resourceNames reaches them all.

Remedy: name the ConfigMaps in resourceNames
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-flags
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        verbs: [get, update]
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: Role
    metadata:
      name: shop-flags
      namespace: shop
    rules:
      - apiGroups: [""]
        resources: [configmaps]
        resourceNames: [shop-flags]
        verbs: [get, update]
Options:
    roles: names of roles that may, each with the reason; `*` stands for any characters
    subjects: who may, each with the reason: a name, for service accounts namespace/name; `*` stands for any
        characters
Sources:
    Kubernetes documentation, "ConfigMaps"; Kubernetes documentation, "Customizing DNS Service"
"""

from kubelint_py.authoring import Bundle, Problems, rule
from kubelint_py.rules.rbac._primitive import KINDS, NOBODY, WILDCARDS, Allowed, primitive_problems


@rule(
    severity="medium",
    since="0.1",
    default=False,
    kinds=KINDS,
    implied_by=(*WILDCARDS, "rbac-manage-aws-auth"),
    tags=("KSV-0049", "C-0037"),
)
def check(bundle: Bundle, *, roles: Allowed = NOBODY, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such role."""
    yield from primitive_problems(bundle, "rbac-manage-configmaps", roles, subjects, named=False)
