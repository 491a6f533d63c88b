"""Colours and progress: on terminals only."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest

from kubelint_py import cli
from tests.cli.test_check import POD
from tests.conftest import ROOT

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")


def on_terminal(folder: Path, *arguments: str, **environment: str) -> str:
    """Return what the command line shows on a terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        settings = {"PYTHONPATH": str(ROOT), "TERM": "xterm", **environment}
        kept = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR"}}
        os.execvpe(sys.executable, [sys.executable, "-m", "kubelint_py", *arguments], {**kept, **settings})  # noqa: S606
    shown = b""
    try:
        while part := os.read(terminal, 65_536):
            shown += part
    except OSError:
        pass  # Linux says so that the other end is closed.
    os.waitpid(child, 0)
    os.close(terminal)
    return shown.decode()


@pytest.mark.parametrize(
    ("format_name", "environment", "coloured"),
    [
        ("human", {}, True),
        ("concise", {}, True),
        ("human", {"NO_COLOR": "1"}, False),
        ("human", {"TERM": "dumb"}, False),
        ("json", {}, False),
    ],
)
def test_colours(tmp_path: Path, format_name: str, environment: dict[str, str], coloured: bool) -> None:
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    shown = on_terminal(tmp_path, "check", "--select", "host-pid", "--format", format_name, **environment)
    assert "host-pid" in shown
    assert ("\x1b[" in shown) is coloured


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_shows_after_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter([0.0, 0.5, 1.5, 1.6])
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(cli.time, "monotonic", lambda: next(seconds))
    with cli._progress() as progress:
        assert progress is not None
        progress(1, 4)
        assert stderr.getvalue() == ""
        progress(2, 4)
    assert "linting" in stderr.getvalue()


def test_an_interrupted_bar_gives_the_cursor_back(monkeypatch: pytest.MonkeyPatch) -> None:
    stderr = Terminal()
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(cli.time, "monotonic", iter([0.0, 2.0]).__next__)

    def interrupted() -> None:
        with cli._progress() as progress:
            assert progress is not None
            progress(1, 4)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert stderr.getvalue().rstrip().endswith("\x1b[?25h")


def test_no_progress_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    with cli._progress() as progress:
        assert progress is None
