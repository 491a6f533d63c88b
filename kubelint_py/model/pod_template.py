"""Which kinds have pods, and where. The table is `kubelint_py.data.pod_templates`; configurations add to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kubelint_py.data.pod_templates import BUILT_IN, CUSTOM, Place

PodTemplates = Mapping[tuple[str, str], tuple[Place, ...]]

POD_TEMPLATES: PodTemplates = {**BUILT_IN, **CUSTOM}
"""The places of pods by API group and kind."""

WORKLOAD_KINDS = frozenset(kind for _, kind in BUILT_IN)
"""Kubernetes' own kinds that have pods."""


def with_configured(configured: Mapping[str, Sequence[str]]) -> PodTemplates:
    """Return the table with the configured kinds, which replace what it says of them.

    Keys are `group/Kind`; values are paths as `read_path` takes them. Without any, the table itself.
    """
    if not configured:
        return POD_TEMPLATES
    added = {}
    for name, paths in configured.items():
        group, _, kind = name.rpartition("/")
        added[group, kind] = tuple(Place(read_path(path), bare=True) for path in paths)
    return {**POD_TEMPLATES, **added}


def read_path(text: str) -> tuple[str | int, ...]:
    """Return the keys of a path such as `spec.pools.*.template`; `*` stands for every item."""
    return tuple(int(key) if key.isdecimal() else key for key in text.split("."))
