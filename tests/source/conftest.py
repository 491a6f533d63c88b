"""Both readers, and short ways to ask where something stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kubelint_py.source import parse_yaml
from kubelint_py.source.document import Document, Path
from kubelint_py.source.text import Source, Span


@pytest.fixture(params=["libyaml", "exact"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Run a test with libyaml first, and as where PyYAML comes without its C binding."""
    if request.param == "exact":
        monkeypatch.setattr(parse_yaml, "c_binding", False)
    elif not parse_yaml.c_binding:
        pytest.skip("PyYAML has no C binding here")
    return str(request.param)


def cut(source: Source, span: Span) -> str:
    """Return the text of a span."""
    return source.text[source.offset(span.start) : source.offset(span.end)]


Located = Callable[[Document, Path], tuple[str, int, int, str | None] | None]


def value_at(document: Document, path: Path) -> tuple[str, int, int, str | None] | None:
    """Return text, line and column of a value, and the text of the alias that led there."""
    return _shown(document, document.locate(path))


def key_at(document: Document, path: Path) -> tuple[str, int, int, str | None] | None:
    """Return text, line and column of a key, and the text of the alias that led there."""
    return _shown(document, document.locate_key(path))


def _shown(document: Document, location: object) -> tuple[str, int, int, str | None] | None:
    source = document.source
    if location is None or source is None:
        return None
    span, alias = location  # type: ignore[misc]
    return cut(source, span), span.start.line, span.start.column, cut(source, alias) if alias else None
