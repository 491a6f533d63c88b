"""Credentials in the environment variables of a container."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubelint_py.authoring import Node
from kubelint_py.rules.secrets._stem import may_hold

if TYPE_CHECKING:
    from kubelint_py.rules.secrets._token import Credential


def env_credentials(container: Node) -> Iterator[tuple[str, Node, list[Credential]]]:
    """Yield name, value and credentials of each variable with a literal value that holds some."""
    for variable in container.child("env").items():
        value = variable.child("value")
        name = variable.child("name").as_str or ""
        if value.as_str and may_hold(name, value.value):
            from kubelint_py.rules.secrets._credential import credentials  # noqa: PLC0415  large, and often not needed

            found = credentials(name, value.value)
            if found:
                yield name, value, found
