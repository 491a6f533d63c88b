"""Template is linted before it is rendered.

The document is refused because a template action stands where YAML needs something else. What the template would give
is unknown, so nothing else is said about it.

Remedy: lint the rendered output: `helm template … | kubelint check -`

Bad:
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: {{ .Release.Name }}-settings

Good:
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: storefront-settings

Sources:
    Helm documentation, "Chart Template Guide"
"""

from kubelint_py.authoring import Input, Problems, rule


@rule(severity="medium", since="0.1")
def check(_given: Input) -> Problems:
    """Yield nothing: a refused document never gets here, the reader itself reports it."""
    yield from ()
