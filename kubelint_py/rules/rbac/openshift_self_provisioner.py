"""Everybody may create projects on OpenShift.

The cluster role self-provisioner lets its holders create projects, each with its own quota of resources and its own
administrator.

Remedy: bind the role to those who manage projects
Bad:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: self-provisioners
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: self-provisioner
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: system:authenticated:oauth
Good:
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRoleBinding
    metadata:
      name: self-provisioners
    roleRef:
      apiGroup: rbac.authorization.k8s.io
      kind: ClusterRole
      name: self-provisioner
    subjects:
      - apiGroup: rbac.authorization.k8s.io
        kind: Group
        name: project-admins
Options:
    subjects: who may create projects, each with the reason; `*` stands for any characters
Sources:
    OpenShift Container Platform documentation, "Configuring project creation"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule
from kubelint_py.rules.rbac._binding import BINDINGS, role_of, subjects_of
from kubelint_py.rules.rbac._holders import NOBODY, Allowed, is_allowed

EVERYBODY = ("system:authenticated", "system:authenticated:oauth", "system:unauthenticated")


@rule(severity="low", since="0.1", default=False, kinds=BINDINGS)
def check(binding: Resource, *, subjects: Allowed = NOBODY) -> Problems:
    """Yield a problem for each such subject."""
    if role_of(binding).name != "self-provisioner":
        return
    for who in subjects_of(binding):
        if who.name in EVERYBODY and not is_allowed(who.label, subjects):
            yield Problem(who.node.at("name"), f"{who} may create projects")
