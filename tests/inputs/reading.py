"""Plain data of a text."""

from __future__ import annotations

from typing import Any

from kubelint_py.source.parse import read_documents
from kubelint_py.source.text import Source


def documents(text: str, name: str) -> list[Any]:
    """Return the data of each document, read as a file of that name is."""
    return [document.data for document in read_documents(Source(name, text))]
