"""Where values and keys stand: text, line, column, and the alias that led there."""

from __future__ import annotations

import time

import pytest

from kubelint_py.source.document import Document, Path
from kubelint_py.source.parse import parse, read_documents
from kubelint_py.source.text import Source, decode
from tests.source.conftest import key_at, value_at

pytestmark = pytest.mark.usefixtures("reader")

THREE = """\
---
# Source: shop/templates/cart.yaml
kind: Deployment
spec:
  replicas: 2   # two
  strategy:
  containers:
  - name: cart
    args: ["-c", 'it''s', plain text]
    command:
      - sh
      -
      - - nested
    script: |
      # not a comment

      echo hi


# between
---
first: "quoted"
last:
  - a: 1
    b: >-
      folded
      text

---
plain: one
  two
  three
"""

EXPECTED: list[tuple[int, Path, tuple[str, int, int], tuple[str, int, int]]] = [
    (0, ("kind",), ("Deployment", 3, 7), ("kind", 3, 1)),
    (0, ("spec", "replicas"), ("2", 5, 13), ("replicas", 5, 3)),
    (0, ("spec", "strategy"), ("strategy", 6, 3), ("strategy", 6, 3)),
    (0, ("spec", "containers", 0, "name"), ("cart", 8, 11), ("name", 8, 5)),
    (0, ("spec", "containers", 0, "args"), ("[\"-c\", 'it''s', plain text]", 9, 11), ("args", 9, 5)),
    (0, ("spec", "containers", 0, "args", 0), ('"-c"', 9, 12), ('"-c"', 9, 12)),
    (0, ("spec", "containers", 0, "args", 1), ("'it''s'", 9, 18), ("'it''s'", 9, 18)),
    (0, ("spec", "containers", 0, "args", 2), ("plain text", 9, 27), ("plain text", 9, 27)),
    (0, ("spec", "containers", 0, "command"), ("- sh\n      -\n      - - nested", 11, 7), ("command", 10, 5)),
    (0, ("spec", "containers", 0, "command", 1), ("-", 12, 7), ("-", 12, 7)),
    (0, ("spec", "containers", 0, "command", 2), ("- nested", 13, 9), ("-", 13, 9)),
    (
        0,
        ("spec", "containers", 0, "script"),
        ("|\n      # not a comment\n\n      echo hi", 14, 13),
        ("script", 14, 5),
    ),
    (1, ("first",), ('"quoted"', 22, 8), ("first", 22, 1)),
    (1, ("last", 0), ("a: 1\n    b: >-\n      folded\n      text", 24, 5), ("a", 24, 5)),
    (1, ("last", 0, "b"), (">-\n      folded\n      text", 25, 8), ("b", 25, 5)),
    (2, ("plain",), ("one\n  two\n  three", 30, 8), ("plain", 30, 1)),
]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_three_documents(line_end: str, mark: bytes) -> None:
    text = decode(mark + THREE.replace("\n", line_end).encode())
    documents = parse(text)
    assert [document.line for document in documents] == [3, 22, 30]
    for index, path, value, key in EXPECTED:
        assert value_at(documents[index], path) == (value[0].replace("\n", line_end), *value[1:], None)
        assert key_at(documents[index], path) == (*key, None)


def test_end_of_a_container_is_its_last_value() -> None:
    container = parse(THREE)[0].locate(("spec", "containers", 0))
    assert container is not None
    assert container.span.end == (17, 14)


def test_paths_that_lead_nowhere() -> None:
    document = parse(THREE)[0]
    for path in [("nope",), ("kind", "x"), ("kind", 0), ("spec", "containers", 1), ("spec", "containers", "name"),
                 ("spec", "containers", -1), ("spec", "strategy", "x")]:  # fmt: skip
        assert document.locate(path) is None
        assert document.locate_key(path) is None


