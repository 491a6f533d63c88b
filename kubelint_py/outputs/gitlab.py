"""`--format gitlab`: a GitLab Code Quality report, the subset of the Code Climate format GitLab reads.

The format holds issues and nothing else: an input that could not be read is an issue, counts have no
place in it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from kubelint_py.outputs._fingerprint import fingerprints
from kubelint_py.outputs._json import outline
from kubelint_py.outputs._order import by_place
from kubelint_py.outputs._text import relative, subject, unlocated
from kubelint_py.outputs._totals import failures

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubelint_py.finding import Finding, Input, Report

_SEVERITIES = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor", "info": "info"}


def render(report: Report, *, locate: Callable[[str], str] = unlocated) -> str:
    """Return a list of issues. `locate(file)` returns a file's path from the root of the repository."""
    findings = by_place(report.active())
    issues = [_failure(each, locate) for each in failures(report)]
    issues += [
        _issue(finding, fingerprint, relative(finding.file, locate))
        for finding, fingerprint in zip(findings, fingerprints(findings, locate), strict=True)
    ]
    return outline(issues, 1) + "\n"


def _issue(finding: Finding, fingerprint: str, path: str) -> dict[str, Any]:
    begin = max(finding.line, 1)
    return {
        "description": finding.message + subject(finding),
        "check_name": finding.rule,
        "fingerprint": fingerprint,
        "severity": _SEVERITIES[finding.severity],
        "location": {"path": path, "lines": {"begin": begin, "end": max(finding.end_line, begin)}},
    }


def _failure(each: Input, locate: Callable[[str], str]) -> dict[str, Any]:
    path = relative(each.file, locate)
    return {
        "description": f"input failed: {each.reason}",
        "check_name": "input-failed",
        "fingerprint": sha256(f"input-failed\0{path}".encode("utf-8", "surrogatepass")).hexdigest(),
        "severity": "major",
        "location": {"path": path, "lines": {"begin": 1, "end": 1}},
    }
