"""Gives each rule the views it asked for and turns its problems into findings.

A rule that crashes becomes an `internal-error` finding; the other rules go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kubelint_py.engine_implied import without_implied
from kubelint_py.engine_plan import Bound, Plan, bind_check, make_plan
from kubelint_py.finding import Finding, ObjectReference, Problem, Related
from kubelint_py.model.bundle import Bundle
from kubelint_py.model.pss_rules import RULE_CONTROLS
from kubelint_py.model.resource import Resource
from kubelint_py.model.workload import workloads
from kubelint_py.source.document import Document, Location, Node
from kubelint_py.source.text import NOWHERE, Position, Span
from kubelint_py.suppress import VIA_ALIAS

__all__ = [
    "Bound",
    "Place",
    "Plan",
    "bundle_finding",
    "bundle_problems",
    "check_document",
    "document_finding",
    "make_plan",
    "refusal",
    "without_implied",
]

_SECRET = re.compile(r"^[^#\n]*\bkind[\"']?[ \t]*:[ \t]*[\"']?Secret\b", re.MULTILINE)


class Place(NamedTuple):
    """What the engine knows of the surroundings of a problem. `partial`, `sparse`: who says what is missing."""

    document: Document
    resource: Resource | None = None
    container: str = ""
    source: str = ""
    partial: bool = False
    sparse: bool = False


def check_document(
    document: Document, found: list[Resource], plan: Plan, source: str = "", *, partial: bool = False
) -> Iterator[Finding]:
    """Run the rules for one document and its objects.

    `source` is the Helm template it came from. Of a `partial` object (a patch) nothing is said about
    what is missing, because another file has it.
    """
    whole = Place(document, source=source, partial=partial)
    yield from _ask(plan.view("Document"), document, whole, plan)
    for resource in found:
        place = whole._replace(resource=resource)
        yield from _ask(plan.resource_rules(resource.kind), resource, place, plan)
        yield from _check_pods(resource, place, plan)


def _check_pods(resource: Resource, place: Place, plan: Plan) -> Iterator[Finding]:
    for workload in workloads(resource, plan.places):
        place = place._replace(sparse=workload.pod.sparse)
        yield from _ask(plan.view("Workload"), workload, place, plan)
        yield from _ask(plan.view("PodSpec"), workload.pod, place, plan)
        for container in workload.pod.containers:
            yield from _ask(plan.view("Container"), container, place._replace(container=container.name), plan)


def bundle_problems(bundle: Bundle, plan: Plan) -> Iterator[tuple[Bound, Problem | Exception]]:
    """Run the rules that look at all objects, where there are objects they look at."""
    for bound in plan.view("Bundle"):
        if bound.rule.needs and bundle.kinds.isdisjoint(bound.rule.needs):
            continue
        for problem in _problems(bound, bundle):
            yield bound, problem


def bundle_finding(
    bound: Bound, problem: Problem | Exception, bundle: Bundle, plan: Plan, templates: dict[tuple[str, int], str]
) -> Finding | None:
    """Return the finding for a problem of a Bundle rule; the documents it points into need their text.

    `templates` maps file and document to the Helm template it was rendered from.
    """
    if not isinstance(problem, Problem):
        return _crash(bound, problem, Place(bundle.resources[0].document), plan) if bundle.resources else None
    document = problem.node.document
    source = templates.get((document.name, document.index), "")
    return _finding(bound, problem, Place(document, problem.resource, source=source), plan)


def _ask(rules: Iterable[Bound], view: object, place: Place, plan: Plan) -> Iterator[Finding]:
    """Give a view to the rules that look at such views."""
    for bound in rules:
        for problem in _problems(_as_there(bound, place, plan) if bound.varies else bound, view):
            if not isinstance(problem, Problem):
                yield _crash(bound, problem, place, plan)
            elif problem.node.present or _may_miss(bound, place):
                finding = _finding(bound, problem, place, plan)
                yield finding
                error = _offer(bound, problem, view, finding, plan) if plan.offers is not None else None
                if error:
                    yield _crash(bound, error, place, plan)


def _offer(bound: Bound, problem: Problem, view: object, finding: Finding, plan: Plan) -> Exception | None:
    """Note the fix of a finding; return what went wrong in the rule."""
    if plan.offers is None or bound.rule.fixer is None:
        return None
    matching = plan.config.matching(finding.file, finding.object, finding.source, finding.container)
    try:
        fix = bound.rule.fixer(problem, view, **plan.config.options_for(bound.rule, matching))
    except Exception as error:
        return error
    if fix:
        plan.offers.append((finding, fix._replace(safe=fix.safe and bound.rule.fix == "safe")))
    return None


def _as_there(bound: Bound, place: Place, plan: Plan) -> Bound:
    """Return a rule with the options that overrides give it for one place."""
    if place.resource is None:
        return bound
    matching = plan.config.matching(
        place.document.name, ObjectReference.of(place.resource), place.source, place.container
    )
    return bound._replace(check=bind_check(bound.rule, plan.config, plan.config.options_for(bound.rule, matching)))


def _may_miss(bound: Bound, place: Place) -> bool:
    """Whether a rule may say that something is missing: not in a patch, nor in what a controller completes.

    Security contexts are as their controller leaves them, and so the Pod Security Standards may.
    """
    return not place.partial and (not place.sparse or bound.rule.id in RULE_CONTROLS)


def _problems(bound: Bound, view: object) -> Sequence[Problem | Exception]:
    """Return what a rule finds, and its exception at last if it crashes: one rule must not take the others down."""
    found: list[Problem | Exception] = []
    try:
        found.extend(bound.check(view))
    except Exception as error:
        found.append(error)
    return found


def _crash(bound: Bound, error: Exception, place: Place, plan: Plan) -> Finding:
    # The text of an exception may hold values of the manifest, so only its kind and place are told.
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" in {trace.tb_frame.f_code.co_name}, line {trace.tb_lineno}" if trace else ""
    message = f"rule {bound.rule.id} crashed with {type(error).__name__}{where}"
    rule = plan.registry.rules["internal-error"]
    node = place.resource.node if place.resource else place.document.root
    return _finding(Bound(rule, rule.check), Problem(node, message), place, plan)


def refusal(document: Document, rule: str, message: str, plan: Plan, source: str = "") -> Finding | None:
    """Return the finding for a refused document, or None when its rule is off."""
    if document.error is None or document.source is None:
        return None
    start = document.source.position(document.error.offset)
    visible = len(document.source.line_text(start.line)) >= start.column
    span = Span(start, Position(start.line, start.column + visible))
    tags = ("masked",) if _SECRET.search(document.text) else ()
    return document_finding(document, rule, Problem(document.root, message, span=span, tags=tags), plan, source)


def document_finding(document: Document, rule: str, problem: Problem, plan: Plan, source: str = "") -> Finding | None:
    """Return the finding for a problem the pipeline itself found, or None when its rule is off."""
    bound = plan.rules.get(rule)
    return _finding(bound, problem, Place(document, source=source), plan) if bound else None


def _finding(bound: Bound, problem: Problem, place: Place, plan: Plan) -> Finding:
    rule = bound.rule
    location = Location(problem.span) if problem.span else _locate(problem.node, problem.key)
    span = location.span if location else NOWHERE
    resource = problem.resource or place.resource
    return Finding(
        rule=rule.id,
        category=rule.category,
        severity=problem.severity or rule.severity,
        message=problem.message,
        file=problem.node.document.name,
        document=problem.node.document.index,
        line=span.start.line,
        column=span.start.column,
        end_line=span.end.line,
        end_column=span.end.column,
        object=ObjectReference.of(resource) if resource else None,
        path=problem.node.pointer,
        container=problem.container or place.container,
        tags=rule.tags + problem.tags,
        docs=plan.config.docs + rule.docs,
        related=tuple(_related(problem, location)),
        source=place.source,
    )


def _related(problem: Problem, location: Location | None) -> Iterator[Related]:
    file = problem.node.document.name
    if location and location.alias:
        yield Related(file, *location.alias.start, VIA_ALIAS)
    for place, message in problem.related:
        if isinstance(place, Node):
            found = _locate(place, key=False)
            yield Related(place.document.name, *(found.span if found else NOWHERE).start, message)
        else:
            yield Related(file, *place.start, message)


def _locate(node: Node, key: bool) -> Location | None:
    """Return where a problem at `node` is shown: a missing field at its nearest parent, and a block
    that spans lines at its key."""
    document, path = node.document, node.path
    if not node.present:
        path = _nearest(node)
    elif key and path:
        return document.locate_key(path)
    else:
        location = document.locate(path)
        if location and location.span.start.line == location.span.end.line:
            return location
    return _locate_title(document, path)


def _nearest(node: Node) -> tuple[str | int, ...]:
    current, length = node.document.root, 0
    for key in node.path:
        current = current.child(key)
        if not current.present:
            break
        length += 1
    return node.path[:length]


def _locate_title(document: Document, path: tuple[str | int, ...]) -> Location | None:
    value = document.root
    for key in path:
        value = value.child(key)
    if not path or isinstance(path[-1], int):
        for title in (("metadata", "name"), ("name",), ("kind",)):
            if isinstance(value.at(*title).value, str):
                return document.locate((*path, *title))
    return document.locate_key(path) if path else document.locate(())
