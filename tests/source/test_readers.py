"""Which reader reads what, and that both tell the same."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from kubelint_py.errors import InputLimitError
from kubelint_py.source import parse_exact, parse_yaml
from kubelint_py.source.document import Document
from kubelint_py.source.parse import parse, read_documents
from kubelint_py.source.text import Source
from tests.conftest import ROOT, shared
from tests.source.conftest import key_at, value_at
from tests.source.test_agreement import GENERATED, rows
from tests.source.walk import paths

libyaml = pytest.mark.skipif(not parse_yaml.c_binding, reason="PyYAML has no C binding here")


def told(document: Document) -> list[object]:
    """Return all that a reader tells of a document but how it words a refusal."""
    places = [(path, value_at(document, path), key_at(document, path)) for path in paths(document.data)]
    return [
        document.error is None,
        document.data,
        document.duplicate_keys,
        document.header,
        places,
        document.duplicates(),
    ]


@libyaml
def test_both_readers_tell_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [row["yaml"] for row in rows(GENERATED)]
    fast = [[told(document) for document in parse(text)] for text in texts]
    monkeypatch.setattr(parse_yaml, "c_binding", False)
    assert [[told(document) for document in parse(text)] for text in texts] == fast


@libyaml
def test_both_readers_tell_the_same_of_real_charts(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [path for path in sorted(shared("corpus").rglob("*.yaml")) if path.stat().st_size < 40_000][:40]
    texts = [path.read_text(encoding="utf-8") for path in files]
    fast = [[told(document) for document in parse(text)] for text in texts]
    monkeypatch.setattr(parse_yaml, "c_binding", False)
    assert [[told(document) for document in parse(text)] for text in texts] == fast


@libyaml
def test_real_charts_are_read_without_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the exact reader was asked")

    monkeypatch.setattr(parse_exact, "read_exact", refuse)
    for path in sorted(shared("corpus").rglob("*.yaml")):
        for document in read_documents(Source(path.name, path.read_text(encoding="utf-8"))):
            assert document.error is None, path
            assert not document.duplicate_keys or "<<" in document.text, path


@libyaml
def test_second_looks_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "---\n" + "a: [b:, c]\n" * 3
    assert parse(text)[0].error is None
    monkeypatch.setattr(parse_yaml.Budget.__init__, "__defaults__", (len(text),))
    twice = parse(text + text)
    assert twice[0].error is None
    assert twice[1].error is not None


@libyaml
def test_depth_is_a_limit_without_a_second_look(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parse_yaml.Budget.__init__, "__defaults__", (0,))
    error = parse("[" * 30_000)[0].error
    assert isinstance(error, InputLimitError)


def test_without_c_binding() -> None:
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from kubelint_py.source import parse\n"
        "print(parse.c_binding, [document.data for document in parse.parse('a: [b:, 0o7]\\n---\\n{}')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.strip() == "False [{'a': ['b:', 7]}, {}]"


def test_the_command_line_says_that_there_is_no_c_binding(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: b\n", encoding="utf-8")
    program = (
        "import sys; sys.modules['yaml._yaml'] = None\n"
        "from kubelint_py.__main__ import main\n"
        f"sys.argv[1:] = ['check', {str(tmp_path)!r}]; main()"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stderr.startswith("kubelint: PyYAML has no C binding here")


def test_only_the_readers_import_a_yaml_library() -> None:
    for path in sorted((ROOT / "kubelint_py").rglob("*.py")):
        if path.parent.name == "source" and path.name.startswith("parse"):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not [name for name in names if name.split(".")[0] in ("yaml", "ruamel")], path


@libyaml
@pytest.mark.parametrize("gap", [1, 2, 7, 61])
@pytest.mark.parametrize("indicators", ["-", "?", "-?", "-----?"])
def test_deep_nesting_never_reaches_the_recursing_composer(gap: int, indicators: str) -> None:
    from kubelint_py.source.parse_libyaml import _may_nest_deeply  # noqa: PLC0415  needs the C binding

    for lead in range(0, 96, 5):
        run = "".join(indicators[level % len(indicators)] + " " * gap for level in range(700))
        assert _may_nest_deeply("x" * lead + ": y\n" + run + "z\nk: v\n")
    assert _may_nest_deeply("[ " * 1200)
    assert not _may_nest_deeply("a: [b, {c: d}]\n" * 200 + "e: |\n" + '  {"a": [0]},\n' * 200)
