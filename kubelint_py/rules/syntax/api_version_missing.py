"""Object has no apiVersion, or a misspelled one.

The document, or an item of a List, has a `kind` and the content of a Kubernetes object, but without an `apiVersion` of
its own no tool takes it for one: kubectl refuses it, and linters would pass over it in silence.

Remedy: write `apiVersion`, with the group and version of the kind

Bad:
    apiversion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
      labels: {app: storefront}

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: storefront
      labels: {app: storefront}

Sources:
    Kubernetes documentation, "Objects In Kubernetes", required fields
"""

from kubelint_py.authoring import Input, Problems, rule


@rule(severity="high", since="0.1", tags=("api-validity",))
def check(_given: Input) -> Problems:
    """Yield nothing: telling manifests from other files is where such an object is found."""
    yield from ()
