"""Password is one that everybody knows.

It is the first thing that is tried: passwords that products come with, and those at the top of every list. Looked
for in environment variables, ConfigMaps and Secrets, but not in pods of custom resources that only the configuration
knows. Some values ask to be replaced, such as `changeme`: they are used when nobody does.

Remedy: have a random password generated for each installation, and keep it in a Secret that is not in the repository
Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders-db
    spec:
      containers:
        - name: postgres
          image: registry.example/shop/postgres:17.2
          env:
            - name: POSTGRES_PASSWORD
              value: postgres
Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders-db
    spec:
      containers:
        - name: postgres
          image: registry.example/shop/postgres:17.2
          env:
            - name: POSTGRES_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: orders-db
                  key: password
Options:
    allow: names of variables, of keys, and of settings in their values, that may; `*` stands for any characters
Sources:
    OWASP Application Security Verification Standard, credentials; the vendors' documentation of their first passwords
"""

from kubelint_py.authoring import Problems, Resource, rule


@rule(severity="medium", since="0.1", default=False, tags=("masked",))
def check(resource: Resource, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each well-known password."""
    from kubelint_py.rules.secrets._default import default_credentials  # noqa: PLC0415
    from kubelint_py.rules.secrets._problem import problems  # noqa: PLC0415

    for noun, container, name, node, found in default_credentials(resource):
        yield from problems(node, found, noun, name, allow, how="", container=container)
