"""Rules under a policy of the Pod Security Standards: what they say is what the controls of its level say."""

from __future__ import annotations

from kubelint_py.config_pss import Policy
from kubelint_py.finding import Problem, Problems
from kubelint_py.model.pss_rules import RULE_CONTROLS
from kubelint_py.model.workload import PodSpec
from kubelint_py.rule import Rule


def under(policy: Policy, rule: Rule) -> Rule:
    """Return the rule as it is under a policy: options and its own view of things do not count.

    A rule that speaks for no control is returned as it is.
    """
    if rule.id not in RULE_CONTROLS:
        return rule

    def check(pod: PodSpec, **_options: object) -> Problems:
        for violation in pod.violations(rule.id, policy.version, policy.level):
            control = (violation.control,)
            yield Problem(pod.at(violation), violation.message, container=violation.container, tags=control)

    return rule._replace(view="PodSpec", check=check, takes_version=False)
