"""Credentials in the environment variables of a container."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Node
from kubelint_py.rules.secrets._credential import Credential, credentials


def env_credentials(container: Node) -> Iterator[tuple[str, Node, list[Credential]]]:
    """Yield name, value and credentials of each variable with a literal value that holds some."""
    for variable in container.child("env").items():
        value = variable.child("value")
        name = variable.child("name").as_str or ""
        found = credentials(name, value.value) if value.as_str else None
        if found:
            yield name, value, found
