"""Environment variable holds a credential in clear text.

Everybody who can read the manifest, its repository or the pod has the credential, and it stays in the history of
both after it was changed. Values that stand for something else are no credentials: references such as `$(NAME)` and
placeholders, paths, hosts, names of objects, numbers and switches.

Remedy: keep the value in a Secret and refer to it with valueFrom.secretKeyRef, or mount it as a file; then change it
Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders
    spec:
      containers:
        - name: api
          image: registry.example/shop/orders:2.4.1
          env:
            - name: DB_PASSWORD
              value: tr4ding-Kestrel
Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders
    spec:
      containers:
        - name: api
          image: registry.example/shop/orders:2.4.1
          env:
            - name: DB_PASSWORD
              valueFrom:
                secretKeyRef:
                  name: orders-db
                  key: password
Options:
    allow: names of variables, and of settings in their values, that may; `*` stands for any characters
Sources:
    Kubernetes documentation, "Distribute Credentials Securely Using Secrets"; OWASP Kubernetes Top Ten
"""

from kubelint_py.authoring import Container, Problems, rule


@rule(
    severity="high",
    since="0.1",
    tags=(
        "masked",
        "kube-linter:env-var-secret",
        "polaris:sensitiveContainerEnvVar",
        "C-0012",
        "C-0259",
    ),
)
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each credential."""
    if not container.node.child("env").as_list:
        return
    # Most pods need none of this, and a small file is read faster than this is loaded.
    from kubelint_py.rules.secrets._env import env_credentials  # noqa: PLC0415
    from kubelint_py.rules.secrets._problem import problems  # noqa: PLC0415

    for name, node, found in env_credentials(container.node):
        leaks = [each for each in found if each.grade != "default"]
        yield from problems(node, leaks, "environment variable", name, allow)
