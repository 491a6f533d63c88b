"""Edits of texts: what they look like, and what holds for all of them."""

from __future__ import annotations

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py.fixes import Wanted, mend, same
from kubelint_py.source.document import Document
from kubelint_py.source.edit import Change, edits, spliced, with_changes
from kubelint_py.source.parse import read_documents
from kubelint_py.source.text import Source
from tests.source.walk import paths
from tests.source.written import Writer, json_text, scalar, value

X = Change(("a", "x"), True)


def change(text: str, *changes: Change, name: str = "x.yaml") -> str:
    """The text with all changes made, each of which must be possible."""
    mended = mend(Source(name, text), [Wanted(0, each) for each in changes])
    assert mended.made == list(range(len(changes)))
    return mended.text


def refuses(text: str, *changes: Change) -> bool:
    return mend(Source("x.yaml", text), [Wanted(0, each) for each in changes]) == (text, [])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n  b: 1\n", "a:\n  b: 1\n  x: true\n"),
        ("a:\n  b: 1", "a:\n  b: 1\n  x: true"),
        ("a:\r\n  b: 1\r\nc: 2\r\n", "a:\r\n  b: 1\r\n  x: true\r\nc: 2\r\n"),
        ("a:\n    b: 1\t# why\n# end\n", "a:\n    b: 1\t# why\n    x: true\n# end\n"),
        ("a: # why\n  # nothing yet\nb: 1\n", "a: # why\n  x: true\n  # nothing yet\nb: 1\n"),
        ("a:\nb: 1\n", "a:\n  x: true\nb: 1\n"),
        ("a:", "a:\n  x: true"),
        ("a: ~\n", "a: {x: true}\n"),
        ("a: null # why\n", "a: {x: true} # why\n"),
        ("a: {}\n", "a: {x: true}\n"),
        ("a: {b: 1}\n", "a: {b: 1, x: true}\n"),
        ("a: {b: 1, }\n", "a: {b: 1, x: true }\n"),
        ("a: {b: 1, # one\n    c: 2 # two\n  }\n", "a: {b: 1, # one\n    c: 2, # two\n    x: true\n  }\n"),
        ("a: {b: , c: }\n", "a: {b: , c: , x: true }\n"),
        ("b: 1\n", "b: 1\na:\n  x: true\n"),
        ("b:\n    c: 1\n", "b:\n    c: 1\na:\n    x: true\n"),
        ("b: |+\n  text\n\n\n", "b: |+\n  text\n\n\na:\n  x: true\n"),
        ("b: |\n  text\n\n\nc: 1\n", "b: |\n  text\n\n\nc: 1\na:\n  x: true\n"),
        ("a:\n  b: |\n    text\n\nc: 1\n", "a:\n  b: |\n    text\n  x: true\n\nc: 1\n"),
        ("a: {x: false}\n", "a: {x: true}\n"),
        ("a:\n  x: no   # why\n", "a:\n  x: true   # why\n"),
        ("a:\n  x: &here !!bool no\n", "a:\n  x: &here !!bool true\n"),
        ("a:\n  x: 'multi\n\n   line'\n", "a:\n  x: true\n"),
        ("--- # top\na:\n  b: 1\n...\n", "--- # top\na:\n  b: 1\n  x: true\n...\n"),
        ('{"a": {"b": 1}}', '{"a": {"b": 1, "x": true}}'),
        ('{"a":{"b":1}}', '{"a":{"b":1,"x":true}}'),
        ('{\n\t"a": {\n\t\t"b": 1\n\t}\n}\n', '{\n\t"a": {\n\t\t"b": 1,\n\t\t"x": true\n\t}\n}\n'),
        ('{"b":1}', '{"b":1,"a":{"x":true}}'),
        ('{"a": null}', '{"a": {"x": true}}'),
    ],
)
def test_a_field_gets_a_value(before: str, after: str) -> None:
    assert change(before, X) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n- y\n- z # why\nb: 1\n", "a:\n- y\n- z # why\n- ALL\nb: 1\n"),
        ("a:\n    - y", "a:\n    - y\n    - ALL"),
        ("a: [y]\n", "a: [y, ALL]\n"),
        ("a: [y,z]\n", "a: [y,z,ALL]\n"),
        ("a: []\n", "a: [ALL]\n"),
        ("a:\n", "a: [ALL]\n"),
        ("b: 1\n", "b: 1\na: [ALL]\n"),
        ('{"a": [\n  "y"\n]}\n', '{"a": [\n  "y",\n  "ALL"\n]}\n'),
    ],
)
def test_a_list_gets_an_item(before: str, after: str) -> None:
    assert change(before, Change(("a",), "ALL", append=True)) == after


