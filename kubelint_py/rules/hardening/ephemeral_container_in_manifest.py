"""Manifest has ephemeral containers.

They are for looking into a running pod, and are added through the API's `ephemeralcontainers` subresource alone:
the API server refuses a new pod that has some. In a stored manifest they are what somebody's debugging left behind,
with a shell and often with more rights than the program. Opt-in.

Remedy: remove ephemeralContainers from the manifest

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:2.4.1
      ephemeralContainers:
        - name: debugger
          image: registry.example/tools/shell:1.0.0

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop/storefront:2.4.1

Options:
    allow: names of containers that may be there

Sources:
    Kubernetes documentation, "Ephemeral Containers"
"""

from kubelint_py.authoring import Container, Problem, Problems, rule


@rule(severity="low", since="0.1", default=False, tags=("kyverno:block-ephemeral-containers",))
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each ephemeral container."""
    if container.role == "ephemeral" and container.name not in allow:
        yield Problem(container.node, f"manifest has the ephemeral container {container.name!r}")
