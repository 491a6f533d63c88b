"""Pod Security Standards: the admission controller's own answer for plain objects, offline.

`violations(pod, level="restricted", version="v1.31")` lists what the admission controller would object to.
"""

from __future__ import annotations

from kubelint_py.model.pss import CONTROLS, Control, Violation, check, controls_at
from kubelint_py.model.pss_object import level_reached, violations
from kubelint_py.model.pss_pod import template_path
from kubelint_py.model.pss_policy import LEVELS, NamespacePolicy, PolicyError, parse_labels, resolve_version
from kubelint_py.model.pss_rules import RULE_CONTROLS, violations_by_rule

__all__ = [
    "CONTROLS",
    "LEVELS",
    "RULE_CONTROLS",
    "Control",
    "NamespacePolicy",
    "PolicyError",
    "Violation",
    "check",
    "controls_at",
    "level_reached",
    "parse_labels",
    "resolve_version",
    "template_path",
    "violations",
    "violations_by_rule",
]