def test_changes_below_one_missing_parent_become_one() -> None:
    drop = Change(("a", "c", "drop"), "ALL", append=True)
    assert change("b: 1\n", X, drop) == "b: 1\na:\n  x: true\n  c:\n    drop: [ALL]\n"
    assert change("b: {}\n", Change(("b", "c", "d"), 1), Change(("b", "c", "e"), "no")) == 'b: {c: {d: 1, e: "no"}}\n'


def test_the_deeper_of_two_additions_on_a_line_comes_first() -> None:
    assert change("a:\n  b: 1\n", Change(("c",), 2), X) == "a:\n  b: 1\n  x: true\nc: 2\n"


@pytest.mark.parametrize(
    "text",
    [
        "a: &here\n  b: 1\nc: *here\n",
        "c: &here {b: 1}\na: *here\n",
        "c: &here {x: false}\na:\n  <<: *here\n",
        "a:\n  x: &here false\nc: *here\n",
        "a:\n  <<: {x: false}\n",
        "a: [1]\n",
        "a: text\n",
        "a: {x: {y: 1}}\n",
        "a: {x: true}\n",
        "a:\n  b: |\n    no line break at the end",
        "a:\n  b: 1\n  ? x\n  : [false]\n",
        "a: !!null\n",
        "- a\n",
        "text\n",
        "",
        "a: [\n",
    ],
)
def test_what_would_change_more_is_left_alone(text: str) -> None:
    assert refuses(text, X)


def test_an_anchor_that_nothing_uses_does_not_matter() -> None:
    assert change("a: &here\n  b: 1\n", X) == "a: &here\n  b: 1\n  x: true\n"


def test_contradicting_changes() -> None:
    mended = mend(Source("x.yaml", "b: 1\n"), [Wanted(0, X), Wanted(0, Change(("a", "x"), False)), Wanted(9, X)])
    assert mended == ("b: 1\na:\n  x: true\n", [0])


def test_one_impossible_change_does_not_take_others_down() -> None:
    text = "".join(f"k{number}:\n  b: 1\n" for number in range(20)) + "last:\n  b: |\n    no line break"
    wanted = [Wanted(0, Change((f"k{number}", "x"), True)) for number in range(20)]
    mended = mend(Source("x.yaml", text), [*wanted[:7], Wanted(0, Change(("last", "x"), True)), *wanted[7:]])
    assert len(mended.made) == 20
    assert 7 not in mended.made


def test_what_another_reader_refuses_does_not_take_other_documents_down() -> None:
    text = "a: {b: 1}\n---\na: {b: 'it\\'s'}\n---\na: {b: 2}\n"
    text = text.replace("'it\\'s'", '"it\\\'s"')
    assert all(document.error is None for document in read_documents(Source("x.yaml", text)))
    mended = mend(Source("x.yaml", text), [Wanted(number, X) for number in range(3)])
    assert mended.made == [0, 2]
    assert mended.text == text.replace("1}", "1, x: true}").replace("2}", "2, x: true}")


def test_an_anchor_used_again_is_no_obstacle() -> None:
    text = "a: {b: 1}\nc: &n 1\nd: &n 2\n"
    assert change(text, X) == text.replace("1}", "1, x: true}")


