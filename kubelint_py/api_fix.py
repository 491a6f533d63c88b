"""Fixes what rules offer a fix for: texts in, texts out; nothing is written.

A text is checked and changed in rounds, until nothing is left to change.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_py.api import Run
from kubelint_py.config import Config
from kubelint_py.engine import without_implied
from kubelint_py.engine_plan import fixing_plan
from kubelint_py.errors import InputError
from kubelint_py.finding import Finding, Fix
from kubelint_py.fixes import Mended, Readings, Wanted, mend
from kubelint_py.inputs.files import Candidate, discover, read
from kubelint_py.parallel import without_collector
from kubelint_py.pipeline import FileResult, Task, lint_text
from kubelint_py.registry import load as load_rules
from kubelint_py.scope import Scope
from kubelint_py.source.edit import Change
from kubelint_py.source.text import Source, decode, encode

MOST_ROUNDS = 20
RENDERED = "rendered by Helm from {}; change the template or the values of the chart instead"
RESTLESS = "its fixes do not come to an end"


class FixedText(NamedTuple):
    """What fixing made of a text: `fixed` findings are mended, `unsafe` more would be with unsafe fixes.

    `refused` says why nothing was done where something could have been.
    """

    text: str
    fixed: int = 0
    unsafe: int = 0
    refused: str = ""


class FixedInput(NamedTuple):
    """An input that something can be done about, as it was read and as it is after fixing."""

    candidate: Candidate
    before: bytes
    after: bytes
    result: FixedText


class _Offer(NamedTuple):
    wanted: Wanted
    safe: bool
    findings: int


def with_stdin(run: Run) -> Run:
    """Return a run that holds what standard input does, if that is one of its inputs.

    Raises `InputError` where it is larger than its limit: what was cut off could not be written back.
    """
    if "-" not in run.paths or run.stdin is not None or getattr(sys.stdin, "buffer", None) is None:
        return run
    candidate = Candidate(None, run.stdin_name)
    limit = Scope(run.config, run.overrides).config_of(Task(candidate)).max_bytes
    try:
        return run._replace(stdin=read(candidate, limit))
    except InputError as error:
        raise InputError(f"{run.stdin_name}: {error}") from None


def fix_run(run: Run, *, unsafe: bool) -> Iterator[FixedInput]:
    """Yield the inputs of a run that fixes change, would change if unsafe ones were allowed, or are refused for.

    Context files are never among them; standard input always is if it is text. Raises `ConfigError` on a wrong
    configuration.
    """
    scope = Scope(run.config, run.overrides)
    candidates = discover(run.paths, excluded=scope.excludes, stdin_name=run.stdin_name)
    with without_collector():
        for task in scope.tasks(candidates, stdin=run.stdin):
            raw = _read(task, scope.config_of(task))
            if raw is None:
                continue
            text = decode(raw)
            result = fix_text(text, task, scope.config_of(task), unsafe=unsafe)
            after = raw if result.text == text else encode(result.text, raw)
            if result != FixedText(text) or task.candidate.path is None:
                yield FixedInput(task.candidate, raw, after, result)


def _read(task: Task, config: Config) -> bytes | None:
    """Return what is read, or None for what is no text or is not read: linting tells why."""
    try:
        raw = task.content(config.max_bytes)
        return raw if encode(decode(raw), raw) == raw else None
    except InputError:
        return None


def fix_text(text: str, task: Task, config: Config, *, unsafe: bool) -> FixedText:
    """Return a text with what its rules offer done, in as many rounds as it takes."""
    plan = fixing_plan(config, load_rules())
    readings = Readings()
    current, fixed = text, 0
    for _ in range(MOST_ROUNDS):
        plan.offers = []
        result = lint_text(current, plan, task)
        offers = list(_offers(result, plan.offers, config))
        if offers and result.templates:
            return FixedText(text, refused=RENDERED.format(min(result.templates.values())))
        chosen = [offer for offer in offers if offer.safe or unsafe]
        source = Source(task.candidate.name, current)
        mended = _mend(source, chosen, config, readings)
        if not mended.made:
            rest = [offer for offer in offers if not offer.safe and not unsafe]
            could = _mend(source, rest, config, readings).made
            return FixedText(current, fixed, sum(rest[number].findings for number in could))
        fixed += sum(chosen[number].findings for number in mended.made)
        current = mended.text
    return FixedText(text, refused=RESTLESS)


def _mend(source: Source, offers: list[_Offer], config: Config, readings: Readings) -> Mended:
    if not offers:
        return Mended(source.text, [])
    return mend(source, [offer.wanted for offer in offers], config.limits, readings)


def _offers(result: FileResult, found: Iterable[tuple[Finding, Fix]], config: Config) -> Iterator[_Offer]:
    """Yield what was offered for the findings that are shown; nothing that would mend a suppressed one as well."""
    shown = {_key(finding) for finding in _shown(result.findings, config)}
    every = {_key(finding): finding for finding in result.findings}
    offers: dict[tuple[int, str, bool, str], _Offer] = {}
    suppressed = set()
    for finding, fix in found:
        key = _key(finding)
        wanted = Wanted(fix.node.document.index, Change(fix.node.path, fix.value, fix.append))
        place = (wanted.document, fix.node.pointer, fix.append, repr(fix.value))
        if key in every and every[key].suppressed:
            suppressed.add(place)
        elif key in shown:
            known = offers.get(place, _Offer(wanted, fix.safe, 0))
            offers[place] = known._replace(safe=known.safe and fix.safe, findings=known.findings + 1)
    yield from (offer for place, offer in offers.items() if place not in suppressed)


def _shown(findings: list[Finding], config: Config) -> list[Finding]:
    return findings if config.shows_implied else without_implied(findings, load_rules())


def _key(finding: Finding) -> tuple[str, int, str, str, str]:
    return finding.rule, finding.document, finding.path, finding.container, finding.message
