"""Public API: which connections the network policies of a set of objects allow. See `Isolation.allows`."""

from __future__ import annotations

from kubelint_py.model.network import Classes, Endpoint, Isolated, Isolation, Policies, Verdict
from kubelint_py.model.network_class import Class, Reach, reach
from kubelint_py.model.network_policy import Identity, Peer, Policy, Ports, Rule

__all__ = [
    "Class",
    "Classes",
    "Endpoint",
    "Identity",
    "Isolated",
    "Isolation",
    "Peer",
    "Policies",
    "Policy",
    "Ports",
    "Reach",
    "Rule",
    "Verdict",
    "reach",
]