def test_only_the_document_that_is_meant_is_changed() -> None:
    text = "a: {b: 1}\n---\na: {b: 1}\n---\n# nothing\n---\na: [\n"
    mended = mend(Source("x.yaml", text), [Wanted(1, X)])
    assert mended.text == "a: {b: 1}\n---\na: {b: 1, x: true}\n---\n# nothing\n---\na: [\n"
    lines = '{"a": {}}\n{"a": {}}\n'
    assert mend(Source("x.ndjson", lines), [Wanted(1, X)]).text == '{"a": {}}\n{"a": {"x": true}}\n'
    assert mend(Source("x.json", '[{"a": {}}, {"a": {}}]'), [Wanted(0, X)]).text == '[{"a": {"x": true}}, {"a": {}}]'


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": 1}, {"a": 1.0}, False),
        ([float("nan")], [float("nan")], True),
        ([[1], {}], [[1], {}], True),
        ([1], [1, 1], False),
    ],
)
def test_same(one: Any, other: Any, alike: bool) -> None:
    assert same(one, other) is alike


def test_same_does_not_expand_what_aliases_share() -> None:
    def bomb() -> Any:
        data: Any = ["x"]
        for _ in range(60):
            data = [data, data]
        return data

    assert same(bomb(), bomb())


def test_deep_nesting_is_no_crash() -> None:
    for text in ("a: " + "[" * 3000 + "]" * 3000 + "\n", '{"a":' * 3000 + "1" + "}" * 3000):
        mend(Source("x.yaml", text), [Wanted(0, Change(("x",), True))])


def documents(random: Random) -> tuple[str, Document]:
    data = {"a": value(random, 3), "b": value(random, 2), "e": value(random, 2)}
    text = json_text(random, data) if random.random() < 0.2 else Writer(random).text(data)
    source = Source("x.yaml", text)
    return text, read_documents(source)[0]


def some_changes(random: Random, data: Any) -> list[Change]:
    known = random.sample(paths(data), min(3, len(paths(data))))
    found = []
    for path in known:
        more = tuple(random.sample(("a", "x", "new", "yes"), random.randint(0, 2)))
        found.append(Change((*path, *more), scalar(random), append=random.random() < 0.3))
    return found


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_text_says_what_was_wanted_and_nothing_else(random: Random) -> None:
    text, document = documents(random)
    if document.error:
        return
    wanted = some_changes(random, document.data)
    mended = mend(Source("x.yaml", text), [Wanted(0, each) for each in wanted])
    expected = with_changes(document.data, [wanted[number] for number in mended.made])
    after = read_documents(Source("x.yaml", mended.text))
    assert len(after) == 1
    assert same(after[0].data, expected)
    again = mend(Source("x.yaml", mended.text), [Wanted(0, wanted[number]) for number in mended.made])
    assert again.made == [at for at, number in enumerate(mended.made) if wanted[number].append]


@settings(max_examples=300, deadline=None)
@given(st.randoms(use_true_random=False))
def test_edits_add_or_replace_one_scalar(random: Random) -> None:
    text, document = documents(random)
    if document.error:
        return
    written = edits(document, some_changes(random, document.data))
    assert all(one.end <= other.start for one, other in pairwise(written.edits))
    kept = text
    for edit in reversed(written.edits):
        old = kept[edit.start : edit.end]
        assert not old or read_documents(Source("x.yaml", old))[0].error is None
        assert not isinstance(read_documents(Source("x.yaml", old))[0].data, (dict, list))
        kept = kept[: edit.start] + kept[edit.end :]
    after = spliced(text, written.edits)
    removed = sum(edit.end - edit.start for edit in written.edits)
    assert len(after) == len(text) - removed + sum(len(edit.text) for edit in written.edits)
    at = iter(after)
    assert all(character in at for character in kept), "what stands outside of edits is kept, in its order"


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_nearly_everything_that_can_be_written_is(random: Random) -> None:
    """A new key in an existing block or flow mapping without aliases is never refused but for one known reason."""
    text, document = documents(random)
    if document.error:
        return
    mappings = [path for path in paths(document.data) if isinstance(_at(document.data, path), dict)]
    change = Change((*random.choice(mappings), "new"), True)
    made = mend(Source("x.yaml", text), [Wanted(0, change)]).made
    ends_in_block_scalar = not text.endswith("\n") and any(mark in text for mark in ("|", ">"))
    assert made or ends_in_block_scalar


def _at(data: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        data = data[part]
    return data
