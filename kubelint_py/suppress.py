"""Suppression of findings by comments and annotations.

The syntax stands in docs/suppressing.md; overrides of the configuration are in `config`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from kubelint_py.config import Config
from kubelint_py.config_select import UNSTOPPABLE
from kubelint_py.finding import Finding, Related, Suppressed
from kubelint_py.registry import Registry
from kubelint_py.rule import Rule
from kubelint_py.source.document import Document, Path
from kubelint_py.source.text import Source
from kubelint_py.suppress_words import ANNOTATION, DOMAIN, IN_COMMENTS

if TYPE_CHECKING:
    from kubelint_py.suppress_directive import Directive, Spot

VIA_ALIAS = "used through this alias"
"""Message of the related place that is the alias of an anchored value: a comment there counts as well."""

BAD, UNUSED = "bad-suppression", "unused-suppression"
Templates = Mapping[tuple[str, int], str]


def read_suppressions(
    file: str,
    source: Source | None,
    documents: Sequence[Document],
    config: Config,
    registry: Registry,
    *,
    templates: Templates = {},  # noqa: B006  never changed
    today: str = "",
) -> Suppressions:
    """Return what the comments and annotations of one input suppress.

    `templates` maps file and document to the Helm template it came from. `today` is an ISO date, the
    current one by default, for suppressions with an expiry date. A text of which `has_directives` says
    no has none, and need not be read for them.
    """
    # Few texts hold a directive, and start-up shall not pay for them.
    from kubelint_py.suppress_annotation import read_annotations  # noqa: PLC0415
    from kubelint_py.suppress_comment import read_comments  # noqa: PLC0415
    from kubelint_py.suppress_directive import Complaint, Directive, Policy, limited_search  # noqa: PLC0415

    forbidden = frozenset(rule.id for name in config.no_suppress if (rule := registry.resolve(name)))
    policy = Policy(registry, limited_search(registry), config.require_reason, forbidden, today)
    found = [*read_comments(source, documents, policy)] if source else []
    found += read_annotations(source, documents, policy)
    directives = [each for each in found if isinstance(each, Directive)]
    complaints = [each for each in found if isinstance(each, Complaint)]
    told = _findings(registry.rules[BAD], complaints, file, config, templates)
    suppressions = Suppressions(file, directives, told)
    suppressions.complaints = tuple(suppressions.apply(told, documents))
    return suppressions


def has_directives(source: Source) -> bool:
    """Whether a text may hold directives at all: annotations of ours, or comments that name us."""
    return DOMAIN in source.text or any(word in line for line in _comments(source.text) for word in IN_COMMENTS)


def _comments(text: str) -> Iterator[str]:
    """Yield the rest of each line from its first `#` on. One character is found faster than a word."""
    at = text.find("#")
    while at >= 0:
        end = text.find("\n", at)
        yield text[at : end if end >= 0 else len(text)]
        at = text.find("#", end) if end >= 0 else -1


def _findings(
    rule: Rule, complaints: Iterable[tuple[str, Spot]], file: str, config: Config, templates: Templates
) -> list[Finding]:
    found = []
    for message, spot in complaints:
        finding = Finding(
            rule=rule.id,
            category=rule.category,
            severity=rule.severity,
            message=message,
            file=file,
            document=spot.document,
            line=spot.line,
            column=spot.column,
            end_line=spot.line,
            end_column=spot.end_column,
            object=spot.object,
            path=spot.path,
            container="",
            tags=rule.tags,
            docs=config.docs + rule.docs,
            source=templates.get((file, spot.document), ""),
        )
        adjusted = config.adjusted(finding, rule)
        found += [adjusted] if adjusted else []
    return found


class Suppressions:
    """The directives of one input.

    `complaints` are the findings about directives that cannot be read, `apply` done. Only `apply`
    changes anything here: it remembers which directives had something to suppress.
    """

    __slots__ = ("_by_line", "_by_place", "_by_scope", "_inside", "_told", "_used", "complaints", "directives", "file")

    def __init__(self, file: str, directives: Sequence[Directive] = (), complaints: Sequence[Finding] = ()) -> None:
        self.file = file
        self.directives = tuple(directives)
        self.complaints = tuple(complaints)
        self._used: set[tuple[int, str]] = set()
        self._by_line: dict[tuple[str, int, bool], list[int]] = {}
        self._told: set[tuple[str, int, bool]] = set()
        self._by_scope: dict[tuple[str, int, str, str], list[int]] = {}
        self._by_place: dict[tuple[int, str], list[int]] = {}
        self._inside: set[str] = set()
        for index, directive in enumerate(self.directives):
            for rule in directive.said.rules:
                self._add(rule, directive, index)
            for place in directive.containers:
                self._by_place.setdefault((directive.spot.document, place), []).append(index)

    def _add(self, rule: str, directive: Directive, index: int) -> None:
        if directive.by == ANNOTATION:
            key = rule, directive.spot.document, directive.scope, directive.container
            self._by_scope.setdefault(key, []).append(index)
        elif not directive.trailing:
            self._inside.add(rule)
        for line in directive.lines:
            self._by_line.setdefault((rule, line, directive.trailing), []).append(index)

    def apply(self, findings: Iterable[Finding], documents: Iterable[Document]) -> list[Finding]:
        """Return the findings of this input, with those a directive covers suppressed.

        `documents` are those the findings point into; without its document, a finding is covered by a
        comment for the line it starts on only.
        """
        if not self.directives:
            return list(findings)
        by_index = {document.index: document for document in documents}
        return [self._judge(finding, by_index.get(finding.document)) for finding in findings]

    def _judge(self, finding: Finding, document: Document | None) -> Finding:
        if finding.rule == UNSTOPPABLE:
            return finding
        covering = [self.directives[index] for index in self._use(finding, document)]
        if not covering or finding.suppressed:
            return finding
        for directive in covering:
            if not directive.said.expired:
                return finding._replace(suppressed=Suppressed(directive.by, directive.said.reason))
        return _reopened(finding, covering[0])

    def _use(self, finding: Finding, document: Document | None) -> list[int]:
        """Return the directives that cover a finding and remember that they do."""
        scoped = set(self._in_scopes(finding))
        self._used.update((index, finding.rule) for index in scoped)
        return sorted({*self._on_lines(finding, document), *scoped})

    def _on_lines(self, finding: Finding, document: Document | None) -> Iterator[int]:
        own = {finding.line, *(each.line for each in finding.related if _is_alias(each, finding))}
        for line in own:
            yield from self._on_line(finding.rule, line, trailing=True)
            yield from self._on_line(finding.rule, line, trailing=False)
        if finding.rule in self._inside and document is not None:
            for line in _start_lines(finding.path, document) - own:
                yield from self._on_line(finding.rule, line, trailing=False)

    def _on_line(self, rule: str, line: int, *, trailing: bool) -> Iterator[int]:
        """Yield the directive that counts of those for one line; all of them are used together, and only once."""
        key = rule, line, trailing
        indexes = self._by_line.get(key)
        if not indexes:
            return
        if key not in self._told:
            self._told.add(key)
            self._used.update((index, rule) for index in indexes)
            indexes.sort(key=lambda index: bool(self.directives[index].said.expired))
        yield indexes[0]

    def _in_scopes(self, finding: Finding) -> Iterator[int]:
        rule, document = finding.rule, finding.document
        for scope in _ancestors(finding.path) if self._by_scope else ():
            for container in {"", finding.container}:
                yield from self._by_scope.get((rule, document, scope, container), ())
            if not finding.container:
                places = self._by_place.get((document, scope), ())
                yield from (index for index in places if rule in self.directives[index].said.rules)

    def unused(
        self,
        config: Config,
        registry: Registry,
        ran: Collection[str],
        *,
        templates: Templates = {},  # noqa: B006
    ) -> list[Finding]:
        """Return a finding for each directive that names rules that ran and had nothing to suppress.

        `ran` are the ids of the enabled rules. Ask when every finding of the input has been applied.
        """
        complaints = []
        for index, directive in enumerate(self.directives):
            idle = [name for name in directive.said.rules if name in ran and (index, name) not in self._used]
            idle = [name for name in idle if name not in {BAD, UNUSED}]
            if idle:
                complaints.append((f"this suppresses nothing of {', '.join(idle)}", directive.spot))
        return _findings(registry.rules[UNUSED], complaints, self.file, config, templates) if complaints else []


def _is_alias(related: Related, finding: Finding) -> bool:
    return related.message == VIA_ALIAS and related.file == finding.file


def _reopened(finding: Finding, directive: Directive) -> Finding:
    spot = directive.spot
    told = Related(finding.file, spot.line, spot.column, f"this suppression held until {directive.said.expired}")
    return finding._replace(related=(*finding.related, told))


def _ancestors(pointer: str) -> Iterator[str]:
    """Yield a JSON Pointer and every pointer above it."""
    yield pointer
    while pointer:
        pointer = pointer.rpartition("/")[0]
        yield pointer


def _start_lines(pointer: str, document: Document) -> set[int]:
    """Return the lines on which the field at a pointer and those above it start; keys, not values, count."""
    lines = set()
    path = _path(pointer, document)
    for length in range(len(path) + 1):
        place = document.locate_key(path[:length]) if length else document.locate(())
        for span in place or ():
            if span is not None:
                lines.add(span.start.line)
    return lines


def _path(pointer: str, document: Document) -> Path:
    path: list[str | int] = []
    value = document.data
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if isinstance(value, list) and key.isdecimal():
            path.append(int(key))
            value = value[int(key)] if int(key) < len(value) else None
        else:
            path.append(key)
            value = value.get(key) if isinstance(value, dict) else None
    return tuple(path)
