"""Everything a rule or a plug-in may import."""

from __future__ import annotations

from kubelint_py.finding import Fix, Input, Problem, Problems
from kubelint_py.model.bundle import Bundle
from kubelint_py.model.pod_template import WORKLOAD_KINDS
from kubelint_py.model.pss_pod import show
from kubelint_py.model.resource import Resource
from kubelint_py.model.security import effective
from kubelint_py.model.versions import Version
from kubelint_py.model.workload import Container, PodSpec, Workload
from kubelint_py.rule import rule
from kubelint_py.source.document import Document, Node

__all__ = [
    "WORKLOAD_KINDS",
    "Bundle",
    "Container",
    "Document",
    "Fix",
    "Input",
    "Node",
    "PodSpec",
    "Problem",
    "Problems",
    "Resource",
    "Version",
    "Workload",
    "effective",
    "rule",
    "show",
]