def test_flow_style() -> None:
    document = parse("a: {b: [1, {c: d}], e: , f, 'g': }\nh: [x: 1, y]\n")[0]
    assert value_at(document, ("a", "b", 1)) == ("{c: d}", 1, 12, None)
    assert key_at(document, ("a", "b", 1)) == ("{", 1, 12, None)
    assert value_at(document, ("a", "e")) == ("e", 1, 21, None)
    assert value_at(document, ("a", "f")) == ("f", 1, 26, None)
    assert value_at(document, ("a", "g")) == ("'g'", 1, 29, None)
    assert value_at(document, ("h", 0)) == ("x: 1", 2, 5, None)
    assert key_at(document, ("h", 0)) == ("x", 2, 5, None)


def test_keys_are_found_under_their_converted_names() -> None:
    document = parse("yes: 1\n0x10: 2\n1.50: 3\n? long\n: 4\n")[0]
    assert key_at(document, ("true",)) == ("yes", 1, 1, None)
    assert key_at(document, ("16",)) == ("0x10", 2, 1, None)
    assert key_at(document, (16,)) == ("0x10", 2, 1, None)
    assert key_at(document, ("1.5",)) == ("1.50", 3, 1, None)
    assert value_at(document, ("long",)) == ("4", 5, 3, None)


def test_the_last_of_repeated_keys_counts() -> None:
    assert value_at(parse("a: 1\nb: 2\na: 3\n")[0], ("a",)) == ("3", 3, 4, None)


ANCHORED = """\
base: &base
  image: &image nginx
  ports: [80]
copy: *base
merged:
  <<: *base
  ports: [81]
both:
  <<: [*base, {image: httpd, extra: &e [1]}]
inline:
  <<: {own: 1}
scalar: *image
deep:
  - *base
"""


def test_aliases_and_merges() -> None:
    document = parse(ANCHORED)[0]
    assert value_at(document, ("copy",)) == ("image: &image nginx\n  ports: [80]", 2, 3, "*base")
    assert key_at(document, ("copy",)) == ("copy", 4, 1, None)
    assert value_at(document, ("copy", "image")) == ("nginx", 2, 17, "*base")
    assert key_at(document, ("copy", "ports")) == ("ports", 3, 3, "*base")
    assert value_at(document, ("merged", "image")) == ("nginx", 2, 17, "*base")
    assert value_at(document, ("merged", "ports", 0)) == ("81", 7, 11, None)
    assert value_at(document, ("both", "image")) == ("nginx", 2, 17, "*base")
    assert value_at(document, ("both", "extra", 0)) == ("1", 9, 41, None)
    assert value_at(document, ("inline", "own")) == ("1", 11, 13, None)
    assert value_at(document, ("scalar",)) == ("nginx", 2, 17, "*image")
    assert value_at(document, ("deep", 0, "ports")) == ("[80]", 3, 10, "*base")
    assert key_at(document, ("deep", 0)) == ("*base", 14, 5, None)


def test_values_start_behind_anchor_and_tag() -> None:
    document = parse("a: &x !!str 5\nb: !l # note\n  &y\n  - 1\nc: &z\n&k d: !!str\ne: &f {g: 1}\n")[0]
    assert value_at(document, ("a",)) == ("5", 1, 13, None)
    assert value_at(document, ("b",)) == ("- 1", 4, 3, None)
    assert value_at(document, ("c",)) == ("&z", 5, 4, None)
    assert key_at(document, ("d",)) == ("d", 6, 4, None)
    assert value_at(document, ("d",)) == ("!!str", 6, 7, None)
    assert value_at(document, ("e",)) == ("{g: 1}", 7, 7, None)


def test_an_alias_within_what_an_alias_stands_for() -> None:
    document = parse("a: &a {x: 1}\nb: &b {z: *a}\nc: *b\n")[0]
    assert value_at(document, ("b", "z", "x")) == ("1", 1, 11, "*a")
    assert value_at(document, ("c", "z", "x")) == ("1", 1, 11, "*b")


