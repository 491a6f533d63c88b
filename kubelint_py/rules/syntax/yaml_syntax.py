"""Document is not read by Kubernetes.

`kubectl apply` refuses the document with the same complaint. The other documents of the file are linted all the same:
reading goes on at the next line that holds nothing but `---`.

Remedy: mend the syntax where the finding points

Bad:
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: storefront
    data:
      greeting: "hello

Good:
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: storefront
    data:
      greeting: "hello"

Sources:
    sigs.k8s.io/yaml, which reads manifests for kubectl and the API server; YAML 1.1
"""

from kubelint_py.authoring import Input, Problems, rule


@rule(severity="critical", since="0.1", tags=("api-validity",))
def check(_given: Input) -> Problems:
    """Yield nothing: a refused document never gets here, the reader itself reports it."""
    yield from ()
