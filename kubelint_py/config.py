"""The configuration: which rules run, with which options, on which files and objects.

Source of the meaning of every key: docs/configuration.md.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any, NamedTuple

from kubelint_py.config_check import check_names, check_values
from kubelint_py.config_file import ConfigFile, in_directory, nearest, read
from kubelint_py.config_options import converted
from kubelint_py.config_override import Override, Place, namespace_of
from kubelint_py.config_paths import first_reach, matches, relative, split
from kubelint_py.config_pss import Policy, judges, policy_of, runs_beside
from kubelint_py.config_read import fields
from kubelint_py.config_select import UNSTOPPABLE, enables, of_rule, of_selectors, selects
from kubelint_py.errors import ConfigError
from kubelint_py.finding import Finding, ObjectReference, Suppressed
from kubelint_py.model.versions import Version
from kubelint_py.model.versions import parse as parse_version
from kubelint_py.registry import Registry
from kubelint_py.rule import Rule
from kubelint_py.source.document import Path
from kubelint_py.source.parse import Limits

COMMAND_LINE = "command line"
_ORIGINS = frozenset({"root", "file", "given", "written"})
_NONE: Mapping[str, Any] = {}

FilePath = str | os.PathLike[str]


class Config(NamedTuple):
    """A configuration. Every field has a default; construct it with keywords.

    `select`, `ignore`: rule ids, aliases, categories, tags. `options`: by rule, by option.
    `severity`: by rule, category or tag. `exclude`, `sets`: `.gitignore` patterns below `root`.
    `context`: globs below `root`. `external`: `Kind/name` globs of objects that exist elsewhere.
    `pod_templates`: by `group/Kind`, paths to the pod templates of objects.
    `docs`: what documentation links start with. `root`: directory of the configuration file, `file`
    its path. `given`: where a field was set, the key as written in the file or "command line".
    """

    select: Sequence[str] = ()
    ignore: Sequence[str] = ()
    profile: str = "default"
    kubernetes_version: str = "latest"
    pss: str = ""
    options: Mapping[str, Mapping[str, Any]] = _NONE
    severity: Mapping[str, str] = _NONE
    fail_on: str = "medium"
    exclude: Sequence[str] = ()
    context: Sequence[str] = ()
    sets: Sequence[str] = ()
    namespace: str = "default"
    external: Sequence[str] = ()
    pod_templates: Mapping[str, Sequence[str]] = _NONE
    overrides: Sequence[Override] = ()
    require_reason: bool = False
    no_suppress: Sequence[str] = ()
    docs: str = "docs/"
    max_bytes: int = 50_000_000
    max_documents: int = 100_000
    root: FilePath | None = None
    file: str = ""
    given: Mapping[str, str] = _NONE
    written: ConfigFile | None = None

    def __hash__(self) -> int:
        return hash((self.file, self.profile, self.kubernetes_version, self.pss, *self.select, *self.ignore))

    @classmethod
    def load(cls, start: FilePath) -> Config:
        """Return the configuration for a file or directory: the file nearest upward, else the defaults.

        Looks for `.kubelint.yaml`, `.kubelint.yml` and a `pyproject.toml` with `[tool.kubelint]` in
        each directory up to the root of the file system. Raises `ConfigError` on a wrong one.
        """
        found = nearest(start)
        return cls.read_from(*found) if found else cls()

    @classmethod
    def from_file(cls, path: FilePath) -> Config:
        """Return the configuration in this file. Raises `ConfigError` when it is missing or wrong."""
        name = os.path.abspath(path)  # noqa: PTH100  pathlib is not needed otherwise
        if not os.path.lexists(name):
            raise ConfigError("there is no such file", file=os.fspath(path), line=1)
        found = read(name)
        return cls.read_from(*found) if found else cls(root=os.path.dirname(name), file=name)  # noqa: PTH120

    @classmethod
    def read_from(cls, file: ConfigFile, settings: dict[str, Any]) -> Config:
        """Return the configuration these settings of a file say. Raises `ConfigError` on a wrong one."""
        config = cls(**fields(file, settings), root=file.root, file=file.name, written=file)
        check_values(config._asdict(), config.error)
        return config

    def error(self, message: str, path: Path = (), hint: str = "") -> ConfigError:
        """Return the error for the setting at `path`, which starts with the name of a field."""
        written = self.given.get(str(path[0]), "") if path else ""
        if self.written is None or written in {"", COMMAND_LINE}:
            return ConfigError(message)
        return self.written.error(message, (written, *path[1:]), hint)

    def validate(self, registry: Registry) -> None:
        """Raise `ConfigError` on a value that means nothing: an unknown rule, option, word or version."""
        check_values(self._asdict(), self.error)
        check_names(self._asdict(), registry, self.error)

    def merged(self, **given: Any) -> Config:
        """Return the configuration with what the command line says; empty values and None say nothing.

        `select` replaces what the file selects, and drops those names from what it ignores;
        `ignore` adds to it; a profile alone replaces what the file selects. All else is replaced.
        Raises TypeError on an unknown field.
        """
        said = {name: value for name, value in given.items() if value is not None and value not in ("", (), [])}
        changes = dict(said)
        kept = [name for name in self.ignore if name not in said.get("select", ())]
        changes["ignore"] = (*kept, *said.get("ignore", ()))
        if "select" in said:
            changes["overrides"] = tuple(override._replace(select=()) for override in self.overrides)
        elif "profile" in said:
            changes["select"] = ()
        try:
            return self._replace(**changes, given={**self.given, **dict.fromkeys(said, COMMAND_LINE)})
        except ValueError as error:
            raise TypeError(str(error)) from None

    @property
    def kubernetes(self) -> Version:
        """The Kubernetes version manifests are for. Raises ValueError on one that is none."""
        return parse_version(self.kubernetes_version)

    @property
    def policy(self) -> Policy | None:
        """The Pod Security Standards that decide alone, if any do. Raises ValueError on a version that is none."""
        return policy_of(self.pss, self.kubernetes)

    @property
    def limits(self) -> Limits:
        """Beyond these a text is refused."""
        return Limits(self.max_bytes, self.max_documents)

    @property
    def shows_implied(self) -> bool:
        """Whether findings are shown that a stronger one at the same place already says."""
        return self.profile == "strict" or bool(self.pss)

    def enables(self, rule: Rule) -> bool:
        """Whether a rule runs everywhere: selected and not ignored. Under `pss` all controls are, and little else."""
        if self.pss and not runs_beside(rule):
            return judges(rule, self.select, self.ignore)
        return enables(rule, select=self.select, ignore=self.ignore, profile=self.profile)

    def enabled_rules(self, registry: Registry) -> tuple[Rule, ...]:
        """Return the rules to run, in the order of the registry.

        Those that only an override switches on are among them; `adjusted` drops their findings
        elsewhere. Raises `ConfigError` as `validate` does.
        """
        self.validate(registry)
        somewhere = [] if self.pss else [name for override in self.overrides for name in override.select]
        return tuple(
            rule
            for rule in registry.rules.values()
            if self.enables(rule) or (selects(somewhere, rule) and not selects(self.ignore, rule))
        )

    def options_for(self, rule: Rule, overrides: Iterable[Override] = ()) -> dict[str, Any]:
        """Return the options of a rule, defaults included, in the types of the defaults.

        `overrides` are those that match the object; later ones win. Raises `ConfigError` on a wrong
        type.
        """
        options = dict(rule.options)
        for source in (self.options, *(override.options for override in overrides)):
            for name, value in (of_rule(source, rule) or {}).items():
                options[name] = converted(value, rule.options.get(name))
        return options

    def varies(self, rule: Rule) -> bool:
        """Whether some override changes the options of a rule, so that they differ from object to object."""
        return any(of_rule(override.options, rule) for override in self.overrides)

    def severity_for(self, rule: Rule, overrides: Iterable[Override] = ()) -> str:
        """Return the severity that replaces the rule's own, or "". `overrides` are those that match."""
        severity = of_selectors(self.severity, rule) or ""
        for override in overrides:
            severity = of_selectors(override.severity, rule) or severity
        return severity

    def matching(
        self, file: FilePath, reference: ObjectReference | None, source: str = "", container: str = ""
    ) -> tuple[Override, ...]:
        """Return the overrides that hold for an object or a finding.

        `source` is the Helm template the document came from. The result does not depend on the
        working directory, but for a relative `file`, which is below it.
        """
        if not self.overrides:
            return ()
        namespace = namespace_of(reference, self.namespace)
        place = Place(relative(file, self.root), source, reference, namespace, container)
        return tuple(override for override in self.overrides if override.covers(place))

    def adjusted(self, finding: Finding, rule: Rule) -> Finding | None:
        """Return a finding with its configured severity and suppression; None where its rule is off."""
        if rule.id == UNSTOPPABLE:
            return finding
        matching = self.matching(finding.file, finding.object, finding.source, finding.container)
        if not self.enables(rule) and not any(selects(override.select, rule) for override in matching):
            return None
        severity = self.severity_for(rule, matching)
        if severity:
            finding = finding._replace(severity=severity)
        reason = next((override.reason for override in matching if selects(override.rules, rule)), "")
        return finding._replace(suppressed=Suppressed("configuration", reason)) if reason else finding

    def excluded(self, path: FilePath) -> bool:
        """Whether a file is left out, named explicitly or not. Files outside `root` never are."""
        if not self.exclude:
            return False
        below = relative(path, self.root)
        return bool(below) and matches(self.exclude, below or ())

    def excludes_source(self, source: str) -> bool:
        """Whether documents from this Helm template are left out."""
        return bool(self.exclude and source) and matches(self.exclude, split(source))

    def set_of(self, path: FilePath) -> str:
        """Return the name of the set a file belongs to; "" for files in none of `sets`.

        That is the shortest path below `root` that leads to the file and that a pattern matches, so
        that `charts/*` makes each chart a set of its own.
        """
        below = relative(path, self.root) if self.sets else None
        return first_reach(self.sets, below) if below else ""

    def is_external(self, kind: str, name: str) -> bool:
        """Whether an object is known to exist outside of the manifests."""
        return any(fnmatchcase(f"{kind}/{name}", glob) for glob in self.external)

    def to_dict(self) -> dict[str, Any]:
        """Return the settings as plain data, under the keys of a configuration file."""
        values = self._asdict()
        values["rules"] = values.pop("options")
        return {name.replace("_", "-"): _plain(value) for name, value in values.items() if name not in _ORIGINS}

    def describe(self) -> dict[str, Any]:
        """Return `file`, and `settings`: the value and the origin of each key, as plain data."""
        settings = {
            key: {"value": value, "origin": self._origin(key.replace("-", "_"))}
            for key, value in self.to_dict().items()
        }
        return {"file": self.file, "settings": settings}

    def _origin(self, field: str) -> str:
        written = self.given.get(field, "")
        if not written or written == COMMAND_LINE or self.written is None:
            return written or "default"
        return f"{self.file}:{self.written.line((written,))}"


class Configurations:
    """The configuration of each file, found upward from it; each configuration file is read once."""

    def __init__(self) -> None:
        self._by_directory: dict[str, Config] = {}

    def of(self, path: FilePath) -> Config:
        """Return the configuration for a file or directory. Raises `ConfigError` as `Config.load` does."""
        name = os.path.abspath(path)  # noqa: PTH100
        directory = name if os.path.isdir(name) else os.path.dirname(name)  # noqa: PTH112, PTH120
        config = self._by_directory.get(directory)
        if config is None:
            config = self._by_directory[directory] = self._find(directory)
        return config

    def _find(self, directory: str) -> Config:
        found = in_directory(directory)
        if found is not None:
            return Config.read_from(*found)
        above = os.path.dirname(directory)  # noqa: PTH120
        return Config() if above == directory else self.of(above)


def _plain(value: Any) -> Any:
    if isinstance(value, Override):
        return {name: _plain(each) for name, each in value._asdict().items() if each}
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(each) for each in value]
    return value
