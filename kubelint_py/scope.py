"""Which configuration, context and set each input of a run belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kubelint_py.config import Config, Configurations
from kubelint_py.engine import make_plan
from kubelint_py.errors import InputError
from kubelint_py.finding import Finding
from kubelint_py.inputs.classify import FileRoles
from kubelint_py.inputs.files import Candidate, discover, read
from kubelint_py.inputs.kustomize import absolute, kustomization_files, kustomize_patches
from kubelint_py.inputs.tracked import tracked_manifests
from kubelint_py.pipeline import FileResult, Task, check_set, unused
from kubelint_py.registry import load
from kubelint_py.source.parse import parse
from kubelint_py.source.text import Source, decode


class Scope:
    """The configurations of a run. `given` replaces what is found upward from each file."""

    def __init__(self, given: Config | None, overrides: Mapping[str, Any]) -> None:
        self._given = given.merged(**overrides) if given else None
        self._overrides = overrides
        self._found = Configurations()
        self._merged: dict[Config, Config] = {}
        self._here: Config | None = None
        self.notes: list[str] = []
        """What users must know of the run as a whole."""

    @property
    def here(self) -> Config:
        """The configuration of the working directory, which decides for the run as a whole."""
        if self._here is None:
            self._here = self.of(Path())
        return self._here

    def fail_on(self, file: str) -> str:
        """Return the weakest severity that fails the run when it is found in this file."""
        return self._config_at(Candidate(None, file).place).fail_on

    @property
    def configurations(self) -> set[Config]:
        """Every configuration that was used."""
        return set(self._merged.values()) if self._given is None else {self._given}

    def of(self, path: Path) -> Config:
        """Return the configuration for a file or directory."""
        if self._given is not None:
            return self._given
        found = self._found.of(path)
        config = self._merged.get(found)
        if config is None:
            config = self._merged[found] = found.merged(**self._overrides)
        return config

    def config_of(self, task: Task) -> Config:
        """Return the configuration for an input; standard input has that of the name it was given."""
        return self._config_at(task.candidate.place)

    def _config_at(self, place: Path | None) -> Config:
        return self.here if place is None else self.of(place)

    def validate(self, paths: Iterable[str]) -> None:
        """Raise `ConfigError` on a configuration that means nothing, even where nothing is found to lint."""
        for config in {self.here if path == "-" else self.of(Path(path)) for path in paths}:
            config.validate(load())

    def excludes(self, path: Path) -> bool:
        """Whether the configuration leaves a file out."""
        return self.of(path).excluded(path)

    def tasks(
        self, candidates: Iterable[Candidate], *, report: bool = True, stdin: bytes | None = None
    ) -> Iterator[Task]:
        """Yield what to do with each candidate: files whose role tells that they are no manifest are skipped."""
        candidates = list(candidates)
        partial = _kustomize_patches([each.place for each in candidates if each.place is not None])
        roles = FileRoles()
        for candidate in candidates:
            place = candidate.place
            reason = None if candidate.problem or place is None else roles.reason(place)
            known = candidate._replace(problem=("skipped", reason)) if reason else candidate
            raw = None
            if known.path is None and known.problem is None:
                limit = self._config_at(place).max_bytes
                known, raw = (known, stdin) if stdin is not None else _read_stdin(known, limit)
            yield Task(known, place is not None and absolute(place) in partial, report, raw)

    def context(self, candidates: Sequence[Candidate], globs: Sequence[str]) -> Iterator[Task]:
        """Yield the files that references of the candidates may lead to.

        Given globs, else those of the configuration; else, where only files were named and one lies below
        the configuration's root, the manifests that git tracks there.
        """
        own = {absolute(each.place) for each in candidates if each.place}
        configs = dict.fromkeys(self._config_at(each.place) for each in candidates)
        named = bool(own) and all(each.explicit for each in candidates)
        paths = list(globs) or [path for config in configs for path in _context_of(config, own if named else ())]
        found = discover(list(dict.fromkeys(paths)), excluded=self.excludes)
        told = {Path(path).as_posix() for path in globs}
        self.notes += [
            f"--context {each.name}: {each.problem[1]}" for each in found if each.problem and each.name in told
        ]
        fresh = [each for each in found if each.path and not each.problem and absolute(each.path) not in own]
        yield from self.tasks(fresh, report=False)

    def in_sets(self, tasks: Sequence[Task], per: str) -> list[Task]:
        """Mark the inputs that are a set of their own."""
        places = [self._set_of(task, per) for task in tasks]
        sizes = Counter(places)
        return [
            task._replace(alone=task.report and sizes[place] == 1) for task, place in zip(tasks, places, strict=True)
        ]

    def check_sets(self, tasks: Sequence[Task], results: Sequence[FileResult], per: str) -> Iterator[Finding]:
        """Yield what the rules about several objects find in each set of several inputs."""
        sets: dict[str, list[int]] = {}
        for number, task in enumerate(tasks):
            if not task.alone:
                sets.setdefault(self._set_of(task, per), []).append(number)
        for numbers in sets.values():
            yield from self._check_set([tasks[n] for n in numbers], [results[n] for n in numbers])

    def _set_of(self, task: Task, per: str) -> str:
        path = task.candidate.place
        if path is None:
            return ""
        if per:
            return str(absolute(path if per == "file" else path.parent))
        return self.config_of(task).set_of(path)

    def _check_set(self, tasks: Sequence[Task], results: Sequence[FileResult]) -> Iterator[Finding]:
        configs = {task.candidate.name: self.config_of(task) for task in tasks if task.report}
        source_of = self.sources(tasks)
        for config in dict.fromkeys(configs.values()):

            def reported(file: str, config: Config = config) -> bool:
                return configs.get(file) == config

            plan = make_plan(config, load())
            yield from check_set(results, plan, reported, source_of)
            yield from unused([each for each in results if reported(each.input.file)], plan)

    def sources(self, tasks: Iterable[Task]) -> Callable[[str], Source | None]:
        """Return a function from the name of an input to its text, or None when it has gone."""
        by_name = {task.candidate.name: task for task in tasks}
        known: dict[str, Source | None] = {}

        def source_of(file: str) -> Source | None:
            if file not in known:
                task = by_name.get(file)
                known[file] = _source(task, self.config_of(task).max_bytes) if task else None
            return known[file]

        return source_of


def _context_of(config: Config, named: Collection[Path]) -> list[str]:
    """Return the globs of a configuration, else what git tracks below its root if one of the named files lies there."""
    root = Path(config.root or "")
    if config.context:
        return [str(root / glob) for glob in config.context]
    below = any(absolute(root) in path.parents for path in named)
    return [str(path) for path in tracked_manifests(root)] if below else []


def _read_stdin(candidate: Candidate, limit: int) -> tuple[Candidate, bytes | None]:
    try:
        return candidate, read(candidate, limit)
    except InputError as error:
        return candidate._replace(problem=("failed", str(error))), None


def _source(task: Task, limit: int) -> Source | None:
    try:
        return Source(task.candidate.name, decode(task.content(limit)))
    except InputError:
        return None


def _kustomize_patches(paths: Sequence[Path]) -> set[Path]:
    found: set[Path] = set()
    for file in kustomization_files(paths):
        try:
            documents = parse(decode(read(Candidate(file, str(file)))), name=str(file))
        except InputError:
            continue
        for document in documents:
            found |= kustomize_patches(document.data, file.parent)
    return found
