"""Well-known passwords in all places where an object may hold one."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.authoring import Node, Resource
from kubelint_py.model.workload import workloads
from kubelint_py.rules.secrets._config_map import config_map_credentials
from kubelint_py.rules.secrets._credential import credentials
from kubelint_py.rules.secrets._env import env_credentials
from kubelint_py.rules.secrets._secret import entries
from kubelint_py.rules.secrets._token import Credential

_GRADES = ("default", "known")
Held = tuple[str, str, str, Node, list[Credential]]
"""What holds it, the container, the name of the value, the value, and the credentials in it."""


def default_credentials(resource: Resource) -> Iterator[Held]:
    """Yield each value that holds well-known passwords."""
    for noun, container, name, node, found in _held(resource):
        known = [each._replace(title="a well-known password") for each in found if each.grade in _GRADES]
        if known:
            yield noun, container, name, node, known


def _held(resource: Resource) -> Iterator[Held]:
    if resource.is_("", "ConfigMap"):
        for key, node, found in config_map_credentials(resource):
            yield "ConfigMap entry", "", key, node, found
    elif resource.is_("", "Secret"):
        for key, node, text in entries(resource):
            if text:
                yield "Secret entry", "", key, node, _in_secret(key, node, text)
    else:
        for workload in workloads(resource):
            for container in workload.pod.containers:
                for name, node, found in env_credentials(container.node):
                    yield "environment variable", container.name, name, node, found


def _in_secret(key: str, node: Node, text: str) -> list[Credential]:
    found = credentials(key, text)
    return found if text is node.value else [each._replace(start=0, end=len(node.value)) for each in found]
