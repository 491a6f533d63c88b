"""ConfigMap holds a credential in clear text.

ConfigMaps are readable for far more users and workloads than Secrets, are not encrypted at rest, and end up in logs
and dashboards. Whole configuration files are looked through for tokens, and for names that are given a value; no
language is parsed, so Erlang terms, access lists of Redis and what a program puts together stay unseen.

Remedy: move the credential to a Secret, and have the file refer to it by variable or include; then change it
Bad:
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: orders
    data:
      application.properties: |
        datasource.url=jdbc:postgresql://orders-db/orders
        datasource.password=tr4ding-Kestrel
Good:
    apiVersion: v1
    kind: ConfigMap
    metadata:
      name: orders
    data:
      application.properties: |
        datasource.url=jdbc:postgresql://orders-db/orders
        datasource.password=${DB_PASSWORD}
Options:
    allow: keys of the ConfigMap, and names of settings in their values, that may; `*` stands for any characters
Sources:
    Kubernetes documentation, "ConfigMaps"; Kubernetes documentation, "Good practices for Kubernetes Secrets"
"""

from kubelint_py.authoring import Problems, Resource, rule


@rule(
    severity="high",
    since="0.1",
    kinds=("ConfigMap",),
    tags=(
        "masked",
        "polaris:sensitiveConfigmapContent",
        "KSV-0109",
        "C-0012",
    ),
)
def check(config_map: Resource, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each credential."""
    if not (config_map.is_("", "ConfigMap") and (config_map.data.get("data") or config_map.data.get("binaryData"))):
        return
    # Most files need none of this, and a small one is read faster than this is loaded.
    from kubelint_py.rules.secrets._config_map import config_map_credentials  # noqa: PLC0415
    from kubelint_py.rules.secrets._problem import problems  # noqa: PLC0415

    for key, node, found in config_map_credentials(config_map):
        leaks = [each for each in found if each.grade != "default"]
        yield from problems(node, leaks, "ConfigMap entry", key, allow)
