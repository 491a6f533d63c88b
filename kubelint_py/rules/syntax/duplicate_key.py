"""Key is written twice in one mapping.

The last one counts and the others are dropped without a word; strict reading, which is what `kubectl apply` asks for,
refuses the object. A key that overrides a merged one is meant that way and stays silent.

Remedy: keep one of the two, or merge what they hold

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web}
      labels: {tier: front}
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
      labels: {app: web, tier: front}
    spec:
      containers:
        - name: web
          image: registry.example/shop/web:1.4.2

Sources:
    Kubernetes API concepts, "Setting the field validation level"; sigs.k8s.io/yaml, strict reading
"""

from kubelint_py.authoring import Document, Problem, Problems, rule


@rule(severity="high", since="0.1", tags=("api-validity",))
def check(document: Document) -> Problems:
    """Yield a problem for each repeated key, at the later one."""
    for path, later, first in document.duplicates():
        message = f"key {path[-1]!r} is written twice; only the last one counts"
        tags = ("masked",) if document.header.get("kind") == "Secret" else ()
        yield Problem(document.root.at(*path), message, ((first, "written here before"),), span=later, tags=tags)
