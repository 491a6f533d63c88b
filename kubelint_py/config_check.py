"""Whether the values of a configuration mean something: known rules, words, versions and options."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from kubelint_py.config_options import converted
from kubelint_py.config_override import Override
from kubelint_py.config_pss import judges
from kubelint_py.config_read import incomplete, unknown
from kubelint_py.config_select import PROFILES, UNSTOPPABLE
from kubelint_py.data.pod_templates import BUILT_IN
from kubelint_py.errors import ConfigError
from kubelint_py.finding import SEVERITIES
from kubelint_py.model.pod_template import read_path
from kubelint_py.model.pss_policy import LEVELS
from kubelint_py.model.versions import NEWEST, Version
from kubelint_py.model.versions import parse as parse_version
from kubelint_py.registry import Registry, unknown_name
from kubelint_py.rule import Rule
from kubelint_py.source.document import Path

NEVER = "never"
WHOLE_SET_VIEWS = frozenset({"Bundle", "Document"})
"""Views that are not about one object, so that no option can differ from object to object."""

Fail = Callable[[str, Path, str], ConfigError]
"""Makes the error for a message, the path of the setting and the text of the value."""


def check_values(values: Mapping[str, Any], fail: Fail) -> None:
    """Raise on a profile, severity, version or type that does not exist. `values` are the fields of a `Config`."""
    for field in ("select", "ignore", "exclude", "context", "sets", "external", "no_suppress", "overrides"):
        if isinstance(values[field], str):
            raise fail(f"{field} must be a list", (field,), "")
    _check_word(values["profile"], "profile", PROFILES, ("profile",), fail)
    _check_word(values["fail_on"], "severity", (*SEVERITIES, NEVER), ("fail_on",), fail)
    if _check_version(values["kubernetes_version"], ("kubernetes_version",), fail) > NEWEST:
        message = f"Kubernetes {values['kubernetes_version']} is not known yet: versions up to {NEWEST} are"
        raise fail(message, ("kubernetes_version",), "")
    _check_pss(values["pss"], fail)
    _check_pod_templates(values["pod_templates"], fail)
    for rule, severity in values["severity"].items():
        _check_word(severity, "severity", SEVERITIES, ("severity", rule), fail)
    for index, override in enumerate(values["overrides"]):
        _check_override(override, ("overrides", index), fail)


def _check_word(value: Any, what: str, known: Sequence[str], path: Path, fail: Fail) -> None:
    if value not in known:
        raise fail(unknown(what, str(value), known), path, "")


def _check_version(value: Any, path: Path, fail: Fail) -> Version:
    try:
        return parse_version(value)
    except ValueError as error:
        raise fail(str(error), path, "") from None


def _check_pss(value: str, fail: Fail) -> None:
    level, at, version = value.partition("@")
    if value:
        _check_word(level, "Pod Security Standards level", LEVELS, ("pss",), fail)
    if at and not version:
        raise fail(f"{value!r} has no version behind the @", ("pss",), "")
    if at:
        _check_version(version, ("pss",), fail)


def _check_pod_templates(values: Mapping[str, Sequence[str]], fail: Fail) -> None:
    for name, paths in values.items():
        group, _, kind = name.rpartition("/")
        if not group or not kind[:1].isupper():
            raise fail(f"{name!r} is not a kind such as argoproj.io/Rollout", ("pod_templates", name), "")
        if (group, kind) in BUILT_IN:
            raise fail(f"the pods of {name} are known: it is Kubernetes' own", ("pod_templates", name), "")
        if isinstance(paths, str):
            raise fail(f"pod_templates.{name} must be a list", ("pod_templates", name), "")
        for index, path in enumerate(paths):
            if "" in read_path(path):
                raise fail(f"{path!r} is not a path such as spec.template", ("pod_templates", name, index), path)


def _check_override(override: Override, path: Path, fail: Fail) -> None:
    complaint = incomplete(override)
    if complaint:
        raise fail(complaint, path, "")
    for rule, severity in override.severity.items():
        _check_word(severity, "severity", SEVERITIES, (*path, "severity", rule), fail)


def check_names(values: Mapping[str, Any], registry: Registry, fail: Fail) -> None:
    """Raise on an unknown rule, category or tag, or an unknown or wrongly typed option."""
    _check_selectors(values["select"], ("select",), registry, fail)
    _check_selectors(values["ignore"], ("ignore",), registry, fail)
    _refuse_unstoppable(values["ignore"], ("ignore",), fail)
    if values["pss"] and not any(judges(each, values["select"], values["ignore"]) for each in registry.rules.values()):
        raise fail("pss leaves nothing to judge: no rule that is selected speaks for a control", ("pss",), "")
    for index, name in enumerate(values["no_suppress"]):
        _resolve(name, ("no_suppress", index), registry, fail)
    for name, options in values["options"].items():
        check_options(_resolve(name, ("rules", name), registry, fail), options, ("rules", name), fail)
    _check_keys(values["severity"], ("severity",), registry, fail)
    for index, override in enumerate(values["overrides"]):
        _check_override_names(override, ("overrides", index), registry, fail)


def _check_override_names(override: Override, path: Path, registry: Registry, fail: Fail) -> None:
    _check_selectors(override.rules, (*path, "rules"), registry, fail)
    _refuse_unstoppable(override.rules, (*path, "rules"), fail)
    _check_selectors(override.select, (*path, "select"), registry, fail)
    _check_keys(override.severity, (*path, "severity"), registry, fail)
    for name, options in override.options.items():
        place = (*path, "options", name)
        rule = _resolve(name, place, registry, fail)
        if rule.view in WHOLE_SET_VIEWS:
            raise fail(f"{name} does not look at one object alone: set its options under `rules`", place, "")
        check_options(rule, options, place, fail)


def _check_selectors(selectors: Iterable[str], path: Path, registry: Registry, fail: Fail) -> None:
    for index, name in enumerate(selectors):
        if not registry.matching(name):
            raise fail(_unknown_selector("rule, category or tag", name, registry), (*path, index), name)


def _refuse_unstoppable(selectors: Iterable[str], path: Path, fail: Fail) -> None:
    for index, name in enumerate(selectors):
        if name == UNSTOPPABLE:
            raise fail(f"{UNSTOPPABLE} cannot be switched off", (*path, index), name)


def _check_keys(values: Mapping[str, Any], path: Path, registry: Registry, fail: Fail) -> None:
    for name in values:
        if not registry.matching(name):
            raise fail(_unknown_selector("rule, category or tag", name, registry), (*path, name), "")


def _resolve(name: str, path: Path, registry: Registry, fail: Fail) -> Rule:
    rule = registry.resolve(name)
    if rule is None:
        group = registry.matching(name)
        message = f"{name!r} is not one rule" if group else _unknown_selector("rule", name, registry)
        raise fail(message, path, name)
    return rule


def _unknown_selector(what: str, name: object, registry: Registry) -> str:
    return unknown_name(what, name, registry.nearest(str(name)))


def check_options(rule: Rule, options: Mapping[str, Any], path: Path, fail: Fail) -> None:
    """Raise on an option the rule does not have or a value of a wrong type."""
    for name, value in options.items():
        if name not in rule.options:
            known = unknown("option", name, rule.options) if rule.options else f"unknown option {name!r}; it has none"
            raise fail(f"rule {rule.id}: {known}", (*path, name), "")
        try:
            converted(value, rule.options[name])
        except ConfigError as error:
            raise fail(f"option {name} of rule {rule.id} {error}", (*path, name), "") from None
