"""What the escalation graph is made of: identities, places, and steps between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from kubelint_py.model.plain_object import mapping
from kubelint_py.model.rbac import Grant
from kubelint_py.model.rbac_subject import Subject


class Place(NamedTuple):
    """What is no identity. `kind` is Admin, Cluster, Node, Pods or Namespace; `namespace` "" is every one."""

    kind: str
    namespace: str = ""


Vertex = Subject | Place
ADMIN = Place("Admin")
CLUSTER = Place("Cluster")
NODE = Place("Node")


class Step(NamedTuple):
    """From one vertex to the next. `does` follows "may"; a step without grants is what the vertex itself means.

    One that is not `certain` needs luck: who reads Secrets has a token of the next account where there is one.
    """

    source: Vertex
    target: Vertex
    does: str = ""
    grants: tuple[Grant, ...] = ()
    certain: bool = True


class Running(NamedTuple):
    """Pods with the same template: their namespace, service account, and pod names as far as they are known.

    `has_token` is whether the token of the account is mounted.
    """

    namespace: str
    account: str
    names: tuple[str, ...]
    has_token: bool

    @property
    def subject(self) -> Subject:
        """The identity the pods have."""
        return Subject.service_account(self.namespace, self.account)


class Surroundings(NamedTuple):
    """What of a set decides where rights lead, besides roles and bindings.

    `unguarded` are namespaces that admit pods which take over their node; `token_secrets` maps namespace and
    name of a Secret to the name of the service account whose token it holds.
    """

    running: tuple[Running, ...] = ()
    unguarded: frozenset[str] = frozenset()
    token_secrets: Mapping[tuple[str, str], str] = {}


def token_secrets(objects: Iterable[object], namespace: str = "default") -> dict[tuple[str, str], str]:
    """Return the Secrets of a set that hold a service account token: namespace and name to the account's name."""
    found = {}
    for value in map(mapping, objects):
        if value.get("type") == "kubernetes.io/service-account-token":
            metadata = mapping(value.get("metadata"))
            account = mapping(metadata.get("annotations")).get("kubernetes.io/service-account.name")
            name, own = metadata.get("name"), metadata.get("namespace") or namespace
            if isinstance(account, str) and isinstance(name, str) and isinstance(own, str):
                found[own, name] = account
    return found
