"""The JSON schema of a configuration file, for editors. Checked against schemas/config.schema.json by a test.

Source: JSON Schema draft 7, which editors' YAML support reads.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kubelint_py.config import Config
from kubelint_py.config_check import NEVER, WHOLE_SET_VIEWS
from kubelint_py.config_options import schema
from kubelint_py.config_select import PROFILES
from kubelint_py.finding import SEVERITIES
from kubelint_py.model.pss_policy import LEVELS
from kubelint_py.rule import Rule

_DESCRIPTIONS = {
    "select": "Rules, categories or tags to run instead of the profile's.",
    "ignore": "Rules, categories or tags to leave out.",
    "profile": "Which rules run where nothing is selected.",
    "kubernetes-version": "Kubernetes minor the manifests are for, in quotes.",
    "pss": "Pod Security Standards level to judge pods by, optionally with a version.",
    "rules": "Options and severity of single rules.",
    "severity": "Severity by rule, category or tag.",
    "fail-on": "Weakest severity that fails a run.",
    "exclude": "Files to leave out, as in .gitignore, relative to this file.",
    "context": "Files that references may lead to, as globs relative to this file.",
    "sets": "Paths that are sets of their own: objects of different sets know nothing of each other.",
    "namespace": "Namespace of objects that name none.",
    "external": "Objects that exist elsewhere, as Kind/name globs.",
    "pod-templates": "Where custom resources keep their pod templates: paths by group/Kind, * for every item.",
    "overrides": "Settings for some paths, kinds, namespaces, names or containers only.",
    "require-reason": "Whether a suppression without a reason counts for nothing.",
    "no-suppress": "Rules that comments and annotations cannot suppress.",
    "docs": "What links to documentation start with.",
    "max-bytes": "Largest input, in bytes.",
    "max-documents": "Most documents read from one input.",
}
_WORDS = {"type": "array", "items": {"type": "string", "minLength": 1}}
_WORD = {"type": "string", "minLength": 1}
_COUNT = {"type": "integer", "minimum": 1}
_SEVERITY = {"enum": list(SEVERITIES)}
_SEVERITIES = {"type": "object", "additionalProperties": _SEVERITY}
_VERSION = r"latest|v?1\.(0|[1-9][0-9]{0,2})(\.[0-9]+([-+][0-9A-Za-z.+-]+)?)?"


def config_schema(rules: Iterable[Rule]) -> dict[str, Any]:
    """Return the schema of `.kubelint.yaml` with the options of these rules."""
    every = sorted(rules, key=lambda rule: rule.id)
    shapes = {**_shapes(), "rules": _by_rule(every, _settings), "overrides": _overrides(every)}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Configuration of kubelint",
        "type": "object",
        "properties": {key: _described(key, shapes[key]) for key in _DESCRIPTIONS},
        "additionalProperties": False,
    }


def _shapes() -> dict[str, dict[str, Any]]:
    lists = ("select", "ignore", "exclude", "context", "sets", "external", "no-suppress")
    return {
        **dict.fromkeys(lists, _WORDS),
        "profile": {"enum": list(PROFILES)},
        "kubernetes-version": {"type": "string", "pattern": f"^({_VERSION})$"},
        "pss": {"type": "string", "pattern": f"^({'|'.join(LEVELS)})(@({_VERSION}))?$"},
        "severity": _SEVERITIES,
        "fail-on": {"enum": [*SEVERITIES, NEVER]},
        "namespace": _WORD,
        "pod-templates": {
            "type": "object",
            "propertyNames": {"pattern": "^[^/]+/[A-Z][A-Za-z0-9]*$"},
            "additionalProperties": _WORDS,
        },
        "require-reason": {"type": "boolean"},
        "docs": _WORD,
        "max-bytes": _COUNT,
        "max-documents": _COUNT,
    }


def _described(key: str, shape: dict[str, Any]) -> dict[str, Any]:
    default = Config().to_dict()[key]
    kept = {"default": default} if default not in ("", [], {}) else {}
    return {"description": _DESCRIPTIONS[key], **shape, **kept}


def _by_rule(rules: Iterable[Rule], settings: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {name: settings(rule) for rule in rules for name in (rule.id, *rule.aliases)},
        "additionalProperties": False,
    }


def _options(rule: Rule) -> dict[str, Any]:
    says = rule.documentation.options
    properties = {name: _option(default, says.get(name, "")) for name, default in sorted(rule.options.items())}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _option(default: Any, description: str) -> dict[str, Any]:
    return {"description": description, **schema(default)} if description else schema(default)


def _settings(rule: Rule) -> dict[str, Any]:
    shape = _options(rule)
    shape["properties"] = {"severity": _SEVERITY, **shape["properties"]}
    return shape


def _overrides(rules: Iterable[Rule]) -> dict[str, Any]:
    matchers = ("paths", "kinds", "namespaces", "names", "containers")
    own = [rule for rule in rules if rule.view not in WHOLE_SET_VIEWS and rule.options]
    return {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                **dict.fromkeys((*matchers, "rules", "select"), _WORDS),
                "reason": _WORD,
                "severity": _SEVERITIES,
                "options": _by_rule(own, _options),
            },
            "additionalProperties": False,
            "anyOf": [{"required": [name]} for name in matchers],
            "dependencies": {"rules": ["reason"]},
        },
    }
