"""Imports go one way only, late and TYPE_CHECKING imports included."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "kubelint_py"
LAYERS = (
    {"errors"},
    {"source", "data"},
    {"model"},
    {"finding"},
    {"rule", "fixes", "schemas"},
    {"authoring"},
    {"rules"},
    {"registry", "config", "suppress", "baseline"},
    {"engine"},
    {"inputs", "outputs"},
    {"pipeline"},
    {"parallel", "scope"},
    {"api"},
    {"cli", "images", "network", "pss", "quantity", "rbac"},
    {"__init__", "__main__"},
)
RANK = {name: rank for rank, names in enumerate(LAYERS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def module(path: Path) -> str:
    return ".".join(("kubelint_py", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


NAMES = {module(path) for path in MODULES}
ONLY_HOME = {"click": ("cli",), "yaml": ("source",), "ruamel": ("source",), "jsonschema": ("schemas",)}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "base", "manager"}


def unit(path: Path) -> str:
    """Return the layer name of a module: its folder, or for a top module its name up to the first `_`."""
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return first if first in RANK else first.split("_")[0]


@cache
def imports(path: Path) -> set[str]:
    """Return what a module imports: modules, and names of the package itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            home = node.module or ""
            names = {f"{home}.{alias.name}" for alias in node.names}
            found |= names if home == "kubelint_py" else {name if name in NAMES else home for name in names}
    return found


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_down(path: Path) -> None:
    own = RANK[unit(path)]
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "kubelint_py" and len(parts) > 1 and parts[1] != "__version__":
            target = parts[1] if parts[1] in RANK else parts[1].split("_")[0]
            same = target == unit(path) or RANK[target] == own
            assert RANK[target] < own or (same and own != RANK["rules"]) or is_private(name, path), f"{path} -> {name}"


def is_private(name: str, path: Path) -> bool:
    """Whether a rule imports a `_<concept>` module of its own folder."""
    parts = name.split(".")
    return parts[1] == "rules" and len(parts) > 3 and parts[2] == path.parent.name and parts[3].startswith("_")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_libraries_stay_in_their_layer(path: Path) -> None:
    for name in imports(path):
        home = ONLY_HOME.get(name.split(".")[0])
        assert home is None or unit(path) in home, f"{path} imports {name}"


def test_siblings_have_no_cycle() -> None:
    graph = {module(path): {name for name in imports(path) if name.startswith("kubelint_py.")} for path in MODULES}
    state: dict[str, int] = {}

    def visit(name: str) -> None:
        assert state.get(name) != 1, f"import cycle through {name}"
        if name in graph and name not in state:
            state[name] = 1
            for target in graph[name]:
                visit(target)
            state[name] = 2

    for name in graph:
        visit(name)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_names_and_sizes(path: Path) -> None:
    assert path.stem not in FORBIDDEN_NAMES
    assert "data" in path.parts or len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_rules_import_the_authoring_interface_only() -> None:
    for path in (PACKAGE / "rules").glob("*/[!_]*.py"):
        for name in imports(path):
            own = f"kubelint_py.rules.{path.parent.name}._"
            assert not name.startswith("kubelint_py") or name == "kubelint_py.authoring" or name.startswith(own), path
