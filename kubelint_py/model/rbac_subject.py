"""Who holds rights: users, groups and service accounts.

A service account is the user `system:serviceaccount:<namespace>:<name>`; both spellings give one Subject.
Source of the semantics: Kubernetes API, rbac.authorization.k8s.io/v1, Subject; Kubernetes documentation,
"Using RBAC Authorization", referring to subjects.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

ANONYMOUS = "system:anonymous"
AUTHENTICATED = "system:authenticated"
UNAUTHENTICATED = "system:unauthenticated"
SERVICE_ACCOUNTS = "system:serviceaccounts"
_NODES = "system:nodes"
_NODE_PREFIX = "system:node:"
_ACCOUNT_PREFIX = "system:serviceaccount:"


class Subject(NamedTuple):
    """An identity. `kind` is User, Group or ServiceAccount; `namespace` is "" for the first two.

    Made by `user`, `group` and `service_account`, which keep one identity one value.
    """

    kind: str
    namespace: str
    name: str

    @classmethod
    def user(cls, name: str) -> Subject:
        """Return the identity of a user name, which may be a service account's."""
        if name.startswith(_ACCOUNT_PREFIX):
            namespace, colon, account = name[len(_ACCOUNT_PREFIX) :].partition(":")
            if namespace and account and colon and ":" not in account:
                return cls("ServiceAccount", namespace, account)
        return cls("User", "", name)

    @classmethod
    def group(cls, name: str) -> Subject:
        """Return the identity of a group: anybody in it."""
        return cls("Group", "", name)

    @classmethod
    def service_account(cls, namespace: str, name: str) -> Subject:
        """Return the identity of a service account."""
        return cls.user(f"{_ACCOUNT_PREFIX}{namespace}:{name}")

    def __str__(self) -> str:
        return f"{self.kind} {self.namespace}/{self.name}" if self.namespace else f"{self.kind} {self.name}"

    @property
    def username(self) -> str:
        """The user name requests carry; "" for a group."""
        if self.kind == "ServiceAccount":
            return f"{_ACCOUNT_PREFIX}{self.namespace}:{self.name}"
        return self.name if self.kind == "User" else ""

    @property
    def groups(self) -> tuple[Subject, ...]:
        """The groups Kubernetes puts the identity in by itself; for a group those of its members."""
        names: tuple[str, ...] = (AUTHENTICATED,)
        if self.name == ANONYMOUS and self.kind == "User":
            names = (UNAUTHENTICATED,)
        elif self.kind == "User" and self.name.startswith(_NODE_PREFIX):
            names = (_NODES, AUTHENTICATED)
        elif self.kind == "ServiceAccount":
            names = (f"{SERVICE_ACCOUNTS}:{self.namespace}", SERVICE_ACCOUNTS, AUTHENTICATED)
        elif self.kind == "Group" and self.name.startswith(f"{SERVICE_ACCOUNTS}:"):
            names = (SERVICE_ACCOUNTS, AUTHENTICATED)
        elif self.kind == "Group" and self.name in {AUTHENTICATED, UNAUTHENTICATED}:
            names = ()
        return tuple(map(Subject.group, names))


def read_subject(value: object, namespace: str) -> Subject | None:
    """Read an item of `subjects`; `namespace` is the binding's, "" for a ClusterRoleBinding.

    None is a subject that matches nobody: another kind, no name, or a service account without a
    namespace in a ClusterRoleBinding.
    """
    if not isinstance(value, Mapping):
        return None
    kind, name = value.get("kind"), value.get("name")
    if not isinstance(name, str) or not name:
        return None
    if kind == "User":
        return Subject.user(name)
    if kind == "Group":
        return Subject.group(name)
    own = value.get("namespace")
    own = namespace if own in (None, "") else own
    return Subject.service_account(own, name) if kind == "ServiceAccount" and own and isinstance(own, str) else None
