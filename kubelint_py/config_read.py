"""From the settings of a file to the fields of a `Config`: strict keys and types, each mistake with its line.

What the settings mean (known rules, versions, …) is checked in `config_check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from kubelint_py.config_file import ConfigFile
from kubelint_py.config_override import EFFECTS, MATCHERS, Override
from kubelint_py.config_paths import compile_pattern
from kubelint_py.errors import ConfigError
from kubelint_py.finding import SEVERITIES
from kubelint_py.source.document import Path


class Entry(NamedTuple):
    """One value of a configuration file and where it stands."""

    file: ConfigFile
    path: Path
    value: Any

    def error(self, message: str) -> ConfigError:
        """Return the error for this value."""
        return self.file.error(message, self.path, self.value if isinstance(self.value, str) else "")

    @property
    def title(self) -> str:
        """What the value is called in messages."""
        return ".".join(str(key) for key in self.path)

    def mapping(self) -> list[tuple[str, Entry]]:
        """Return the entries of a mapping; nothing for null. Raises `ConfigError` on anything else."""
        if not isinstance(self.value, dict | None):
            raise self.error(f"{self.title} must be a mapping")
        return [(key, Entry(self.file, (*self.path, key), value)) for key, value in (self.value or {}).items()]

    def items(self) -> Iterator[Entry]:
        """Yield the items of a list; nothing for null. Raises `ConfigError` on anything else."""
        if not isinstance(self.value, list | None):
            raise self.error(f"{self.title} must be a list{_as_list(self.value)}")
        for index, value in enumerate(self.value or ()):
            yield Entry(self.file, (*self.path, index), value)


def _as_list(value: object) -> str:
    return f", written [{value}]" if isinstance(value, str) and len(value) < 80 else ""


def fields(file: ConfigFile, settings: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a `Config` that a file gives. Raises `ConfigError` on an unknown key or a wrong type."""
    found: dict[str, Any] = {}
    for written, entry in Entry(file, (), settings).mapping():
        key = written.replace("_", "-")
        reader = KEYS.get(key)
        if reader is None:
            raise entry.error(unknown("key", written, KEYS))
        field = key.replace("-", "_")
        if field in found:
            raise entry.error(f"{written} is given twice")
        if field != "rules":
            found[field] = reader(entry)
    rules = next((entry for key, entry in Entry(file, (), settings).mapping() if key == "rules"), None)
    if rules is not None:
        _read_rules(rules, found)
    found["given"] = {written.replace("-", "_"): written for written in settings}
    return found


def unknown(what: str, name: str, known: Iterable[str]) -> str:
    """Return the message for an unknown name, with the nearest known one."""
    from difflib import get_close_matches  # noqa: PLC0415  needed on a mistake only

    choices = sorted(known)
    near = get_close_matches(name.replace("_", "-"), choices, n=1)
    advice = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(choices)}"
    return f"unknown {what} {name!r}; {advice}"


def _word(entry: Entry) -> str:
    if not isinstance(entry.value, str) or not entry.value:
        quote = " in quotes" if isinstance(entry.value, int | float) else ""
        raise entry.error(f"{entry.title} must be a string{quote}")
    return entry.value


def _flag(entry: Entry) -> bool:
    if not isinstance(entry.value, bool):
        raise entry.error(f"{entry.title} must be true or false")
    return entry.value


def _number(entry: Entry) -> int:
    if not isinstance(entry.value, int) or isinstance(entry.value, bool) or entry.value < 1:
        raise entry.error(f"{entry.title} must be a whole number from 1")
    return entry.value


def _words(entry: Entry) -> tuple[str, ...]:
    return tuple(_word(item) for item in entry.items())


def _patterns(entry: Entry) -> tuple[str, ...]:
    return tuple(_pattern(item) for item in entry.items())


def _pattern(entry: Entry) -> str:
    text = _word(entry)
    try:
        compile_pattern(text)
    except ConfigError as error:
        raise entry.error(str(error)) from None
    return text


def _severity(entry: Entry) -> str:
    if entry.value not in SEVERITIES:
        raise entry.error(unknown("severity", str(entry.value), SEVERITIES))
    return _word(entry)


def _severities(entry: Entry) -> dict[str, str]:
    return {name: _severity(value) for name, value in entry.mapping()}


def _words_by_name(entry: Entry) -> dict[str, tuple[str, ...]]:
    return {name: _words(words) for name, words in entry.mapping()}


def _options_by_rule(entry: Entry) -> dict[str, dict[str, Any]]:
    return {rule: {name: option.value for name, option in options.mapping()} for rule, options in entry.mapping()}


def _read_rules(entry: Entry, found: dict[str, Any]) -> None:
    """Divide the settings of each rule into its severity and its options."""
    severity: dict[str, str] = dict(found.get("severity", {}))
    options: dict[str, dict[str, Any]] = {}
    for rule, settings in entry.mapping():
        options[rule] = {}
        for name, setting in settings.mapping():
            if name != "severity":
                options[rule][name] = setting.value
            elif rule in severity:
                raise setting.error(f"the severity of {rule} is given twice")
            else:
                severity[rule] = _severity(setting)
    found.update(severity=severity, options=options)


def _overrides(entry: Entry) -> tuple[Override, ...]:
    return tuple(_override(item) for item in entry.items())


def _override(entry: Entry) -> Override:
    found: dict[str, Any] = {}
    for key, value in entry.mapping():
        reader = OVERRIDE_KEYS.get(key)
        if reader is None:
            raise value.error(unknown("key of an override", key, OVERRIDE_KEYS))
        found[key] = reader(value)
    override = Override(**found)
    complaint = incomplete(override)
    if complaint:
        raise entry.error(complaint)
    return override


def incomplete(override: Override) -> str:
    """Return what an override lacks, or ""."""
    given = override._asdict()
    if not any(given[name] for name in MATCHERS):
        return f"an override needs one of {', '.join(MATCHERS)}"
    if not any(given[name] for name in EFFECTS):
        return f"an override needs one of {', '.join(EFFECTS)}"
    if override.rules and not override.reason.strip():
        return "an override that suppresses rules needs a reason"
    return ""


Reader = Callable[[Entry], Any]

KEYS: dict[str, Reader] = {
    "select": _words,
    "ignore": _words,
    "profile": _word,
    "kubernetes-version": _word,
    "pss": _word,
    "rules": _options_by_rule,
    "severity": _severities,
    "fail-on": _word,
    "exclude": _patterns,
    "context": _words,
    "sets": _patterns,
    "namespace": _word,
    "external": _words,
    "pod-templates": _words_by_name,
    "overrides": _overrides,
    "require-reason": _flag,
    "no-suppress": _words,
    "docs": _word,
    "max-bytes": _number,
    "max-documents": _number,
}
"""The keys of a configuration file."""

OVERRIDE_KEYS: dict[str, Reader] = {
    **dict.fromkeys(MATCHERS, _words),
    "paths": _patterns,
    "rules": _words,
    "reason": _word,
    "select": _words,
    "severity": _severities,
    "options": _options_by_rule,
}
"""The keys of one entry of `overrides`."""
