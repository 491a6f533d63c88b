"""Directive has nothing to suppress.

The finding it was written for is gone, and the next one in its place would pass unseen. A rule about several objects
may be silent only because some of them were not linted, so this one looks at rules that ran and is best used on a whole
repository.

Remedy: remove the directive

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      hostPID: false  # kubelint: ignore[host-pid] looks at all processes
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: agent
    spec:
      hostPID: false
      containers:
        - name: agent
          image: registry.example/shop/agent:1.4.2

Sources:
    this linter's documentation, "Suppressing findings"
"""

from kubelint_py.authoring import Input, Problems, rule


@rule(severity="low", since="0.1", default=False)
def check(_given: Input) -> Problems:
    """Yield nothing: whether a directive was used is known only after every rule has run."""
    yield from ()
