"""What `pss` of a configuration means: the controls of one level decide alone, under the names of their rules."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kubelint_py.config_select import selects
from kubelint_py.model.pss_policy import LATEST, resolve_version
from kubelint_py.model.pss_rules import RULE_CONTROLS
from kubelint_py.model.versions import NEWEST, Version
from kubelint_py.model.versions import parse as parse_version
from kubelint_py.rule import Rule

_CONTROL_RULES = frozenset(rule for rule, chosen in RULE_CONTROLS.items() if not chosen.narrows)
_BESIDE = frozenset(
    {
        "api-version-missing",
        "bad-suppression",
        "input-limit",
        "internal-error",
        "unrendered-template",
        "yaml-syntax",
    }
)
"""Rules about inputs that could not be judged, which no mode leaves out."""


class Policy(NamedTuple):
    """A level and the version of Kubernetes whose controls judge."""

    level: str
    version: Version

    def __str__(self) -> str:
        return f"{self.level}@v{self.version}"


def policy_of(text: str, kubernetes: Version) -> Policy | None:
    """Return the policy that `LEVEL[@VERSION]` names; None for "".

    Without a version, or with `latest`, it is the one of the Kubernetes version, as on such a cluster. The
    text is one that `config_check` accepts.
    """
    level, _, version = text.partition("@")
    return Policy(level, kubernetes if version in ("", LATEST) else parse_version(version)) if text else None


def too_new(version: Version) -> str:
    """Return what to tell users of a version newer than known, or ""."""
    if not resolve_version(version).newer_than_known:
        return ""
    return f"Pod Security Standards v{version} are newer than known; judged by those of v{NEWEST}"


def judges(rule: Rule, select: Sequence[str], ignore: Sequence[str]) -> bool:
    """Whether a rule speaks for controls under a policy; a selection narrows them, opt-in rules are among them."""
    return rule.id in _CONTROL_RULES and not selects(ignore, rule) and (not select or selects(select, rule))


def runs_beside(rule: Rule) -> bool:
    """Whether a rule may run under a policy although it speaks for no control."""
    return rule.id in _BESIDE
