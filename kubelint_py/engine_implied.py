"""Leaves out findings that a stronger rule already says.

An object may have as many findings as its file has lines, so no finding is compared with all others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from functools import cached_property

from kubelint_py.finding import Finding, ObjectReference
from kubelint_py.registry import Registry


def without_implied(findings: Iterable[Finding], registry: Registry) -> list[Finding]:
    """Return the findings less those that a stronger one about the same place already says."""
    findings = list(findings)
    by_object: dict[tuple[str, int, ObjectReference | None], dict[str, _Said]] = {}
    for finding in findings:
        place = by_object.setdefault((finding.file, finding.document, finding.object), {})
        place.setdefault(finding.rule, _Said()).findings.append(finding)

    def is_implied(weak: Finding) -> bool:
        rules = by_object[weak.file, weak.document, weak.object]
        return any(rule in rules and rules[rule].implies(weak) for rule in registry.rules[weak.rule].implied_by)

    return [finding for finding in findings if not is_implied(finding)]


class _Said:
    """What one rule says about one object; paths end in a slash, so that no name passes for the start of another."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []

    @cached_property
    def _containers(self) -> frozenset[str]:
        return frozenset(finding.container for finding in self.findings)

    @cached_property
    def _paths(self) -> list[str]:
        return sorted(finding.path + "/" for finding in self.findings if not finding.container)

    @cached_property
    def _outermost(self) -> list[str]:
        found: list[str] = []
        for path in self._paths:
            if not found or not path.startswith(found[-1]):
                found.append(path)
        return found

    def implies(self, weak: Finding) -> bool:
        """Whether one of the findings speaks of the container of a weak one or, without one, of a field above or below.

        In sorted order a path stands right before those below it, and outermost paths have none between.
        """
        if weak.container:
            return not self._containers.isdisjoint(("", weak.container))
        path = weak.path + "/"
        below = bisect_left(self._paths, path)
        if below < len(self._paths) and self._paths[below].startswith(path):
            return True
        above = bisect_left(self._outermost, path)
        return above > 0 and path.startswith(self._outermost[above - 1])
