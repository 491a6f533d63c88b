"""Where test data lies."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("KUBELINT_SHARED", ROOT.parent / "shared"))


def shared(*parts: str) -> Path:
    """Return a path of the optional shared test data; skip the test, saying so, where it is absent."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"shared test data {'/'.join(parts)} is not present")
    return path


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that redraws the expected findings of rule tests."""
    parser.addoption("--accept", action="store_true", help="redraw the carets in tests/rules")
