"""Secret is written down with its values.

The values of a native Secret are only base64, which everybody can turn back: whoever reads the repository has them.
Secrets that are encrypted (SOPS, SealedSecret), that a controller keeps, that are empty, or whose values stand for
something that a tool fills in are left alone, and so is what is public: certificates, user names, hosts. A Secret that
a chart renders gets its values from elsewhere, so it weighs less.

Remedy: commit a SealedSecret, an ExternalSecret, a SecretProviderClass (Vault) or a SOPS file, and change the value
Bad:
    apiVersion: v1
    kind: Secret
    metadata:
      name: orders-db
    type: Opaque
    data:
      username: b3JkZXJz
      password: dHI0ZGluZy1LZXN0cmVs
Good:
    apiVersion: external-secrets.io/v1
    kind: ExternalSecret
    metadata:
      name: orders-db
    spec:
      secretStoreRef:
        kind: ClusterSecretStore
        name: vault
      data:
        - secretKey: password
          remoteRef:
            key: shop/orders-db
            property: password
Options:
    allow: names of Secrets that may; `*` stands for any characters
Sources:
    Kubernetes documentation, "Good practices for Kubernetes Secrets"; documentation of Sealed Secrets, External Secrets
        Operator, Secrets Store CSI driver and SOPS
"""

from fnmatch import fnmatchcase

from kubelint_py.authoring import Node, Problem, Problems, Resource, rule

_SHOWN = 3


@rule(
    severity="medium",
    since="0.1",
    kinds=("Secret",),
    tags=(
        "masked",
        "C-0234",
        "kics:using_kubernetes_native_secret_management",
    ),
)
def check(secret: Resource, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem where the Secret holds a credential."""
    if not secret.is_("", "Secret") or any(fnmatchcase(secret.name, pattern) for pattern in allow):
        return
    # Most files need none of this, and a small one is read faster than this is loaded.
    from kubelint_py.rules.secrets._place import around  # noqa: PLC0415
    from kubelint_py.rules.secrets._secret import exposed, is_managed, is_rendered  # noqa: PLC0415

    if is_managed(secret):
        return
    found = list(exposed(secret))
    if found:
        message = (
            f"Secret {secret.name!r} holds {_names([key for key, *_ in found])} {_how([node for _, node, _ in found])}"
        )
        message += "; its chart fills it in" if is_rendered(secret) else ""
        severity = "low" if is_rendered(secret) else ""
        yield Problem(found[0][1], message, severity=severity, span=around((node, part) for _, node, part in found))


def _names(keys: list[str]) -> str:
    from kubelint_py.rules.secrets._credential import shown  # noqa: PLC0415

    names = [repr(key) if shown(key) else "an entry" for key in keys]
    if len(names) > _SHOWN:
        names = [*names[: _SHOWN - 1], f"{len(names) - _SHOWN + 1} more"]
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _how(nodes: list[Node]) -> str:
    if any(node.document.root.child("sops").as_map for node in nodes):
        return "that SOPS did not encrypt"
    return "in base64, which is no encryption" if any("data" in node.path for node in nodes) else "in clear text"
