"""Which pods get a token of their service account without anybody saying so."""

from __future__ import annotations

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Container, PodSpec, Resource
from kubelint_py.model.rbac_subject import AUTHENTICATED, Subject

BINDINGS = ("RoleBinding", "ClusterRoleBinding")
KINDS = (*sorted(WORKLOAD_KINDS), "ServiceAccount", *BINDINGS)
DEFAULT = "default"
ANY = "*"
"""Stands for all namespaces; no namespace is called so."""
MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount"
"""Where the admission controller mounts the token; a container that mounts something else there gets none."""


class ServiceAccounts:
    """The service accounts of a set, and who of them is bound to a role.

    Namespaces are as written. One that is not written may be any, as in charts rendered for another
    namespace than the default one. A binding counts whether or not its role is in the set.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._namespace = bundle.default_namespace
        self._objects: dict[tuple[str, str], Resource] = {}
        self._decided: set[tuple[str, str]] = set()
        for account in bundle.of("", "ServiceAccount"):
            places = ((account.namespace, account.name), (ANY, account.name))
            for place in places:
                self._objects.setdefault(place, account)
            if account.node.at("automountServiceAccountToken").as_bool is not None:
                self._decided.update(places)
        # Without any, the engine of RBAC need not even be imported.
        bindings = () if bundle.kinds.isdisjoint(BINDINGS) else bundle.permissions.bindings
        self._bound = {subject for binding in bindings for _, subject in binding.subjects}
        self._bound_names = {subject.name for subject in self._bound if subject.kind == "ServiceAccount"}

    def find(self, namespace: str, name: str) -> Resource | None:
        """Return the ServiceAccount object a pod of this namespace means."""
        return next((self._objects[place] for place in _places(namespace, name) if place in self._objects), None)

    def undecided(self, namespace: str, name: str) -> bool:
        """Whether the account neither says if its token is mounted nor has a use for one.

        Of an account that is not in the set nothing is known, but for `default`, which every namespace has.
        """
        if self.find(namespace, name) is None and name != DEFAULT:
            return False
        return self._decided.isdisjoint(_places(namespace, name)) and not self._is_bound(namespace, name)

    def _is_bound(self, namespace: str, name: str) -> bool:
        if not namespace and name in self._bound_names:
            return True
        subject = Subject.service_account(namespace or self._namespace, name)
        # Everybody who is logged in is no sign that this account needs its token.
        groups = (group for group in subject.groups if group.name != AUTHENTICATED)
        return not self._bound.isdisjoint((subject, *groups))


def _places(namespace: str, name: str) -> tuple[tuple[str, str], ...]:
    return ((namespace, name), ("", name)) if namespace else ((ANY, name),)


def gets_token(pod: PodSpec) -> bool:
    """Whether a container of the pod gets a token unless its service account says no."""
    if pod.node.at("automountServiceAccountToken").as_bool is not None:
        return False
    started = (container for container in pod.containers if container.role != "ephemeral")
    return not all(has_own_mount(container) for container in started)


def has_own_mount(container: Container) -> bool:
    """Whether a container mounts something where the token would be."""
    return any(mount.at("mountPath").value == MOUNT_PATH for mount in container.node.at("volumeMounts").items())
