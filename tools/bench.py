"""Measure the speed targets as ratios: `python -m tools.bench [CORPUS] [--rounds N]`.

The floor of a folder is composing the same bytes with PyYAML's C binding in one process, without a
resolver and without the cyclic collector. Commands are measured in turn (A B A B), as whole
processes; medians are printed. The peak is the resident memory of the largest process. The set of roles and
bindings is that of `tools.rbac_set`; its target is one of seconds, and twice of it is compared with it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tools.rbac_set import rbac_set, text

ROOT = Path(__file__).resolve().parent.parent
DEFAULT_CORPUS = Path(os.environ.get("KUBELINT_SHARED", ROOT.parent / "shared")) / "corpus"

FLOOR = """
import gc, sys, pathlib
gc.disable()
from yaml._yaml import CParser
class Parser(CParser):
    def resolve(self, kind, value, implicit): return None
    def descend_resolver(self, node, index): pass
    def ascend_resolver(self): pass
for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.yaml")):
    parser = Parser(path.read_text(encoding="utf-8"))
    while parser.check_node():
        parser.get_node()
"""

SMALL = """apiVersion: v1
kind: Pod
metadata:
  name: web
  namespace: shop
spec:
  containers:
    - name: web
      image: registry.example/web:1.4.2
"""


CORE = (
    "privileged-container,host-pid,host-ipc,host-network,host-path-volume,run-as-root-allowed,run-as-root-user,"
    "privilege-escalation-allowed,capabilities-not-dropped,writable-root-filesystem,seccomp-profile-missing,"
    "container-runtime-socket,service-account-token-automount,rbac-cluster-admin-binding,rbac-wildcard-verb,"
    "rbac-wildcard-resource,rbac-read-secrets,rbac-masters-group-subject,rbac-anonymous-subject,"
    "workload-without-network-policy,namespace-without-default-deny,dangling-network-policy,"
    "image-tag-missing-or-latest,image-deprecated-registry,literal-secret-in-env-var,secret-in-config-map,"
    "native-secret-in-repo,readiness-probe-missing,dangling-service"
)
"""The rules that the first budget was made for: some from each area, all on by default."""


class Measured(NamedTuple):
    """One run: wall seconds, and peak resident memory of its largest process in MB."""

    seconds: float
    megabytes: float


class Row(NamedTuple):
    """A comparison: what is measured, against what, and the target: a ratio, or seconds."""

    title: str
    command: list[str]
    against: list[str]
    target: float
    unit: str = ""


def run_once(command: list[str], bytecode: str) -> Measured:
    """Run a command as a whole process with its output thrown away.

    Byte code is kept in the folder `bytecode`, as an installed package has it beside its modules.
    """
    sink = os.open(os.devnull, os.O_WRONLY)
    started = time.perf_counter()
    actions = [(os.POSIX_SPAWN_DUP2, sink, 1), (os.POSIX_SPAWN_DUP2, sink, 2)]
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": bytecode, "PYTHONDONTWRITEBYTECODE": ""}
    pid = os.posix_spawn(command[0], command, environment, file_actions=actions)
    _, _, usage = os.wait4(pid, 0)
    os.close(sink)
    return Measured(time.perf_counter() - started, usage.ru_maxrss / 1024)


def compare(row: Row, rounds: int, bytecode: str) -> tuple[float, float, float]:
    """Return the median ratio, the median seconds and the peak memory of a row."""
    run_once(row.command, bytecode)
    run_once(row.against, bytecode)
    pairs = [(run_once(row.command, bytecode), run_once(row.against, bytecode)) for _ in range(rounds)]
    ratio = statistics.median(mine.seconds / theirs.seconds for mine, theirs in pairs)
    seconds = statistics.median(mine.seconds for mine, _ in pairs)
    return ratio, seconds, max(mine.megabytes for mine, _ in pairs)


def rows(corpus: Path, folder: Path) -> list[Row]:
    """Return the comparisons of docs/performance.md; what they read is written into a folder."""
    small = folder / "pod.yaml"
    small.write_text(SMALL, encoding="utf-8")
    python = sys.executable
    kubelint = [python, "-m", "kubelint_py"]
    check = [*kubelint, "check", "--exit-zero", "--no-cache", "--format", "concise"]
    floor, nothing = [python, "-c", FLOOR, str(corpus)], [python, "-c", "pass"]
    found = [
        Row("one small file", [*check, str(small)], nothing, 10),
        Row("--version", [*kubelint, "--version"], nothing, 4),
    ]
    if corpus.is_dir():
        found = [*_corpus([*check, "--set-per", "file", str(corpus)], floor), *found]
    return [*found, *_paths([*check, "--select", "rbac-escalation-path"], folder)]


def _corpus(check: list[str], floor: list[str]) -> Iterator[Row]:
    """Yield the comparisons of a folder of charts."""
    core = [*check, "--select", CORE]
    yield Row("corpus, all default rules, one job", [*check, "--jobs", "1"], floor, 2.0)
    yield Row("corpus, all default rules, two jobs", [*check, "--jobs", "2"], floor, 1.15)
    yield Row(f"corpus, {len(CORE.split(','))} rules, one job", [*core, "--jobs", "1"], floor, 1.8)
    yield Row(f"corpus, {len(CORE.split(','))} rules, two jobs", [*core, "--jobs", "2"], floor, 1.1)


def _paths(check: list[str], folder: Path) -> Iterator[Row]:
    """Yield the comparisons of a large set of roles and bindings, and of twice that set."""
    sizes = {"once": (2_000, 5_000), "twice": (4_000, 10_000)}
    for name, size in sizes.items():
        (folder / name).mkdir()
        (folder / name / "set.yaml").write_text(text(rbac_set(*size)), encoding="utf-8")
    once, twice = ([*check, str(folder / name)] for name in sizes)
    floor = [sys.executable, "-c", FLOOR, str(folder / "once")]
    yield Row("escalation paths, 2,000 roles and 5,000 bindings", once, floor, 5, "s")
    yield Row("escalation paths, twice that set", twice, once, 2.2)


def main() -> int:
    """Print the table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("corpus", nargs="?", type=Path, default=DEFAULT_CORPUS)
    arguments.add_argument("--rounds", type=int, default=7)
    chosen = arguments.parse_args()
    if not chosen.corpus.is_dir():
        print(f"no folder {chosen.corpus}: the corpus rows are left out", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        print("| what | ratio | target | seconds | peak MB |\n|---|---|---|---|---|")
        for row in rows(chosen.corpus, Path(folder)):
            ratio, seconds, peak = compare(row, chosen.rounds, folder)
            target = f"<= {row.target} {row.unit}".rstrip()
            print(f"| {row.title} | {ratio:.2f} | {target} | {seconds:.3f} | {peak:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
