"""Container drops no capability.

A container starts with a default set of capabilities, of which most programs need none. Not to drop a single one is
usually not a choice. This is the weaker form of `capabilities-not-dropped`, for those who do not ask for ALL.

Remedy: set `capabilities.drop: [ALL]` and add what the program needs

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
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2
          securityContext:
            capabilities:
              drop: [ALL]

Options:
    allow: names of containers that may keep them all

Sources:
    Kubernetes documentation, "Configure a Security Context for a Pod or Container", capabilities
    capabilities(7), Linux manual pages
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._confinement import dropped

TAGS = ("cis-5.2.10", "KSV-0004", "kubesec:CapDropAny", "kics:no_drop_capabilities_for_containers")


@rule(
    severity="low",
    since="0.1",
    default=False,
    tags=TAGS,
    implied_by=("capabilities-not-dropped", "privileged-container", "windows-host-process"),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a container whose drop list is missing or empty."""
    if not container.pod.runs_on_windows and container.name not in allow and not dropped(container):
        yield Problem(container.node.at("securityContext.capabilities.drop"), f"{container.label} drops no capability")
