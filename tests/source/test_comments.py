"""Comments are found by what they hold, and only where they are comments."""

from __future__ import annotations

import pytest

from kubelint_py.source.comments import Comment, find
from kubelint_py.source.document import Document
from kubelint_py.source.parse import parse, read_documents
from kubelint_py.source.text import Source

pytestmark = pytest.mark.usefixtures("reader")

TEXT = """\
# mark 1: on top
---
a: b  # mark 2: behind a value
c: 'x # mark no'
d: "x # mark no
  # mark no"
e: | # mark 3: on a header
  # mark no
  x # mark no
# mark 4: after a block scalar
f: x#mark no
g: [a, # mark 5: in flow style
  b#mark no,
  "#"] # mark 6: ## twice # mark
h: x # other
  # mark 7: indented
i: &anchor # mark 8: behind an anchor
  j: k
l: x
  y # mark 9: behind a plain scalar of two lines
...
# mark 10: behind the end
---
# mark 11: of a refused document
a: "# mark no"
b: |
  # mark no
c: [ # mark 12: in flow style
d: { # mark 13: below the error
e: 'x # mark no' # mark 14: behind quotes
---
# mark 15: of an empty document
"""


def found_in(source: Source, needle: str) -> list[Comment]:
    return [comment for document in read_documents(source) for comment in find(document, needle)]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_all_comments_and_no_others(line_end: str) -> None:
    text = TEXT.replace("\n", line_end)
    found = found_in(Source("x.yaml", text), "mark")
    numbers = [int(comment.text.removeprefix("# mark ").partition(":")[0]) for comment in found]
    assert numbers == list(range(1, 16))
    for comment in found:
        assert text.startswith(comment.text, comment.offset)
        assert "\r" not in comment.text
        assert "\n" not in comment.text


def test_places() -> None:
    comments = found_in(Source("x.yaml", TEXT), "mark 6")
    assert [(tuple(comment.position), comment.text) for comment in comments] == [((14, 8), "# mark 6: ## twice # mark")]


def test_comments_of_a_document_are_its_own() -> None:
    documents = parse(TEXT)
    assert [len(find(document, "mark")) for document in documents] == [10, 4, 1]
    assert find(documents[0], "missing") == []
    assert find(Document.from_data({"a": "# mark"}, 0), "mark") == []


def test_released_documents_answer_too() -> None:
    documents = parse(TEXT)
    for document in documents:
        document.release()
    assert [len(find(document, "mark")) for document in documents] == [10, 4, 1]


def test_json_has_no_comments() -> None:
    assert found_in(Source("x.json", '{"a": "# mark", "b # mark": 1}'), "mark") == []


def test_a_long_line_of_hashes_takes_no_time() -> None:
    text = "a: |\n  " + "#" * 200_000 + " mark\nb: c # mark\n"
    assert [comment.text for comment in found_in(Source("x", text), "mark")] == ["# mark"]
