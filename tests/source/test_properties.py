"""Whatever the text: no exception, every place inside of the text; and plain data comes back as written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py.errors import InputError
from kubelint_py.source import comments, parse_yaml
from kubelint_py.source.parse import parse, parse_json, read_documents
from kubelint_py.source.text import Source, decode
from tests.source.test_agreement import GENERATED, rows, same
from tests.source.walk import check_places

READERS = st.sampled_from([False, True] if parse_yaml.c_binding else [False])
SEEDS = [row["yaml"] for row in rows(GENERATED)]
PIECES = [*"\n\t:-?[]{},#&*!|>'\"%@`\\ ", "\n  ", ": ", "- ", "---\n", "...\n", "&a ", "*a", "<<: ", "!!int ", "| \n",
          "\r\n", "\u2028", "\ufeff", "\ud800", "\0", "{a: ", "[", "]", "}", ".inf", "~", "%YAML 1.1\n"]  # fmt: skip
PROFILE = settings(max_examples=300, deadline=None)


@contextmanager
def reader(c_binding: bool) -> Iterator[None]:
    """Read with one of the readers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parse_yaml, "c_binding", c_binding)
        yield


def read_with(c_binding: bool, name: str, text: str) -> None:
    """Read a text under a name with one of the readers, and ask everything of its documents."""
    with reader(c_binding):
        documents = read_documents(Source(name, text))
        assert documents
        for document in documents:
            check_places(document)
            assert comments.find(document, "a") is not None


@PROFILE
@given(st.binary(max_size=200), st.sampled_from(["x.yaml", "x.json"]), READERS)
def test_byte_noise(raw: bytes, name: str, c_binding: bool) -> None:
    try:
        text = decode(raw)
    except InputError:
        return
    read_with(c_binding, name, text)


@st.composite
def mutated(draw: st.DrawFn) -> str:
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(text))), draw(st.integers(0, 3))
        text = text[:at] + draw(st.sampled_from(PIECES)) + text[at + length :]
    return text


@PROFILE
@given(mutated(), st.sampled_from(["x.yaml", "x.json", "-"]), READERS)
def test_mutated_texts(text: str, name: str, c_binding: bool) -> None:
    read_with(c_binding, name, text)


@PROFILE
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), READERS)
def test_random_pieces(text: str, c_binding: bool) -> None:
    read_with(c_binding, "x.yaml", text)


@pytest.mark.skipif(not parse_yaml.c_binding, reason="PyYAML has no C binding here")
@PROFILE
@given(mutated())
def test_both_readers_agree(text: str) -> None:
    fast = [(document.data, document.duplicate_keys) for document in parse(text)]
    with reader(c_binding=False):
        exact = [(document.data, document.duplicate_keys) for document in parse(text)]
    assert repr(fast[0]) == repr(exact[0])


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
NUMBERS = st.integers(-(2**63), 2**64 - 1) | st.floats(allow_nan=False, allow_infinity=False).filter(
    lambda number: not number.is_integer()
)
PLAIN = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=25,
)


@PROFILE
@given(PLAIN)
def test_json_comes_back(data: Any) -> None:
    for indent in (None, 2):
        (document,) = parse_json(json.dumps([data], indent=indent, ensure_ascii=indent is None))
        assert same(document.data, data)
        check_places(document)


def quoted(text: str) -> str:
    shown = "".join(c if c.isprintable() and c not in '"\\' else f"\\U{ord(c):08X}" for c in text)
    return f'"{shown}"'


def written(data: Any, indent: str, flow: bool) -> str:
    """Write data as YAML, in block or flow style below the first level."""
    if isinstance(data, dict) and data:
        if flow:
            return "{" + ", ".join(f"{quoted(key)}: {written(value, '', flow)}" for key, value in data.items()) + "}"
        return "".join(
            f"\n{indent}{quoted(key)}: {written(value, indent + '  ', not flow)}" for key, value in data.items()
        )
    if isinstance(data, list) and data:
        if flow:
            return "[" + ", ".join(written(item, "", flow) for item in data) + "]"
        return "".join(f"\n{indent}- {written(item, indent + '  ', flow)}" for item in data)
    return quoted(data) if isinstance(data, str) else json.dumps(data)


@PROFILE
@given(PLAIN, st.booleans(), READERS)
def test_yaml_comes_back(data: Any, flow: bool, c_binding: bool) -> None:
    with reader(c_binding):
        (document,) = parse("--- " + written(data, "", flow) + "\n")
        assert document.error is None
        assert same(document.data, data)
        check_places(document)
