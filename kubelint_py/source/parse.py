"""From a text to its documents, each read as Kubernetes reads it.

YAML is cut at the lines that hold `---` and at most a comment, as Kubernetes' tools do; each part is composed
on its own, so that a refused document never hides its neighbours. What Kubernetes makes of the text of one
part is `sigs.k8s.io/yaml`'s answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_py.errors import DocumentError, InputLimitError
from kubelint_py.source import parse_yaml
from kubelint_py.source.body import Composed, Place, TreeBody, thinned
from kubelint_py.source.document import Document
from kubelint_py.source.text import BREAKS, Source, line_start

c_binding = parse_yaml.c_binding
"""Whether PyYAML's C binding reads; everything is some fifteen times slower without it."""

JSON_SUFFIXES = (".json", ".ndjson", ".jsonl")
_REST_OF_LINE = re.compile(r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?(?=[\r\n]|\Z)")
_PREAMBLE = re.compile(
    f"\ufeff?(?:[ ]*(?:#[^{BREAKS}]*)?[{BREAKS}])*(?:%[^{BREAKS}]*[{BREAKS}](?:[ \t]*(?:#[^{BREAKS}]*)?[{BREAKS}])*)*"
)
_DOCUMENT_END = re.compile(r"[.]{3}(?!\S)")
_DIRECTIVE = re.compile("%(?:YAML|TAG)[ \t]")


class Limits(NamedTuple):
    """Beyond these a text is refused with `InputLimitError`, as a whole or from there on."""

    max_bytes: int = 50_000_000
    """Length of the text, in characters."""
    max_documents: int = 100_000
    max_depth: int = parse_yaml.DEPTH
    """Nested collections of a document; Kubernetes' own limit is 10,000."""


DEFAULT_LIMITS = Limits()


def parse(text: str, *, name: str = "<stdin>", limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Read YAML and return its documents, at least one.

    An empty or comment-only document counts if a line `---` marks it off. Nothing is raised: a document that
    is refused says so in `error`.
    """
    return read_yaml(Source(name, text), limits)


def stream(source: Source, limits: Limits = DEFAULT_LIMITS) -> Iterator[Document]:
    """Read a source as `read_documents` does, but a document when it is asked for, where that is possible.

    Whoever has done with a document releases it, so that one tree at a time is kept.
    """
    if source.name.lower().endswith(JSON_SUFFIXES) or _first(source) in ("[", "{"):
        return iter(read_documents(source, limits))
    return _documents(source, _yaml_bodies(source, limits), limits)


def read_documents(source: Source, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Read a source as its name and its first character suggest.

    `.json`, `.ndjson` and `.jsonl` are JSON, all else is YAML; an array is JSON under any name if nothing of it is
    refused. What starts with a brace is read the other way if that accepts more of it: Kubernetes' tools try both.
    """
    is_json = source.name.lower().endswith(JSON_SUFFIXES)
    first = _first(source)
    readers = (read_json, read_yaml) if is_json or first == "[" else (read_yaml, read_json)
    documents = readers[0](source, limits)
    if not _refusals(documents) or first not in ("{", "[") or (is_json and first == "["):
        return documents
    others = readers[1](source, limits)
    return others if first == "[" else max(documents, others, key=_worth)


_FIRST = re.compile("[\ufeff \t\r\n]*(.?)")


def _first(source: Source) -> str:
    match = _FIRST.match(source.text)
    return match[1] if match else ""


def _refusals(documents: list[Document]) -> int:
    return sum(document.error is not None for document in documents)


def _worth(documents: list[Document]) -> tuple[int, int]:
    refusals = _refusals(documents)
    return len(documents) - refusals, -refusals


def parse_json(text: str, *, name: str = "<stdin>", limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Read JSON and return its documents, at least one: see `read_json`."""
    return read_json(Source(name, text), limits)


def read_json(source: Source, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Read a source as JSON: a value, concatenated values such as NDJSON, or an array of documents."""
    from kubelint_py.source import parse_json as reader  # noqa: PLC0415  few texts are JSON

    refusal = _too_large(source, limits)
    bodies = [refusal] if refusal else reader.read_json(source, min(limits.max_depth, parse_yaml.DEPTH))
    return list(_documents(source, bodies, limits))


def read_yaml(source: Source, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    """Read a source as YAML: see `parse`."""
    return list(_documents(source, map(thinned, _yaml_bodies(source, limits)), limits))


def _too_large(source: Source, limits: Limits) -> TreeBody | None:
    if len(source.text) <= limits.max_bytes:
        return None
    return _refused(source, 0, InputLimitError(f"the text is longer than {limits.max_bytes:,} characters"))


def _documents(source: Source, bodies: Iterable[TreeBody], limits: Limits) -> Iterator[Document]:
    for index, body in enumerate(bodies):
        if index == limits.max_documents:
            error = InputLimitError(f"more than {index:,} documents; the rest is not read", body.start)
            yield Document(source, index, _refused(source, body.begin, error))
            return
        yield Document(source, index, body)


def _refused(source: Source, begin: int, error: DocumentError) -> TreeBody:
    return TreeBody(source, Place(begin, len(source.text), 0, parse_yaml.recompose), None, error)


def _yaml_bodies(source: Source, limits: Limits) -> Iterator[TreeBody]:
    refusal = _too_large(source, limits)
    if refusal:
        yield refusal
        return
    budget = parse_yaml.Budget()
    depth = min(limits.max_depth, parse_yaml.DEPTH)
    starts = _split(source.text)
    for begin, end in zip(starts, [*starts[1:], len(source.text)], strict=True):
        definition = parse_yaml.read_definition(source.text, begin, end, depth)
        if definition:
            yield TreeBody(source, Place(begin, end, 0, parse_yaml.recompose), definition)
        else:
            yield from _read_part(source, begin, end, budget, depth)


def _read_part(source: Source, begin: int, end: int, budget: parse_yaml.Budget, depth: int) -> list[TreeBody]:
    """Read one part; it holds one document unless `--- text` or `...` makes it several."""
    start = begin + source.text.startswith("\ufeff", begin, begin + 1) * (begin == 0)
    reading = parse_yaml.read(source.text[start:end], budget, depth)
    compose = parse_yaml.RecomposeAll() if len(reading.documents) > 1 else parse_yaml.recompose
    bodies = [
        TreeBody(source, Place(start, end, ordinal, compose), composed)
        for ordinal, composed in enumerate(reading.documents)
    ]
    rest = Place(start, end, len(bodies), compose)
    if reading.error:
        error = type(reading.error)(reading.error.message, reading.error.offset + start)
        bodies.append(TreeBody(source, rest, None, error))
        if len(bodies) > 1:
            bodies[-1].start = min(error.offset, end)
    elif not bodies:
        bodies.append(TreeBody(source, rest, None, data=None))
    bodies[0].begin = begin
    _share_out(source.text, start, reading.documents, bodies)
    return bodies


def _share_out(text: str, start: int, documents: list[Composed], bodies: list[TreeBody]) -> None:
    """Give each of several documents of a part its share: up to the line on which the next one starts."""
    for composed, previous, body in zip(documents, bodies, bodies[1:], strict=False):
        line = text.rfind("\n", start, body.start) + 1
        ended = min(start + composed.root.node.end_mark.index, body.end)
        body.begin = previous.end = line if line >= ended else max(body.start, ended)
        previous.start, body.start = min(previous.start, previous.end), max(body.start, body.begin)


def _split(text: str) -> list[int]:
    """Return where the parts of a text start: at 0 and at each separating line but the first of the text."""
    separators = _separators(text, "\n---")
    if "\r" in text:
        separators = sorted({*separators, *_separators(text, "\r---")})
    starts = [0]
    for at in separators:
        start = _before_directives(text, at, starts[-1])
        if start > starts[-1] and (len(starts) > 1 or not _is_preamble(text, at)):
            starts.append(start)
    return starts


def _separators(text: str, mark: str) -> list[int]:
    found = []
    at = text.find(mark)
    while at >= 0:
        if _REST_OF_LINE.match(text, at + 4):
            found.append(at + 1)
        at = text.find(mark, at + 4)
    return found


def _is_preamble(text: str, at: int) -> bool:
    """Tell whether nothing but comments and directives stands before the first separator."""
    match = _PREAMBLE.match(text)
    return match is not None and match.end() == at


def _before_directives(text: str, at: int, floor: int) -> int:
    """Return where the directives before a separator start: after `...` they belong to the next document."""
    start = line = at
    while line > floor:
        line = _previous_line(text, line, floor)
        if not _DIRECTIVE.match(text, line):
            return start if _DOCUMENT_END.match(text, line) else at
        start = line
    return at


def _previous_line(text: str, at: int, floor: int) -> int:
    """Return where the line before the one at `at` starts."""
    end = at - 2 if text.startswith("\r\n", max(at - 2, 0)) else at - 1
    return line_start(text, end, floor)
