"""`--format sarif`: Static Analysis Results Interchange Format 2.1.0 (OASIS Standard).

Results carry fingerprints that do not depend on lines and suppressions with their reason; inputs
that could not be read, or were skipped, are notifications of the invocation.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from kubelint_py.finding import VERSION_TAG
from kubelint_py.outputs._fingerprint import fingerprints
from kubelint_py.outputs._json import outline
from kubelint_py.outputs._order import by_file, by_place
from kubelint_py.outputs._sarif_rules import LEVELS, descriptors, pruned
from kubelint_py.outputs._text import relative, unlocated

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubelint_py.finding import Finding, Input, Report
    from kubelint_py.outputs._sarif_rules import Rules

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_ROOT = "%SRCROOT%"
_FINGERPRINT = "kubelint/v1"
_NOTIFIED = {"failed": "error", "skipped": "note"}


def _unknown(_rule: str) -> None:
    return None


def render(
    report: Report,
    *,
    rules: Rules = _unknown,
    version: str = "",
    information_uri: str = "",
    locate: Callable[[str], str] = unlocated,
) -> str:
    """Return the report as one run.

    `rules(id)` returns the `Rule` of an id or None, `locate(file)` the path of a reported file from
    the root of the repository. `version` and `information_uri` describe the tool; an empty one is
    left out.
    """
    findings = by_place(report.findings)
    about = descriptors(findings, rules)
    order = {descriptor["id"]: index for index, descriptor in enumerate(about)}
    driver = {"name": "kubelint", "version": version, "informationUri": information_uri, "rules": about}

    @cache
    def artifact(file: str) -> dict[str, str]:
        return _artifact(relative(file, locate))

    run = {
        "tool": {"driver": pruned(driver)},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The root of the repository."}}},
        "invocations": [_invocation(report, artifact)],
        "properties": report.summary._asdict(),
        "results": [
            _result(finding, order[finding.rule], fingerprint, artifact)
            for finding, fingerprint in zip(findings, fingerprints(findings, locate), strict=True)
        ],
    }
    return outline({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, 4) + "\n"


def _artifact(path: str) -> dict[str, str]:
    from urllib.parse import quote  # noqa: PLC0415

    if path[1:3] in {":/", ":\\"}:
        path = "/" + path.replace("\\", "/")
        return {"uri": "file://" + path[:3] + quote(path[3:], safe="/", errors="surrogateescape")}
    uri = quote(path, safe="/", errors="surrogateescape")
    return {"uri": "file://" + uri} if uri.startswith("/") else {"uri": uri, "uriBaseId": _ROOT}


def _invocation(report: Report, artifact: Callable[[str], dict[str, str]]) -> dict[str, Any]:
    crashed = any(finding.rule == "internal-error" for finding in report.findings)
    notified = [each for each in by_file(report.inputs) if each.status in _NOTIFIED]
    return pruned(
        {
            "executionSuccessful": not crashed and not report.summary.failed,
            "toolExecutionNotifications": [_notification(each, artifact) for each in notified],
        }
    )


def _notification(each: Input, artifact: Callable[[str], dict[str, str]]) -> dict[str, Any]:
    return pruned(
        {
            "descriptor": {"id": f"input-{each.status}"},
            "level": _NOTIFIED[each.status],
            "message": {"text": f"{each.status}: {each.reason}" if each.reason else each.status},
            "locations": [{"physicalLocation": {"artifactLocation": artifact(each.file)}}] if each.file else [],
        }
    )


def _result(
    finding: Finding, index: int, fingerprint: str, artifact: Callable[[str], dict[str, str]]
) -> dict[str, Any]:
    return pruned(
        {
            "ruleId": finding.rule,
            "ruleIndex": index,
            "kind": "fail",
            "level": LEVELS[finding.severity],
            "message": {"text": _unlinked(finding.message or finding.rule)},
            "locations": _locations(finding, artifact),
            "relatedLocations": [
                pruned(
                    {
                        "id": number,
                        "physicalLocation": _physical(artifact(each.file), _region(each.line, each.column)),
                        "message": pruned({"text": _unlinked(each.message)}),
                    }
                )
                for number, each in enumerate(finding.related, 1)
                if each.file
            ],
            "partialFingerprints": {_FINGERPRINT: fingerprint},
            "suppressions": _suppressions(finding),
            "properties": _properties(finding),
        }
    )


def _locations(finding: Finding, artifact: Callable[[str], dict[str, str]]) -> list[dict[str, Any]]:
    region = _region(finding.line, finding.column, finding.end_line, finding.end_column)
    physical = _physical(artifact(finding.file), region) if finding.file else {}
    target = finding.object
    logical = {}
    if target:
        parts = (target.kind, target.namespace, target.name)
        logical = {"name": target.name, "fullyQualifiedName": "/".join(filter(None, parts)), "kind": "object"}
    location = {"physicalLocation": physical, "logicalLocations": [pruned(logical)] if pruned(logical) else []}
    return [pruned(location)] if pruned(location) else []


def _unlinked(text: str) -> str:
    # `[text](target)` in a message is a link (SARIF 2.1.0, section 3.11.6); manifests must not make one.
    return text.replace("](", "] (")


def _physical(artifact: dict[str, str], region: dict[str, int]) -> dict[str, Any]:
    return pruned({"artifactLocation": artifact, "region": region})


def _region(line: int, column: int, end_line: int = 0, end_column: int = 0) -> dict[str, int]:
    if line < 1 or column < 1:
        return {}
    region = {"startLine": line, "startColumn": column}
    if end_column >= 1 and (end_line, end_column) >= (line, column):
        region.update(endLine=end_line, endColumn=end_column)
    return region


def _suppressions(finding: Finding) -> list[dict[str, str]]:
    if finding.suppressed is None:
        return []
    kind = "external" if finding.suppressed.by in {"configuration", "baseline"} else "inSource"
    return [pruned({"kind": kind, "status": "accepted", "justification": finding.suppressed.reason})]


def _properties(finding: Finding) -> dict[str, Any]:
    return pruned(
        {
            "severity": finding.severity,
            "document": finding.document,
            "path": finding.path,
            "container": finding.container,
            "source": finding.source,
            "tags": [tag for tag in finding.tags if tag.startswith(VERSION_TAG)],
        }
    )
