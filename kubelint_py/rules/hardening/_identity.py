"""User and group numbers that may be the node's own."""

from __future__ import annotations

from kubelint_py.authoring import PodSpec, Problem, Problems
from kubelint_py.rules.hardening._context import decisions, has_user_namespace

MINIMUM = 10000
"""Linux distributions give the numbers below to their own users and the first people of a machine."""


def low_numbers(pod: PodSpec, field: str, title: str, minimum: int, allow: tuple[str, ...]) -> Problems:
    """Yield a problem for each container whose number is below `minimum` or left to its image."""
    if pod.runs_on_windows or has_user_namespace(pod):
        return
    for place in decisions(pod, field):
        number = place.node.as_int
        if place.container and place.container in allow:
            continue
        if number is None:
            message = f"{place.label} sets no {field}, so its image chooses the {title}"
            yield Problem(place.node, message, container=place.container)
        elif number < minimum:
            message = f"{place.label} runs with {title} {number}, which is below {minimum}"
            yield Problem(place.node, message, container=place.container)
