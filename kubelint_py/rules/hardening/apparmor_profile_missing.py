"""Container names no AppArmor profile.

Nodes with AppArmor confine a container without one by the default profile of the runtime, other nodes run it without.
Named, a profile is a condition: a node that cannot apply it does not start the container.

Remedy: set `appArmorProfile.type: RuntimeDefault` in the securityContext of the pod

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      securityContext:
        appArmorProfile:
          type: RuntimeDefault
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers that may do without

Sources:
    Kubernetes documentation, "Restrict a Container's Access to Resources with AppArmor"
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._confinement import app_armor
from kubelint_py.rules.hardening._context import own

TAGS = ("nsa-hardening-container-environments", "kubesec:ApparmorAny", "kics:missing_app_armor_config")


@rule(
    severity="low",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=("apparmor-overridden", "no-kernel-hardening", "privileged-container", "windows-host-process"),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container without a profile in a field or annotation."""
    if not container.pod.runs_on_windows and container.name not in allow and not app_armor(container):
        message = f"{container.label} names no AppArmor profile, neither its own nor the pod's"
        yield Problem(own(container, "appArmorProfile"), message)