JSON = '{\n  "a": [1, {"b": null, "c/d": "x\\/\\ud83d\\ude00"}],\n  "e": {}\n}\n'


@pytest.mark.parametrize("name", ["pod.json", "<stdin>"])
def test_json(name: str) -> None:
    (document,) = read_documents(Source(name, JSON))
    assert document.data == {"a": [1, {"b": None, "c/d": "x/\U0001f600"}], "e": {}}
    assert value_at(document, ("a", 1, "b")) == ("null", 2, 18, None)
    assert key_at(document, ("a", 1, "c/d")) == ('"c/d"', 2, 24, None)
    assert value_at(document, ("e",)) == ("{}", 3, 8, None)
    assert value_at(document, ()) == (JSON.strip(), 1, 1, None)


def test_places_are_found_again_after_release() -> None:
    documents = [*parse(THREE), *parse(ANCHORED), *read_documents(Source("a.json", JSON))]
    paths: list[Path] = [("kind",), ("last", 0, "b"), ("plain",), ("merged", "image"), ("a", 1, "b")]
    before = [value_at(document, path) for document, path in zip(documents, paths, strict=True)]
    assert None not in before
    data = [document.data for document in documents]
    for document in documents:
        document.release()
    assert [value_at(document, path) for document, path in zip(documents, paths, strict=True)] == before
    assert [document.data for document in documents] == data


def test_lines_that_only_yaml_counts_do_not_count() -> None:
    document = parse('a: "x\u2028y"\nb: z\n')[0]
    assert value_at(document, ("b",)) == ("z", 2, 4, None)


def duplicates(document: Document) -> list[tuple[Path, tuple[int, int], tuple[int, int]]]:
    return [(path, tuple(later.start), tuple(first.start)) for path, later, first in document.duplicates()]


def test_duplicate_keys() -> None:
    document = parse("a: 1\nm: {b: 1, 'b': 2}\nl:\n- true: 1\n  yes: 2\na: 3\n")[0]
    assert document.duplicate_keys
    assert duplicates(document) == [
        (("m", "b"), (2, 11), (2, 5)),
        (("l", 0, "true"), (5, 3), (4, 3)),
        (("a",), (6, 1), (1, 1)),
    ]


def test_overriding_a_merged_key_is_no_repetition() -> None:
    document = parse("x: &x {a: 1}\ny:\n  <<: *x\n  a: 2\n")[0]
    assert document.duplicate_keys
    assert document.duplicates() == []


def test_keys_of_different_types_differ() -> None:
    document = parse("1: a\n'1': b\n1.0: c\n")[0]
    assert not document.duplicate_keys
    assert document.data == {"1": "c"}


def test_large_mappings_are_looked_up_as_small_ones_are() -> None:
    many = "".join(f"  k{number}: v\n" for number in range(60))
    (plain,) = parse(f"m:\n{many}  k7: last\n")
    assert plain.locate(("m", "k7")).span.start == (62, 7)
    assert plain.locate_key(("m", "k59")).span.start == (61, 3)
    assert plain.locate(("m", "missing")) is None
    (merged,) = parse(f"base: &b {{over: 1, under: 2}}\nm:\n  <<: *b\n{many}  over: 3\n")
    assert merged.locate(("m", "over")).span.start == (64, 9)
    assert merged.locate(("m", "under")).span.start == (1, 27)
    assert merged.locate(("m", "under")).alias.start == (3, 7)


def test_places_in_a_large_mapping_are_found_in_linear_time() -> None:
    def seconds(count: int) -> float:
        (document,) = parse("m:\n" + "".join(f"  k{number}: v\n" for number in range(count)))
        started = time.process_time()
        assert all(document.locate(("m", f"k{number}")) for number in range(count))
        return time.process_time() - started

    assert min(seconds(8_000) for _ in range(3)) < 8 * min(seconds(2_000) for _ in range(3)) + 0.05
