"""Directive that should suppress findings does not.

It names a rule that does not exist, cannot be read, stands where it covers nothing, or is forbidden by the
configuration. Whoever wrote it believes that something is suppressed.

Remedy: mend the directive as the message says, or remove it

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      hostPID: true  # kubelint: ignore[host-pdi] looks at all processes
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      hostPID: true  # kubelint: ignore[host-pid] looks at all processes
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2

Sources:
    this linter's documentation, "Suppressing findings"
"""

from kubelint_py.authoring import Input, Problems, rule


@rule(severity="medium", since="0.1")
def check(_given: Input) -> Problems:
    """Yield nothing: directives are read apart from the objects, and reported there."""
    yield from ()
