"""Which rules run over what, for one configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from kubelint_py.config import Config
from kubelint_py.engine_pss import under
from kubelint_py.finding import Finding, Fix, Problems
from kubelint_py.model.pod_template import with_configured
from kubelint_py.model.pods import may_make_pods
from kubelint_py.model.resource import Resource
from kubelint_py.model.versions import Version
from kubelint_py.registry import Registry
from kubelint_py.rule import Rule


class Bound(NamedTuple):
    """A rule, and its check with the options of one configuration; `varies` when an override changes them somewhere."""

    rule: Rule
    check: Callable[[Any], Problems]
    varies: bool = False


class Plan:
    """The enabled rules of one configuration, grouped by what they look at.

    `places` says where objects keep their pods. With `keeps_all` every object is kept for later, needed or not.
    `offers` collects the fixes of findings where it is a list; otherwise no rule is asked for one.
    """

    def __init__(self, config: Config, registry: Registry, rules: Iterable[Rule], *, keeps_all: bool = False) -> None:
        self.config = config
        self.registry = registry
        self.places = with_configured(config.pod_templates)
        self.offers: list[tuple[Finding, Fix]] | None = None
        self.rules = {rule.id: _bind(rule, config) for rule in rules}
        self._views: dict[str, list[Bound]] = {}
        for bound in self.rules.values():
            self._views.setdefault(bound.rule.view, []).append(bound)
        self._resource_rules: dict[str, list[Bound]] = {}
        self._bundle_kinds = None if keeps_all else self._find_bundle_kinds()

    def view(self, name: str) -> list[Bound]:
        """Return the rules that look at this view."""
        return self._views.get(name, [])

    def resource_rules(self, kind: str) -> list[Bound]:
        """Return the Resource rules for a kind."""
        found = self._resource_rules.get(kind)
        if found is None:
            every = self.view("Resource")
            found = [bound for bound in every if not bound.rule.kinds or kind in bound.rule.kinds]
            self._resource_rules[kind] = found
        return found

    def _find_bundle_kinds(self) -> frozenset[str] | None:
        """Return the kinds the Bundle rules need; None for all kinds. Who needs pods needs them in all kinds."""
        kinds = [bound.rule.kinds for bound in self.view("Bundle")]
        found = frozenset[str]().union(*kinds)
        if not all(kinds):
            return None
        return found.union(kind for _, kind in self.places) if "Pod" in found else found

    def keeps(self, resource: Resource) -> bool:
        """Whether a Bundle rule needs an object. Who needs pods needs to know what may have unseen ones."""
        kinds = self._bundle_kinds
        return kinds is None or resource.kind in kinds or ("Pod" in kinds and may_make_pods(resource))

    def needs(self, kind: str) -> bool:
        """Whether some rule looks at objects of this kind beyond their syntax."""
        kinds = self._bundle_kinds
        return kinds is None or kind in kinds or bool(self.resource_rules(kind))


@lru_cache(maxsize=32)
def make_plan(config: Config, registry: Registry) -> Plan:
    """Return the plan of a configuration. Raises `ConfigError` on an unknown rule or option."""
    return _plan(config, registry)


@lru_cache(maxsize=32)
def fixing_plan(config: Config, registry: Registry) -> Plan:
    """Return a plan of its own that collects fixes; who uses it empties `offers`. Raises as `make_plan` does."""
    plan = _plan(config, registry)
    plan.offers = []
    return plan


def _plan(config: Config, registry: Registry) -> Plan:
    rules, policy = config.enabled_rules(registry), config.policy
    return Plan(config, registry, [under(policy, rule) for rule in rules] if policy else rules)


@lru_cache(maxsize=32)
def reading_plan(config: Config) -> Plan:
    """Return a plan without rules that keeps every object."""
    return Plan(config, Registry(()), (), keeps_all=True)


def _bind(rule: Rule, config: Config) -> Bound:
    return Bound(rule, bind_check(rule, config, config.options_for(rule)), config.varies(rule))


def bind_check(rule: Rule, config: Config, options: dict[str, Any]) -> Callable[[Any], Problems]:
    """Return the check of a rule as a function of its view alone."""
    if rule.takes_version:
        return partial(_with_version, rule.check, config.kubernetes, options)
    return partial(rule.check, **options) if options else rule.check


def _with_version(check: Callable[..., Problems], version: Version, options: dict[str, Any], view: object) -> Problems:
    return check(view, version, **options)
