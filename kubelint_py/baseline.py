"""Findings that are known already, so that a run fails on new ones only.

A baseline is a JSON file of entries without lines. An entry hides one finding of its rule, file, object,
field and container: one that says the same, wherever it has moved in its list, else one that says it in
other words. Where the file has gone, because it was renamed, any file will do. What is hidden stays in
the report, suppressed by `baseline`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from os.path import relpath
from pathlib import Path, PurePath
from typing import Any, NamedTuple

from kubelint_py.config_select import UNSTOPPABLE
from kubelint_py.errors import ConfigError
from kubelint_py.finding import Finding, Report, Suppressed, summarize

VERSION = 1
_INDEX = re.compile(r"/\d+(?=/|$)")
_CONTAINERS = re.compile(r"/((?:init|ephemeral)?[cC]ontainers)/\d+(?=/|$)")


class Entry(NamedTuple):
    """What identifies a known finding. `file` is relative to the baseline; `object` is `group/Kind/namespace/name`."""

    file: str
    rule: str
    object: str
    path: str
    container: str
    message: str


Key = tuple[str, ...]


def write(file: str, findings: Iterable[Finding]) -> int:
    """Write the findings as a baseline, and return how many they are. Raises `ConfigError` where that cannot be."""
    place = _placed(file)
    entries = sorted(_entry(finding, place) for finding in findings if finding.rule != UNSTOPPABLE)
    lines = ",\n".join(f"    {json.dumps(entry._asdict())}" for entry in entries)
    listed = f"[\n{lines}\n  ]" if lines else "[]"
    try:
        Path(file).write_text(f'{{\n  "version": {VERSION},\n  "findings": {listed}\n}}\n', "utf-8", newline="\n")
    except OSError as error:
        raise ConfigError(f"{file} cannot be written: {(error.strerror or '').lower()}") from None
    return len(entries)


def read(file: str) -> list[Entry]:
    """Return the entries of a baseline. Raises `ConfigError` when it is missing or none."""
    try:
        data = json.loads(Path(file).read_text("utf-8"))
    except OSError as error:
        raise ConfigError(f"{file} cannot be read: {(error.strerror or '').lower()}") from None
    except (ValueError, RecursionError):
        raise ConfigError(f"{file} is no baseline: it is no JSON") from None
    found = data.get("findings") if isinstance(data, dict) else None
    if not isinstance(found, list) or data.get("version") != VERSION:
        raise ConfigError(f"{file} is no baseline of version {VERSION}; write one with --write-baseline")
    return [_read_entry(item, file) for item in found]


def _read_entry(item: Any, file: str) -> Entry:
    values = [item.get(name) for name in Entry._fields] if isinstance(item, dict) else []
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) != len(Entry._fields):
        raise ConfigError(f"{file} has an entry that is none: {json.dumps(item)[:80]}")
    return Entry(*texts)


def accept(report: Report, entries: Sequence[Entry], file: str) -> tuple[Report, int]:
    """Return the report with what the entries hide, and how many entries hide nothing although their file was read."""
    place = _placed(file)
    waiting = {number: finding for number, finding in enumerate(report.findings) if finding.suppressed is None}
    waiting = {number: finding for number, finding in waiting.items() if finding.rule != UNSTOPPABLE}
    written = {number: _entry(finding, place) for number, finding in waiting.items()}
    matched, left = _match(written, entries, Path(file).parent)
    said = Suppressed("baseline", PurePath(file).as_posix())
    findings = tuple(
        finding._replace(suppressed=said) if number in matched else finding
        for number, finding in enumerate(report.findings)
    )
    read_files = {place(each.file) for each in report.inputs if each.status == "linted"}
    stale = sum(entry.file in read_files for entry in left)
    return Report(findings, report.inputs, summarize(findings, report.inputs, report.summary.objects)), stale


def _match(written: dict[int, Entry], entries: Sequence[Entry], folder: Path) -> tuple[set[int], list[Entry]]:
    """Return the numbers of the findings that entries hide, and the entries that are left."""
    matched: set[int] = set()
    left = list(entries)
    movable = {file for file in {entry.file for entry in entries} if _has_gone(folder, file)}
    for key, moved in _WAYS:
        places: dict[Key, list[int]] = {}
        for number, entry in written.items():
            if number not in matched:
                places.setdefault(key(entry), []).append(number)
        still = []
        for entry in left:
            asked = entry.file in movable and entry.object if moved else True
            found = places.get(key(entry)) if asked and key(entry) else None
            if found:
                matched.add(found.pop(0))
            else:
                still.append(entry)
        left = still
    return matched, left


def _told(entry: Entry) -> Key:
    """Identify a finding by what it says, as positions in lists change with every insertion."""
    return (entry.file, entry.rule, entry.object, _INDEX.sub("/*", entry.path), entry.container, entry.message)


def _at(entry: Entry) -> Key:
    """Identify a finding by its field; one in a list could be another item by now."""
    return () if _INDEX.search(entry.path) else (entry.file, entry.rule, entry.object, entry.path, entry.container)


_WAYS: tuple[tuple[Callable[[Entry], Key], bool], ...] = (
    (_told, False),
    (_at, False),
    (lambda entry: _told(entry)[1:], True),
    (lambda entry: _at(entry)[1:], True),
)
"""How an entry finds its finding, in turn, and whether the finding may be in another file."""


def _has_gone(folder: Path, file: str) -> bool:
    try:
        return not file.startswith("<") and not (folder / file).exists()
    except (OSError, ValueError):
        return False


def _placed(file: str) -> Callable[[str], str]:
    """Return a function from the name of an input to its path from the baseline, so that no entry is absolute."""
    folder = Path(file).parent

    def place(name: str) -> str:
        if name.startswith("<"):
            return name
        try:
            return PurePath(relpath(name, folder)).as_posix()
        except ValueError:
            return PurePath(name).as_posix()

    return place


def _entry(finding: Finding, place: Callable[[str], str]) -> Entry:
    # A container is known by its name, so that a new one above it changes nothing.
    path = _CONTAINERS.sub(r"/\1/*", finding.path) if finding.container else finding.path
    target = finding.object
    parts = (target.apiVersion.rpartition("/")[0], target.kind, target.namespace, target.name) if target else ()
    return Entry(place(finding.file), finding.rule, "/".join(parts), path, finding.container, finding.message)
