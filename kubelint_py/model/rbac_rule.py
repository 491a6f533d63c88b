"""One RBAC policy rule and the request it is compared with.

Source of the semantics: Kubernetes API, rbac.authorization.k8s.io/v1, PolicyRule; the comparison is the
one of the RBAC authorizer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

ANY = "*"


class Request(NamedTuple):
    """What somebody wants to do. A `path` makes it a non-resource request.

    `name` None asks whether some name would do, which is how a right is described; the authorizer
    always has a name, if only "".
    """

    verb: str = ""
    api_group: str = ""
    resource: str = ""
    subresource: str = ""
    name: str | None = ""
    path: str = ""


class Rule(NamedTuple):
    """A policy rule; within it the lists form a cross product. A rule without verbs grants nothing."""

    verbs: tuple[str, ...] = ()
    api_groups: tuple[str, ...] = ()
    resources: tuple[str, ...] = ()
    resource_names: tuple[str, ...] = ()
    non_resource_urls: tuple[str, ...] = ()

    def allows(self, request: Request) -> bool:
        """Whether the rule grants the request; the scope is the binding's affair."""
        if request.verb not in self.verbs and ANY not in self.verbs:
            return False
        if request.path:
            return any(covers_path(url, request.path) for url in self.non_resource_urls)
        if request.api_group not in self.api_groups and ANY not in self.api_groups:
            return False
        if request.name is not None and self.resource_names and request.name not in self.resource_names:
            return False
        return self._covers(request.resource, request.subresource)

    def _covers(self, resource: str, subresource: str) -> bool:
        if ANY in self.resources:
            return True
        if not subresource:
            return resource in self.resources
        return f"{resource}/{subresource}" in self.resources or f"*/{subresource}" in self.resources

    def reaches(self, namespace: str) -> bool:
        """Whether the rule can grant anything when bound in a namespace ("" is the whole cluster)."""
        if not self.verbs:
            return False
        return bool(self.resources and self.api_groups) or (not namespace and bool(self.non_resource_urls))


def is_everything(rule: Rule) -> bool:
    """Whether a rule grants every verb on every resource, paths aside."""
    return ANY in rule.verbs and ANY in rule.api_groups and ANY in rule.resources and not rule.resource_names


def covers_path(granted: str, path: str) -> bool:
    """Whether an item of nonResourceURLs covers a path; stars count at the end only."""
    return granted == path or (granted.endswith(ANY) and path.startswith(granted.rstrip(ANY)))


def read_rule(value: object) -> Rule:
    """Read an item of `rules`. What the API server could not decode grants nothing."""
    if not isinstance(value, Mapping):
        return Rule()
    fields = [_strings(value.get(key)) for key in ("verbs", "apiGroups", "resources", "resourceNames")]
    fields.append(_strings(value.get("nonResourceURLs")))
    return Rule() if None in fields else Rule(*(field or () for field in fields))


def _strings(value: object) -> tuple[str, ...] | None:
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        return None
    # A null item decodes to the empty string, which among apiGroups is the core group.
    items = tuple("" if item is None else item for item in value)
    return items if all(isinstance(item, str) for item in items) else None
