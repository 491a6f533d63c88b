"""Questions about permissions, as users write them.

Source of the notation: kubectl reference, `kubectl auth can-i` (TYPE, TYPE.GROUP, TYPE/NAME, NONRESOURCEURL).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_py.errors import ConfigError
from kubelint_py.model.rbac import Grant, Permissions
from kubelint_py.model.rbac_rights import is_nameless, works_in_namespace
from kubelint_py.model.rbac_rule import ANY
from kubelint_py.model.rbac_subject import Subject

_VERSION = re.compile(r"v\d+((alpha|beta)\d+)?")
_EVERY_KIND = frozenset({"status", "scale", "finalizers"})


class Question(NamedTuple):
    """A request, or several that differ in the API group.

    `name` None is some name. `namespace` None is some scope, "" the whole cluster. A `path` makes it a
    non-resource request.
    """

    verb: str
    api_groups: tuple[str, ...] = ("",)
    resource: str = ""
    subresource: str = ""
    name: str | None = None
    namespace: str | None = None
    path: str = ""

    def __str__(self) -> str:
        group = self.api_groups[0] if len(self.api_groups) == 1 else ""
        kind = self.path or self.resource + (f".{group}" if group else "")
        what = "/".join(part for part in (kind, self.name, self.subresource) if part)
        return f"{self.verb} {what}" + (f" in namespace {self.namespace}" if self.namespace else "")


def read_subject_name(text: str, namespace: str = "default") -> Subject:
    """Read who is meant.

    `sa:NAMESPACE/NAME`, `sa:NAME` (in `namespace`), `user:NAME`, `group:NAME`, `system:serviceaccount:NAMESPACE:NAME`;
    anything else is the name of a user. Raises `ConfigError` on an empty name.
    """
    prefix, _, name = text.partition(":")
    if prefix == "sa":
        own, slash, account = name.rpartition("/")
        subject = Subject.service_account(own if slash else namespace, account)
        if subject.kind != "ServiceAccount" or "/" in subject.namespace:
            raise ConfigError(f"{text!r} is no service account; write sa:NAMESPACE/NAME")
        return subject
    subject = Subject.group(name) if prefix == "group" else Subject.user(name if prefix == "user" else text)
    if not subject.name:
        raise ConfigError(f"{text!r} names nobody; write sa:NAMESPACE/NAME, user:NAME or group:NAME")
    return subject


def subject_name(subject: Subject) -> str:
    """Return how `read_subject_name` takes an identity."""
    if subject.kind == "ServiceAccount":
        return f"sa:{subject.namespace}/{subject.name}"
    return f"{subject.kind.lower()}:{subject.name}"


def read_question(
    verb: str, what: str, permissions: Permissions, *, subresource: str = "", name: str = "", namespace: str = ""
) -> Question:
    """Read a verb and a resource, or a path that starts with `/`.

    What follows a slash is a subresource where the resource has one of that name, else an object's name; both
    are written TYPE/NAME/SUBRESOURCE. A type without group that Kubernetes does not know is looked up in the
    roles of the set. Raises `ConfigError` on an empty verb or resource.
    """
    if not verb or not what.strip("/"):
        raise ConfigError(
            "a verb and a resource are needed, such as: get pods/log, list deployments.apps, get /metrics"
        )
    if what.startswith("/"):
        return Question(verb, path=what, namespace="")
    kind, *rest = what.split("/", 2)
    resource, groups = _resource(kind, permissions)
    if len(rest) == 1 and not subresource and rest[0] in _subresources(resource):
        subresource, rest = rest[0], []
    name = name or (rest[0] if rest else "")
    subresource = subresource or (rest[1] if len(rest) > 1 else "")
    full = f"{resource}/{subresource}" if subresource else resource
    scope = (namespace or None) if resource == ANY or works_in_namespace(full, verb) else ""
    return Question(verb, groups, resource, subresource, name or None, scope)


def _resource(kind: str, permissions: Permissions) -> tuple[str, tuple[str, ...]]:
    """Return plural name and API groups of a type as kubectl takes it: plural, singular or short, with a group."""
    from kubelint_py.data.rbac_resources import resource_names  # noqa: PLC0415  large, and seldom needed

    plain, dot, group = kind.lower().partition(".")
    if dot:
        version, _, rest = group.partition(".")
        group = rest if _VERSION.fullmatch(version) else group
        known = resource_names().get(plain)
        return (known.name if known and known.group == group else plain), (group,)
    if plain == ANY:
        return ANY, ("",)
    known = resource_names().get(plain)
    if known:
        return known.name, (known.group,)
    return plain, tuple(_groups_naming(plain, permissions)) or ("",)


def _groups_naming(resource: str, permissions: Permissions) -> Iterator[str]:
    rules = (rule for role in permissions.roles for rule in role.rules if resource in rule.resources)
    yield from sorted({group for rule in rules for group in rule.api_groups if group != ANY})


def _subresources(resource: str) -> frozenset[str]:
    from kubelint_py.data.rbac_resources import api_resources  # noqa: PLC0415

    several = api_resources().get(resource)
    if several is None:
        return _EVERY_KIND.union(*(each.subresources for known in api_resources().values() for each in known))
    return _EVERY_KIND.union(*(each.subresources for each in several))


def doubts(question: Question, permissions: Permissions) -> Iterator[str]:
    """Yield what of a question neither Kubernetes nor a role of the set knows: a word that may be a mistake."""
    from kubelint_py.data.rbac_resources import URL_VERBS, VERBS, api_resources  # noqa: PLC0415

    named = [rule for role in permissions.roles for rule in role.rules]
    known = URL_VERBS if question.path else VERBS
    verb, resource = question.verb, question.resource
    if verb not in known and verb != ANY and not any(verb in rule.verbs for rule in named):
        yield f"Kubernetes has no verb {verb!r}, and no role of these objects names it"
    there = resource in api_resources() or any(
        item.partition("/")[0] == resource for rule in named for item in rule.resources
    )
    if resource not in {"", ANY} and not there:
        yield f"Kubernetes has no resource {resource!r}, and no role of these objects names it"


def answer(question: Question, permissions: Permissions) -> list[Grant]:
    """Return who can do it: a grant for each binding and subject, by subject, the whole cluster first."""
    full = f"{question.resource}/{question.subresource}" if question.subresource else question.resource
    # A request that carries no name passes no rule with resourceNames.
    name = "" if question.name is None and is_nameless(question.verb, full) else question.name
    grants: Iterable[Grant] = (
        grant
        for group in question.api_groups
        for grant in permissions.who_can(
            question.verb, group, question.resource, question.subresource, question.namespace, name, question.path
        )
    )
    return sorted(dict.fromkeys(grants), key=lambda grant: (grant.subject, grant.namespace))
