"""Capabilities by name, however it is spelled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_py.authoring import Container, Node, PodSpec, Problems, Version
from kubelint_py.data.pss_allowed import CAPABILITIES, DANGEROUS_CAPABILITIES
from kubelint_py.model.pss_rules import plain_capability
from kubelint_py.rules.pod_security._controls import control_problems

DANGEROUS = tuple(sorted(DANGEROUS_CAPABILITIES))


def plain(names: Iterable[str]) -> frozenset[str]:
    """Return names of capabilities as `plain_capability` spells them."""
    return frozenset(map(plain_capability, names))


def capability_problems(pod: PodSpec, rule: str, kubernetes: Version, allow: tuple[str, ...]) -> Problems:
    """Yield what the engine says under the name of `rule`, but not of the capabilities in `allow`."""
    spared = plain(allow)
    for problem in control_problems(pod, rule, kubernetes):
        if plain_capability(str(problem.node.value)) not in spared:
            yield problem


def added(container: Container, names: frozenset[str]) -> Iterator[Node]:
    """Yield the items of `capabilities.add` that mean one of these names, which are as `plain` returns them."""
    for item in container.node.at("securityContext.capabilities.add").items():
        if item.as_str and plain_capability(item.as_str) in names:
            yield item


def controls(name: str) -> tuple[str, ...]:
    """Return the controls of the baseline level that object to adding a capability, spelled like this."""
    return () if name in CAPABILITIES else ("capabilities_baseline",)
