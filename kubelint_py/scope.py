"""Which configuration, context and set each input of a run belongs to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from kubelint_py.config import Config, Configurations
from kubelint_py.engine import make_plan
from kubelint_py.errors import InputError
from kubelint_py.finding import Finding
from kubelint_py.inputs.classify import FileRoles
from kubelint_py.inputs.files import Candidate, discover, read
from kubelint_py.inputs.kustomize import kustomization_files, kustomize_patches
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

    @property
    def here(self) -> Config:
        """The configuration of the working directory, which decides for the run as a whole."""
        if self._here is None:
            self._here = self.of(Path())
        return self._here

    @property
    def fail_on(self) -> str:
        """The weakest severity that fails the run."""
        return self.here.fail_on

    @property
    def configurations(self) -> set[Config]:
        """Every configuration that was used."""
        return {*self._merged.values(), self.here}

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
        path = task.candidate.path
        return self.of(path if path is not None else Path(task.candidate.name)) if self._is_place(task) else self.here

    @staticmethod
    def _is_place(task: Task) -> bool:
        return task.candidate.path is not None or not task.candidate.name.startswith("<")

    def excludes(self, path: Path) -> bool:
        """Whether the configuration leaves a file out."""
        return self.of(path).excluded(path)

    def tasks(
        self, candidates: Iterable[Candidate], *, report: bool = True, stdin: bytes | None = None
    ) -> Iterator[Task]:
        """Yield what to do with each candidate: files whose role tells that they are no manifest are skipped."""
        candidates = list(candidates)
        paths = [each.path for each in candidates if each.path is not None]
        partial = _kustomize_patches(paths)
        roles = FileRoles()
        for candidate in candidates:
            path = candidate.path
            if path is None:
                known, raw = (candidate, stdin) if stdin is not None else _read_stdin(candidate, self.here.max_bytes)
                yield Task(known, report=report, raw=raw)
                continue
            reason = None if candidate.problem else roles.reason(path)
            known = candidate._replace(problem=("skipped", reason)) if reason else candidate
            yield Task(known, _absolute(path) in partial, report)

    def context(self, candidates: Sequence[Candidate], globs: Sequence[str]) -> Iterator[Task]:
        """Yield the files that references of the candidates may lead to.

        Given globs, else those of the configuration; else, where only files were named and one lies below
        the configuration's root, the manifests that git tracks there.
        """
        own = {_absolute(each.path) for each in candidates if each.path}
        root = Path(self.here.root or Path())
        patterns = [*globs, *_below(self.here)]
        if patterns:
            paths = patterns
        elif all(each.explicit for each in candidates) and any(_absolute(root) in path.parents for path in own):
            paths = [str(path) for path in tracked_manifests(root)]
        else:
            return
        found = discover(paths, excluded=self.excludes)
        fresh = [each for each in found if each.path and not each.problem and _absolute(each.path) not in own]
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
        path = task.candidate.path
        if path is None:
            return ""
        if per:
            return str(_absolute(path if per == "file" else path.parent))
        return self.config_of(task).set_of(path)

    def _check_set(self, tasks: Sequence[Task], results: Sequence[FileResult]) -> Iterator[Finding]:
        configs = {task.candidate.name: self.config_of(task) for task in tasks if task.report}
        source_of = sources(tasks, self.here.max_bytes)
        for config in dict.fromkeys(configs.values()):

            def reported(file: str, config: Config = config) -> bool:
                return configs.get(file) == config

            plan = make_plan(config, load())
            yield from check_set(results, plan, reported, source_of)
            yield from unused([each for each in results if reported(each.input.file)], plan)


def _below(config: Config) -> list[str]:
    root = Path(config.root or "")
    return [str(root / glob) for glob in config.context]


def _read_stdin(candidate: Candidate, limit: int) -> tuple[Candidate, bytes | None]:
    try:
        return candidate, read(candidate, limit)
    except InputError as error:
        return candidate._replace(problem=("failed", str(error))), None


def _absolute(path: Path) -> Path:
    return Path(path).absolute()


def sources(tasks: Iterable[Task], limit: int) -> Callable[[str], Source | None]:
    """Return a function from the name of an input to its text, or None when it has gone."""
    by_name = {task.candidate.name: task for task in tasks}
    known: dict[str, Source | None] = {}

    def source_of(file: str) -> Source | None:
        if file not in known:
            known[file] = _source(by_name.get(file), limit)
        return known[file]

    return source_of


def _source(task: Task | None, limit: int) -> Source | None:
    if task is None:
        return None
    try:
        raw = read(task.candidate, limit) if task.raw is None else task.raw
        return Source(task.candidate.name, decode(raw))
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
