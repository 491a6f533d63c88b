"""Credentials in the entries of a ConfigMap."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Node, Resource
from kubelint_py.rules.secrets._credential import credentials, decoded
from kubelint_py.rules.secrets._token import Credential


def config_map_credentials(config_map: Resource) -> Iterator[tuple[str, Node, list[Credential]]]:
    """Yield key, value and credentials of each entry that holds some."""
    for key, node in config_map.node.child("data").entries():
        found = credentials(key, node.value) if node.as_str else None
        if found:
            yield key, node, found
    for key, node in config_map.node.child("binaryData").entries():
        found = credentials(key, decoded("".join(node.value.split()))) if node.as_str else None
        if found:
            # Where something stands in what is decoded says nothing of its place in base64.
            yield key, node, [each._replace(start=0, end=len(node.value)) for each in found[:1]]
