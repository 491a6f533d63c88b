"""Objects of files, for whatever asks about them without linting them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from kubelint_py.config import Config
from kubelint_py.engine_plan import reading_plan
from kubelint_py.finding import Input
from kubelint_py.inputs.files import discover
from kubelint_py.model.resource import Resource
from kubelint_py.model.workload import Workload, workloads
from kubelint_py.parallel import without_collector
from kubelint_py.pipeline import lint_file
from kubelint_py.scope import Scope


class Loaded(NamedTuple):
    """The objects of some files and those of them that have pods, in the order of the files; what became of each file.

    Which custom resources have pods, and where, is what the configuration of their file says.
    """

    resources: list[Resource]
    workloads: list[Workload]
    inputs: list[Input]


def load(paths: Iterable[str | Path], config: Config | None = None, *, stdin_name: str = "<stdin>") -> Loaded:
    """Read files, directories, globs or `-` and return their objects; Kustomize patches are none.

    Without `config` each file has the configuration found upward from it, which may exclude it. Raises
    `ConfigError` on a wrong one. An input that cannot be read is a failed input, not an error.
    """
    scope = Scope(config, {})
    loaded = Loaded([], [], [])
    candidates = discover([str(path) for path in paths], excluded=scope.excludes, stdin_name=stdin_name)
    with without_collector():
        for task in scope.tasks(candidates, report=False):
            plan = reading_plan(scope.config_of(task))
            result = lint_file(task, plan)
            loaded.resources.extend(result.kept)
            loaded.workloads.extend(each for kept in result.kept for each in workloads(kept, plan.places))
            loaded.inputs.append(result.input)
    return loaded


def load_resources(paths: Iterable[str | Path], config: Config | None = None) -> list[Resource]:
    """Return the objects of files, directories and globs, of all kinds, as `load` reads them."""
    return load(paths, config).resources
