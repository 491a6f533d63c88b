"""What in a policy rule can never grant anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_py.authoring import Node, Resource
from kubelint_py.model.rbac_rights import is_nameless, works_in_namespace
from kubelint_py.model.rbac_rule import ANY, Rule, read_rule
from kubelint_py.rules.rbac._role import listed

Mistake = tuple[Node, str]
Wrong = tuple[str, str]
"""An item of `resources` or `verbs`, and what is wrong with it."""

_SPECIAL = {
    "bind": ("roles", "clusterroles"),
    "escalate": ("roles", "clusterroles"),
    "approve": ("signers",),
    "sign": ("signers",),
    "attest": ("signers",),
    "impersonate": ("users", "groups", "serviceaccounts", "uids", "userextras", "nodes"),
}
_CLOSE = {
    "read": "get, list and watch",
    "write": "create, update and patch",
    "edit": "update and patch",
    "post": "create",
    "put": "update",
    "remove": "delete",
    "exec": "create on pods/exec",
    "view": "get and list",
}
_ON_ANYTHING = frozenset({"status", "scale", "finalizers"})
"""Subresources that generated roles name for every resource."""


def mistakes(role: Resource, node: Node) -> Iterator[Mistake]:
    """Yield what has no effect in a rule of a role."""
    rule = read_rule(node.value)
    if not rule.verbs:
        return
    if role.kind == "Role" and rule.non_resource_urls:
        message = "a Role grants nothing on nonResourceURLs; it takes a ClusterRole and a ClusterRoleBinding"
        yield node.at("nonResourceURLs"), message
    if rule.resources:
        judged = _is_judged(rule)
        yield from _placed(node.at("resources"), _resources(role, rule, judged))
        yield from _placed(node.at("verbs"), _verbs(rule, judged))


def _placed(values: Node, found: Iterable[Wrong]) -> Iterator[Mistake]:
    """Point at the first item that is the wrong one; a rule may have as many as it has items."""
    told = list(found)
    places = {each.value: each for each in reversed(list(values.items()))} if told else {}
    for value, message in told:
        yield places.get(value, values), message


def _resources(role: Resource, rule: Rule, judged: bool) -> Iterator[Wrong]:
    for resource in rule.resources:
        plain, slash, subresource = resource.partition("/")
        if subresource == ANY and plain != ANY:
            yield resource, f"{resource!r} matches nothing: name the subresources, or write '*/NAME'"
        elif plain and plain != ANY:
            message = _unknown(rule, plain, subresource if slash else None, judged)
            if message:
                yield resource, message
            elif role.kind == "Role" and not any(works_in_namespace(resource, verb) for verb in _plain_verbs(rule)):
                yield resource, f"a Role grants nothing on {resource!r}, which is not in namespaces"


def _plain_verbs(rule: Rule) -> tuple[str, ...]:
    return ("get", "bind", "use") if ANY in rule.verbs else rule.verbs


def _is_judged(rule: Rule) -> bool:
    """Whether every API group of a rule is one whose resources are known."""
    from kubelint_py.data.rbac_resources import api_groups  # noqa: PLC0415  large, and seldom needed

    return bool(rule.api_groups) and all(group in api_groups() for group in rule.api_groups)


def _unknown(rule: Rule, resource: str, subresource: str | None, judged: bool) -> str:
    """Say why a resource is none of the rule's API groups; "" where it is, or may be."""
    from kubelint_py.data.rbac_resources import api_resources, resource_names  # noqa: PLC0415

    if not judged:
        return _misplaced_version(rule)
    several = api_resources().get(resource, ())
    here = [each for each in several if each.group in rule.api_groups]
    if here:
        known = any(subresource in each.subresources for each in here)
        if subresource is None or known or subresource in _ON_ANYTHING or resource == "userextras":
            return ""
        return f"{resource!r} has no subresource {subresource!r}"
    groups = listed([group or "core" for group in rule.api_groups])
    if several:
        others = [each.group or "core" for each in several if each.group != "extensions"]
        return f"{resource!r} is not in API group {groups} but in {listed(others)}"
    meant = resource_names().get(resource.lower())
    hint = f"; {meant.name!r} is meant" if meant and meant.name != resource else ""
    return f"there is no resource {resource!r} in API group {groups}{hint}"


def _misplaced_version(rule: Rule) -> str:
    wrong = next((group for group in rule.api_groups if group in {"v1", "core"} or "/" in group), "")
    if not wrong or len(rule.api_groups) > 1:
        return ""
    right = "" if wrong in {"v1", "core"} else wrong.partition("/")[0]
    return f"there is no API group {wrong!r}; write {right!r}"


def _verbs(rule: Rule, judged: bool) -> Iterator[Wrong]:
    from kubelint_py.data.rbac_resources import VERBS  # noqa: PLC0415

    for verb in rule.verbs:
        if judged and verb != ANY and verb not in VERBS and not verb.startswith(("impersonate:", "impersonate-on:")):
            meant = verb.lower() if verb.lower() in VERBS else _CLOSE.get(verb.lower(), "")
            yield verb, f"there is no verb {verb!r}" + (f"; write {meant}" if meant else "")
        elif judged and verb in _SPECIAL and not _applies(verb, rule):
            yield verb, f"{verb!r} means nothing on {listed(rule.resources)}; it is for {listed(_SPECIAL[verb])}"
        elif rule.resource_names and all(is_nameless(verb, resource) for resource in rule.resources):
            yield verb, f"a request to {verb} carries no name, so that resourceNames never match it"


def _applies(verb: str, rule: Rule) -> bool:
    return any(resource == ANY or resource.partition("/")[0] in _SPECIAL[verb] for resource in rule.resources)
