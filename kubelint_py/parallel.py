"""Lints many inputs, in several processes where their size pays for it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from kubelint_py.config import Config
from kubelint_py.engine import make_plan
from kubelint_py.pipeline import FileResult, Task, lint_file
from kubelint_py.registry import load

PAYS_FROM = 2_000_000
"""Bytes of input from which a second process is worth starting."""
_CHUNK = 500_000
_PER_INPUT = 20_000
"""Reading and checking an input costs as much as so many bytes more."""

Progress = Callable[[int, int], None]
ConfigOf = Callable[[Task], Config]
Numbered = tuple[int, Task, Config]


def lint_all(
    tasks: Sequence[Task], config_of: ConfigOf, *, jobs: int, progress: Progress | None = None
) -> list[FileResult]:
    """Return the result of each task, in the order of the tasks."""
    numbered = [(number, task, config_of(task)) for number, task in enumerate(tasks)]
    size = sum(task.candidate.size for task in tasks)
    pays = jobs > 1 and len(tasks) > 1 and size >= PAYS_FROM
    done = _in_processes(numbered, jobs) if pays else _lint_each(numbered)
    results: dict[int, FileResult] = {}
    for number, result in done:
        results[number] = result
        if progress:
            progress(len(results), len(tasks))
    return [results[number] for number in range(len(tasks))]


def _lint_each(numbered: Sequence[Numbered]) -> Iterator[tuple[int, FileResult]]:
    with without_collector():
        for number, task, config in numbered:
            yield number, lint_file(task, make_plan(config, load()))


@contextmanager
def without_collector() -> Iterator[None]:
    """Switch the cyclic collector off: it would walk every node of every tree again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _in_processes(numbered: Sequence[Numbered], jobs: int) -> Iterator[tuple[int, FileResult]]:
    # Importing the machinery of processes costs more than linting a small file.
    from concurrent.futures import ProcessPoolExecutor, as_completed  # noqa: PLC0415

    with ProcessPoolExecutor(jobs) as pool:
        chunks = {pool.submit(_lint_chunk, chunk): chunk for chunk in _chunks(numbered)}
        for future in as_completed(chunks):
            try:
                done = future.result()
            except RecursionError:
                # Objects nested too deeply cannot be handed from one process to another.
                done = _lint_chunk(chunks[future])
            yield from done


def _lint_chunk(chunk: Sequence[Numbered]) -> list[tuple[int, FileResult]]:
    return list(_lint_each(chunk))


def _chunks(numbered: Sequence[Numbered]) -> list[list[Numbered]]:
    """Split the work, the largest inputs first, so that no process is left alone with a long rest."""
    chunks: list[list[Numbered]] = []
    size = _CHUNK
    for each in sorted(numbered, key=lambda each: -each[1].candidate.size):
        if size >= _CHUNK:
            chunks.append([])
            size = 0
        chunks[-1].append(each)
        size += each[1].candidate.size + _PER_INPUT
    return chunks
