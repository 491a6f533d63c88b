"""What a rule yields (`Problem`) and what users get (`Finding`).

Severities from weakest to strongest: info, low, medium, high, critical. The attributes of `Finding`
are the fields of a finding in the JSON report (schemas/report.schema.json).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kubelint_py.model.resource import Resource
from kubelint_py.source.document import Node
from kubelint_py.source.text import Span

SEVERITIES = ("info", "low", "medium", "high", "critical")
_RANK = {name: rank for rank, name in enumerate(SEVERITIES)}

VERSION_TAG = "kubernetes-"
"""What starts the tags that name the versions a finding holds in, where several were asked for."""


def severity_rank(severity: str) -> int:
    """Return 0 for info up to 4 for critical. Raises KeyError on any other word."""
    return _RANK[severity]


class Fix(NamedTuple):
    """The change that mends a problem: the field at `node` gets `value`, with the mappings that are missing above it.

    With `append` the list at `node` gets it as a further item. `safe` says that there is one right answer, and that
    nothing else in the manifest shows a use of what the change takes away: see docs/fixing.md.
    """

    node: Node
    value: Any
    append: bool = False
    safe: bool = True


class Problem(NamedTuple):
    """What a rule found: a field and what is wrong with it.

    `node` may be missing: the finding then points at its nearest parent. `key` points at the key
    instead of the value. `severity` replaces the rule's own. `container` is the container's name
    where the rule looks at a wider view than one container. `span` replaces the node's place.
    `resource` is the object it is about, where the rule looks at a bundle.
    """

    node: Node
    message: str
    related: tuple[tuple[Node | Span, str], ...] = ()
    severity: str = ""
    key: bool = False
    container: str = ""
    tags: tuple[str, ...] = ()
    span: Span | None = None
    resource: Resource | None = None


Problems = Iterator[Problem]


class ObjectReference(NamedTuple):
    """The object a finding is about, as written."""

    apiVersion: str  # noqa: N815
    kind: str
    namespace: str
    name: str

    @classmethod
    def of(cls, resource: Resource) -> ObjectReference:
        """Return the reference to an object."""
        return cls(resource.api_version, resource.kind, resource.namespace, resource.name)


class Related(NamedTuple):
    """A second place that belongs to a finding. Lines and columns count from 1."""

    file: str
    line: int
    column: int
    message: str


class Suppressed(NamedTuple):
    """By what (`comment`, `annotation`, `configuration` or `baseline`) and why a finding is suppressed."""

    by: str
    reason: str


class Finding(NamedTuple):
    """One finding. Lines and columns count from 1 in characters, the end is exclusive.

    `document` counts from 0, `path` is a JSON Pointer into the document. Objects checked without
    text have line and column 0. `source` is the Helm template or the file of Kustomize a document came from.
    """

    rule: str
    category: str
    severity: str
    message: str
    file: str
    document: int
    line: int
    column: int
    end_line: int
    end_column: int
    object: ObjectReference | None
    path: str
    container: str
    tags: tuple[str, ...]
    docs: str
    related: tuple[Related, ...] = ()
    source: str = ""
    suppressed: Suppressed | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the finding as plain data, in the shape of the JSON report."""
        data: dict[str, Any] = self._asdict()
        data["object"] = self.object._asdict() if self.object else None
        data["tags"] = list(self.tags)
        data["related"] = [related._asdict() for related in self.related]
        data["suppressed"] = self.suppressed._asdict() if self.suppressed else None
        return data


class Input(NamedTuple):
    """What became of one input: `status` is linted, skipped or failed; `reason` says why."""

    file: str
    status: str
    reason: str = ""


class Summary(NamedTuple):
    """Counts of a run. `inputs == linted + skipped + failed`; `findings` leaves suppressed ones out."""

    inputs: int
    linted: int
    skipped: int
    failed: int
    objects: int
    findings: int
    suppressed: int
    critical: int
    high: int
    medium: int
    low: int
    info: int


class Report(NamedTuple):
    """Result of a run: findings sorted by file, line and column; what became of each input; counts."""

    findings: tuple[Finding, ...]
    inputs: tuple[Input, ...]
    summary: Summary

    def active(self) -> tuple[Finding, ...]:
        """Return the findings that are not suppressed."""
        return tuple(finding for finding in self.findings if finding.suppressed is None)


def summarize(findings: tuple[Finding, ...], inputs: tuple[Input, ...], objects: int) -> Summary:
    """Count findings by severity and inputs by status."""
    active = [finding.severity for finding in findings if finding.suppressed is None]
    status = [each.status for each in inputs]
    return Summary(
        inputs=len(inputs),
        linted=status.count("linted"),
        skipped=status.count("skipped"),
        failed=status.count("failed"),
        objects=objects,
        findings=len(active),
        suppressed=len(findings) - len(active),
        critical=active.count("critical"),
        high=active.count("high"),
        medium=active.count("medium"),
        low=active.count("low"),
        info=active.count("info"),
    )
