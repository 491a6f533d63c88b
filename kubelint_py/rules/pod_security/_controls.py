"""Problems from the Pod Security Standards engine, for the rules that speak for a control."""

from kubelint_py.authoring import PodSpec, Problem, Problems, Version


def control_problems(pod: PodSpec, rule: str, kubernetes: Version, allow: tuple[str, ...] = ()) -> Problems:
    """Yield what the engine says under the name of `rule`, but not of containers named in `allow`."""
    for violation in pod.violations(rule, kubernetes):
        if not violation.container or violation.container not in allow:
            control = (violation.control,)
            yield Problem(pod.at(violation), violation.message, container=violation.container, tags=control)
