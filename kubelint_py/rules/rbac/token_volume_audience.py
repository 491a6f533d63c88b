"""Projected service account token has no audience, or lives long.

A token without audience is one for the API server: whoever it is sent to can use it there. A token for another
service should name that service. Tokens are renewed by themselves, so that a long life helps nobody but a thief. A
volume that also holds the API server's certificate is meant for the API server and needs no audience.

Remedy: set `audience` to the service that verifies the token, and leave `expirationSeconds` at an hour
Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders
      namespace: shop
    spec:
      containers:
        - name: orders
          image: registry.example/orders:2.1.0
      volumes:
        - name: vault-token
          projected:
            sources:
              - serviceAccountToken:
                  path: token
Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: orders
      namespace: shop
    spec:
      containers:
        - name: orders
          image: registry.example/orders:2.1.0
      volumes:
        - name: vault-token
          projected:
            sources:
              - serviceAccountToken:
                  path: token
                  audience: vault
Options:
    max_seconds: longest life of a token in seconds
Sources:
    Kubernetes documentation, "Managing Service Accounts", bound service account tokens
    Kubernetes API reference, Volume, ServiceAccountTokenProjection
"""

from kubelint_py.authoring import Node, PodSpec, Problem, Problems, rule

API_CERTIFICATE = "kube-root-ca.crt"


@rule(severity="low", since="0.1")
def check(pod: PodSpec, *, max_seconds: int = 86_400) -> Problems:
    """Yield a problem for each such volume source."""
    for volume in pod.node.at("volumes").items():
        sources = list(volume.at("projected.sources").items())
        for source in sources:
            token = source.at("serviceAccountToken")
            if token.as_map is None:
                continue
            name = volume.at("name").as_str or ""
            if not token.at("audience").value and not any(map(is_api_certificate, sources)):
                yield Problem(token, f"the token in volume {name!r} has no audience, so it is one for the API server")
            seconds = token.at("expirationSeconds")
            if seconds.as_int is not None and seconds.as_int > max_seconds:
                hours = seconds.as_int // 3600
                yield Problem(seconds, f"the token in volume {name!r} lives {hours} hours")


def is_api_certificate(source: Node) -> bool:
    """Whether a source is the certificate of the API server, which only its clients need."""
    return source.at("configMap.name").as_str == API_CERTIFICATE
