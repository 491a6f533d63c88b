"""One report of the reports for several Kubernetes versions."""

from __future__ import annotations

from collections.abc import Sequence

from kubelint_py.finding import VERSION_TAG, Finding, Input, Report

_UNUSED = "unused-suppression"


def merged(reports: Sequence[Report], versions: Sequence[str]) -> tuple[list[Finding], tuple[Input, ...], int]:
    """Return findings, inputs and the number of objects: each finding once, tagged `kubernetes-1.31` where it holds."""
    holds: dict[Finding, list[str]] = {}
    for version, report in zip(versions, reports, strict=True):
        for finding in report.findings:
            holds.setdefault(finding, []).append(version)
    findings = [
        finding._replace(tags=(*finding.tags, *(f"{VERSION_TAG}{version}" for version in found)))
        for finding, found in holds.items()
        # What one version does not need, another may.
        if finding.rule != _UNUSED or len(found) == len(versions)
    ]
    inputs = tuple(_worst(each) for each in zip(*(report.inputs for report in reports), strict=True))
    return findings, inputs, reports[0].summary.objects


def _worst(each: Sequence[Input]) -> Input:
    return next((found for found in each if found.status == "failed"), each[0])
