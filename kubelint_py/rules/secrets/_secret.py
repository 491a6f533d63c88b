"""What a Secret holds in plain sight: base64 is read as text, what is encrypted or stands for something is left out."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator

from kubelint_py.authoring import Node, Resource
from kubelint_py.rules.secrets._credential import credentials
from kubelint_py.rules.secrets._name import is_beside, promise
from kubelint_py.rules.secrets._place import place
from kubelint_py.rules.secrets._value import is_default, is_password, is_placeholder, is_weak
from kubelint_py.source.text import Span

_PUBLIC_ENDINGS = (".cer", ".crt", ".der", ".pub")
_MANAGED_LABELS = ("reconcile.external-secrets.io/managed", "secrets-store.csi.k8s.io/managed")
_MANAGED_ANNOTATIONS = (
    "cert-manager.io/certificate-name",
    "sealedsecrets.bitnami.com/managed",
    "sealedsecrets.bitnami.com/patch",
)


def is_managed(secret: Resource) -> bool:
    """Whether a controller or Helm itself keeps the Secret: nobody wrote its values down."""
    if secret.data.get("type") == "helm.sh/release.v1" or secret.node.at("metadata.ownerReferences").as_list:
        return True
    labels, annotations = secret.labels, secret.annotations
    return any(labels.get(name) == "true" for name in _MANAGED_LABELS) or not annotations.keys().isdisjoint(
        _MANAGED_ANNOTATIONS
    )


def is_rendered(secret: Resource) -> bool:
    """Whether the Secret comes from a chart, whose values or template fill it in."""
    labels = secret.labels
    return "helm.sh/chart" in labels or "Helm" in {labels.get("app.kubernetes.io/managed-by"), labels.get("heritage")}


def entries(secret: Resource) -> Iterator[tuple[str, Node, str | None]]:
    """Yield key, field and text of each entry; None for what is no text."""
    for key, node in secret.node.child("data").entries():
        if node.as_str and node.value.strip():
            yield key, node, _text(node.value)
    for key, node in secret.node.child("stringData").entries():
        if node.as_str and node.value.strip():
            yield key, node, node.value


def _text(value: str) -> str | None:
    """Return what a value is in base64; what is none is text already, such as a reference that a tool replaces."""
    if is_placeholder(value) and len(value) <= 4096:
        return value
    try:
        raw = b64decode("".join(value.split()), validate=True)
    except ValueError:
        return value
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


def exposed(secret: Resource) -> Iterator[tuple[str, Node, Span | None]]:
    """Yield key, field and place of each entry with a credential that everybody can read who sees the manifest."""
    for key, node, text in entries(secret):
        part = _exposed_part(key, text)
        if part:
            # Where something stands in what is decoded says nothing of its place in base64.
            yield key, node, place(node, *part) if text is node.value else None


def _exposed_part(key: str, text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None if key.lower().endswith(_PUBLIC_ENDINGS) else (0, 0)
    found = [each for each in credentials(key, text) if not is_placeholder(text[each.start : each.end])]
    if found:
        return found[0].start, found[-1].end
    return (0, len(text)) if _is_secret(key, text.strip()) else None


def _is_secret(key: str, value: str) -> bool:
    """Whether a value of no known look is a credential: in a Secret it is, unless it looks like something else."""
    if "\n" in value or value.startswith("-----BEGIN ") or is_beside(key) or is_placeholder(value):
        return False
    if is_weak(value):
        return is_default(value)
    promised = promise(key)
    return bool(promised and promised.proof != "random") or is_password(value)
