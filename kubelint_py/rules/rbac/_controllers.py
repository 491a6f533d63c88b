"""Which rights on custom resources belong to the operator of these resources."""

from __future__ import annotations

from collections.abc import Iterable

from kubelint_py.authoring import Bundle, Resource
from kubelint_py.model.rbac_rights import Hit
from kubelint_py.model.rbac_rule import Request, Rule
from kubelint_py.rules.rbac._holders import HeldRole

_PRODUCT_LABELS = ("app.kubernetes.io/name", "app.kubernetes.io/part-of", "helm.sh/chart", "app", "chart", "k8s-app")
_OF_CONTROLLERS = (("update", "status"), ("patch", "status"), ("update", "finalizers"))


def without_own(bundle: Bundle, held: HeldRole, primitive: str) -> HeldRole:
    """Return the role less the rights of a row that its holders have as the operator in question.

    They are that when the role is labelled as a part of the product, or when each of them also writes the
    status or the finalizers of the resources.
    """
    given = []
    for (_, rule), parts in zip(held.rules, held.rights, strict=True):
        asked = {part: hit for part, hit in parts.items() if part.primitive == primitive}
        own = {part for part, hit in asked.items() if _is_its_own(bundle, held, rule.api_groups, hit)}
        given.append({part: hit for part, hit in parts.items() if part not in own})
    return held._replace(rights=tuple(given))


def _is_its_own(bundle: Bundle, held: HeldRole, groups: Iterable[str], hit: Hit) -> bool:
    return _is_labelled(held.role, groups) or _controls(bundle, held, groups, hit.resources)


def _is_labelled(role: Resource, groups: Iterable[str]) -> bool:
    from kubelint_py.data.rbac_primitives import PRODUCTS  # noqa: PLC0415  start-up does not need the table

    labels = [role.labels.get(name, "").replace("-", "") for name in _PRODUCT_LABELS]
    products = [word.replace("-", "") for end, word in PRODUCTS.items() if any(_is_below(each, end) for each in groups)]
    return any(product in label for product in products for label in labels)


def _is_below(group: str, end: str) -> bool:
    return group == end or group.endswith(f".{end}")


def _controls(bundle: Bundle, held: HeldRole, groups: Iterable[str], resources: Iterable[str]) -> bool:
    """Whether every holder writes the status of the resources; of an unbound role its own rules decide."""
    asked = [
        Request(verb, group, resource, subresource, None)
        for group in groups
        for resource in resources
        for verb, subresource in _OF_CONTROLLERS
    ]
    if not held.holders:
        return _allow([rule for _, rule in held.rules], asked)
    held_by = ([grant.rule for grant in bundle.permissions.rules_for(each.subject)] for each in held.holders)
    return all(_allow(rules, asked) for rules in held_by)


def _allow(rules: Iterable[Rule], asked: Iterable[Request]) -> bool:
    asked = list(asked)
    return any(rule.allows(request) for rule in rules for request in asked)
