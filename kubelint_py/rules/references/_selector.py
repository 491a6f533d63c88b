"""What the selector of a Service asks of pods."""

from __future__ import annotations

from kubelint_py.authoring import Resource
from kubelint_py.model.pods import Conditions, Pods, shown_by_templates
from kubelint_py.model.selector import requirements

__all__ = ["Pods", "asked", "selector_of"]

_SHOWN = 2


def selector_of(service: Resource) -> Conditions:
    """Return the conditions that pod templates can answer; none for a Service that selects nothing itself."""
    if service.node.at("spec.type").value == "ExternalName":
        return ()
    return shown_by_templates(requirements({"matchLabels": service.node.at("spec.selector").value}) or ())


def asked(conditions: Conditions) -> str:
    """Name the labels of a selector in a message."""
    labels = [f"{each.key}={''.join(each.values)}" for each in conditions]
    more = f" and {len(labels) - _SHOWN} more" if len(labels) > _SHOWN else ""
    return ", ".join(labels[:_SHOWN]) + more
