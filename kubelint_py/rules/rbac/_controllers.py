"""Which rights on custom resources belong to the operator of these resources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from kubelint_py.authoring import Bundle, Resource
from kubelint_py.model.rbac_holdings import Holdings
from kubelint_py.model.rbac_rule import ANY, Rule
from kubelint_py.rules.rbac._holders import HeldRole
from kubelint_py.rules.rbac._once import once

_PRODUCT_LABELS = ("app.kubernetes.io/name", "app.kubernetes.io/part-of", "helm.sh/chart", "app", "chart", "k8s-app")
_OF_CONTROLLERS = {"status": ("update", "patch", ANY), "finalizers": ("update", ANY)}

Names = tuple[str, ...]
Controlled = tuple[str, str]
"""API group and resource that a rule lets write the status or the finalizers of; "*" is every one."""


def without_own(bundle: Bundle, held: HeldRole, primitive: str) -> HeldRole:
    """Return the role less the rights of a row that its holders have as the operator in question.

    They are that when the role is labelled as a part of the product, or when each of them also writes the
    status or the finalizers of the resources.
    """
    seen: dict[tuple[Names, Names], bool] = {}
    given = []
    for (_, rule), parts in zip(held.rules, held.rights, strict=True):
        kept = dict(parts)
        for part, hit in parts.items():
            if part.primitive == primitive:
                key = (tuple(_judged(rule.api_groups)), hit.resources)
                if key not in seen:
                    seen[key] = _is_labelled(held.role, key[0]) or _controls(bundle, held, *key)
                if seen[key]:
                    del kept[part]
        given.append(kept)
    return held._replace(rights=tuple(given))


def _is_labelled(role: Resource, groups: Iterable[str]) -> bool:
    from kubelint_py.data.rbac_primitives import PRODUCTS  # noqa: PLC0415  start-up does not need the table

    labels = [role.labels.get(name, "").replace("-", "") for name in _PRODUCT_LABELS]
    products = [word.replace("-", "") for end, word in PRODUCTS.items() if any(_is_below(each, end) for each in groups)]
    return any(product in label for product in products for label in labels)


def _is_below(group: str, end: str) -> bool:
    return group == end or group.endswith(f".{end}")


def _controls(bundle: Bundle, held: HeldRole, groups: Names, resources: Names) -> bool:
    """Whether every holder writes the status of the resources; of an unbound role its own rules decide."""
    asked = {(group, resource) for group in (*groups, ANY) for resource in (*resources, ANY)}
    if not held.holders:
        return any(each in asked for _, rule in held.rules for each in _controlled(rule))
    holdings = _holdings(bundle)
    return all(
        any(each in controlled for controlled in holdings.of(holder.subject) for each in asked)
        for holder in held.holders
    )


@once
def _holdings(bundle: Bundle) -> Holdings[Controlled]:
    return Holdings(bundle.permissions, _controlled)


def _controlled(rule: Rule) -> Iterator[Controlled]:
    groups = list(_judged(rule.api_groups))
    for item in rule.resources if groups else ():
        resource, _, subresource = item.partition("/")
        verbs = _OF_CONTROLLERS.get(subresource, ()) if item != ANY else ("update", "patch", ANY)
        if any(verb in rule.verbs for verb in verbs):
            yield from ((group, resource) for group in groups)


def _judged(names: Names) -> Iterator[str]:
    """Yield the API groups that have operators of the table, and "*"."""
    yield from (group for group in names if group == ANY or group in _groups())


@cache
def _groups() -> frozenset[str]:
    from kubelint_py.data.rbac_primitives import PRIMITIVES  # noqa: PLC0415  start-up does not need the table

    return frozenset(
        group for row in PRIMITIVES for way in row.ways for right in way for group in right.api_groups if "." in group
    )
