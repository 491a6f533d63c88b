"""How a text falls apart into documents, and what becomes of the refused ones."""

from __future__ import annotations

import json
import pickle

import pytest

from kubelint_py.errors import InputLimitError, YamlSyntaxError
from kubelint_py.source import parse_yaml
from kubelint_py.source.document import Document
from kubelint_py.source.parse import Limits, parse, parse_json, read_documents
from kubelint_py.source.text import Source
from tests.source.conftest import value_at

pytestmark = pytest.mark.usefixtures("reader")


def datas(text: str) -> list[object]:
    """Return data, or the kind of refusal, of each document."""
    return [document.error.rule if document.error else document.data for document in parse(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [None]),
        ("# only a comment\n", [None]),
        ("---\n", [None]),
        ("---", [None]),
        ("a: 1", [{"a": 1}]),
        ("# lead\n\n---\na: 1\n", [{"a": 1}]),
        ("---\n---\na: 1\n", [None, {"a": 1}]),
        ("a: 1\n---\n", [{"a": 1}, None]),
        ("a: 1\n---   # note\nb: 2\n--- \nc: 3", [{"a": 1}, {"b": 2}, {"c": 3}]),
        ("a: 1\r\n---\r\nb: 2\r\n", [{"a": 1}, {"b": 2}]),
        ("a: 1\r---\rb: 2\r", [{"a": 1}, {"b": 2}]),
        ("a: 1\n--- {b: 2}\n--- 3\n", [{"a": 1}, {"b": 2}, 3]),
        ("a: 1\n...\n", [{"a": 1}]),
        ("a: 1\n...\n---\nb: 2\n", [{"a": 1}, {"b": 2}]),
        ("%YAML 1.1\n---\na: 1\n", [{"a": 1}]),
        ("a: 1\n...\n%TAG !e! tag:e,2000:\n---\nb: !e!x 2\n", [{"a": 1}, {"b": "2"}]),
        ("a: |\n  ---\n  x\nb: ----\n", [{"a": "---\nx\n", "b": "----"}]),
        ("\ufeffa: 1\n", [{"a": 1}]),
    ],
)
def test_documents_of_a_text(text: str, expected: list[object]) -> None:
    assert datas(text) == expected
    assert [document.index for document in parse(text)] == list(range(len(expected)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [\n---\nb: 2\n---\n'c\n---\nd: 4\n", ["yaml-syntax", {"b": 2}, "yaml-syntax", {"d": 4}]),
        ("a: 1\n---\nb: \x07\n---\nc: 3\n", [{"a": 1}, "yaml-syntax", {"c": 3}]),
        ("a: 1\n---\nb: *no\n---\nc: &no 3\n", [{"a": 1}, "yaml-syntax", {"c": 3}]),
        ("a: 1\n--- {\n---\nc: 3\n", [{"a": 1}, "yaml-syntax", {"c": 3}]),
        ('{"a": 1} trailing\n---\nb: 2\n', [{"a": 1}, "yaml-syntax", {"b": 2}]),
        ("a: .nan\n---\n~: 1\n---\nc: 3\n", ["yaml-syntax", "yaml-syntax", {"c": 3}]),
    ],
)
def test_a_refused_document_does_not_hide_its_neighbours(text: str, expected: list[object]) -> None:
    assert datas(text) == expected


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1\n---\nb: c: d\n", (3, 5), "a key with a value cannot stand here"),
        ("a: 1\n---\nb: [1, 2\n", (3, 4), "never closed"),
        ("a:\n\tb: 1\n", (2, 1), "tab"),
        ("a:\n  b: 1\n c: 2\n", (3, 2), "indentation"),
        ("a: 'x\nb: 1\n", (1, 4), "never closed"),
        ("x: 1\ny: *nope\n", (2, 4), "anchor '&nope'"),
        ("x: 1\ny: -.inf\n", (2, 4), "infinity"),
        ("x: 1\n? {a: b}\n: 1\n", (2, 3), "a mapping cannot be a key"),
        ("x: 1\ny: !!int z\n", (2, 4), "'z' is not a value of !!int"),
        ("x: 1\ny: @z\n", (2, 4), "cannot start with '@'"),
        ("\ufeffx: %\n", (1, 5), "cannot start with '%'"),
    ],
)
def test_a_refusal_points(text: str, place: tuple[int, int], message: str) -> None:
    document = parse(text)[-1]
    assert isinstance(document.error, YamlSyntaxError)
    assert document.source is not None
    assert tuple(document.source.position(document.error.offset)) == place
    assert message in document.error.message


def test_parts_cover_the_text() -> None:
    text = "# lead\na: 1\n--- b\n--- {c: 1\n---\n# note\nd: 1\n...\n# end\n"
    documents = parse(text)
    assert [document.begin for document in documents] == [0, *(document.end for document in documents[:-1])]
    assert documents[-1].end == len(text)
    assert [document.line for document in documents] == [2, 3, 4, 7]
    assert "".join(document.text for document in documents) == text


def test_header_is_known_without_building() -> None:
    pod, refused, listing = parse("kind: Pod\napiVersion: v1\nspec: {a: 1}\nyes: 3.0\n---\na: [\n---\n- 1\n")
    assert pod.header == {"kind": "Pod", "apiVersion": "v1", "true": 3}
    assert refused.header == {}
    assert listing.header == {}
    assert parse_json('{"kind": "Pod", "spec": {}}')[0].header == {"kind": "Pod"}
    assert Document.from_data({"kind": "Pod", "spec": {}}, 0).header == {"kind": "Pod"}


def test_document_of_plain_data_has_no_places() -> None:
    document = Document.from_data({"a": [1]}, 3)
    assert (document.index, document.line, document.name, document.error) == (3, 0, "", None)
    assert document.data == {"a": [1]}
    assert document.root.at("a.0").value == 1
    assert document.locate(("a",)) is None
    assert document.locate_key(("a",)) is None
    assert document.duplicates() == []


def test_a_pickled_document_carries_data_and_takes_its_source_up_again() -> None:
    text = "a: 1\n---\nb: &x [c]\nd: *x\nd: 2\n"
    document = parse(text, name="shop.yaml")[1]
    assert document.data == {"b": ["c"], "d": 2}
    document.release()
    packed = pickle.dumps(document)
    assert b"&x" not in packed
    copy = pickle.loads(packed)  # noqa: S301  our own
    assert (copy.index, copy.line, copy.name, copy.duplicate_keys) == (1, 3, "shop.yaml", True)
    assert copy.data == document.data
    assert copy.locate(("b", 0)) is None
    copy.attach(Source("shop.yaml", text))
    assert value_at(copy, ("b", 0)) == value_at(document, ("b", 0)) == ("c", 3, 8, None)
    assert len(copy.duplicates()) == 1


@pytest.mark.parametrize("text", ["a: 1\n", "[" * 500 + "]" * 500])
def test_data_that_was_not_built_or_is_deep_needs_the_source(text: str) -> None:
    document = parse(text)[0]
    if text[0] == "[":
        assert document.data is not None
    copy = pickle.loads(pickle.dumps(document))  # noqa: S301  our own
    with pytest.raises(LookupError, match="attach"):
        _ = copy.data
    copy.attach(Source("<stdin>", text))
    assert copy.data is not None


def test_documents_of_one_part_are_composed_again_together(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = parse("--- {a: 1}\n" * 50)
    for document in documents:
        document.release()
    texts: list[str] = []
    read = parse_yaml.read
    monkeypatch.setattr(parse_yaml, "read", lambda text, *rest: texts.append(text) or read(text, *rest))
    copies = pickle.loads(pickle.dumps(documents))  # noqa: S301  our own
    for copy in copies:
        copy.attach(documents[0].source)
    for line, copy in enumerate(copies, 1):
        assert value_at(copy, ("a",)) == ("1", line, 9, None)
    assert len(texts) == 1


def test_a_refused_document_can_be_pickled() -> None:
    document = parse("a: [\n", name="x")[0]
    copy = pickle.loads(pickle.dumps(document))  # noqa: S301  our own
    assert copy.data is None
    assert document.error is not None
    assert (copy.error.message, copy.error.offset) == (document.error.message, document.error.offset)


class TestJson:
    """JSON, NDJSON, arrays and concatenated values."""

    def read(self, text: str, name: str = "x.json") -> list[object]:
        documents = read_documents(Source(name, text))
        return [document.error.rule if document.error else document.data for document in documents]

    @pytest.mark.parametrize("name", ["x.json", "x.NDJSON", "x.jsonl", "-"])
    def test_several_values(self, name: str) -> None:
        assert self.read('{"a": 1}\n{"b": [2]}\n', name) == [{"a": 1}, {"b": [2]}]
        assert self.read('{"a": 1} {\n "b": [2]\n}', name) == [{"a": 1}, {"b": [2]}]
        assert self.read('[{"a": 1},\n {"b": [2]}]', name) == [{"a": 1}, {"b": [2]}]

    def test_empty(self) -> None:
        assert self.read("") == self.read(" \n") == self.read("[]") == [None]

    def test_numbers_are_those_of_yaml(self) -> None:
        text = '[{"v": [3.0, 1e3, -0.0, 1.5, 18446744073709551615, 18446744073709551616, 1E-2]}]'
        (data,) = self.read(text)
        values = data["v"]  # type: ignore[index]
        assert values == [3, 1000, 0, 1.5, 2**64 - 1, 1.8446744073709552e19, 0.01]
        assert [type(value) for value in values] == [int, int, int, float, int, float, float]

    def test_last_of_repeated_keys(self) -> None:
        (document,) = parse_json('{"a": {"b": 1, "b": 2}}')
        assert document.data == {"a": {"b": 2}}
        assert document.duplicate_keys
        assert [path for path, _, _ in document.duplicates()] == [("a", "b")]

    @pytest.mark.parametrize(
        ("text", "offset"),
        [('{"a": NaN}', 6), ('{"a": 01}', 7), ('{"a": 1e999}', 6), ('{"a" 1}', 5), ('{"a": "\t"}', 6), ("{a: 1}", 1)],
    )
    def test_refused_values_point(self, text: str, offset: int) -> None:
        error = parse_json(text)[-1].error
        assert error is not None
        assert (error.rule, error.offset) == ("yaml-syntax", offset)

    def test_reading_resumes_at_the_next_line(self) -> None:
        assert self.read('{"a": 1}\n{"b": \n{"c": 3}\n') == [{"a": 1}, "yaml-syntax", {"c": 3}]

    @pytest.mark.parametrize("text", ["[1, 2", "[1 2]", "[1,]", "[1] 2", '[1, {"a"}]'])
    def test_elements_before_a_refusal_are_read(self, text: str) -> None:
        assert self.read(text)[0] == 1
        assert self.read(text)[-1] == "yaml-syntax"

    @pytest.mark.parametrize("text", ["", " \n\t", "\ufeff"])
    def test_nothing(self, text: str) -> None:
        (document,) = parse_json(text)
        assert document.error is None
        assert document.data is None
        assert document.locate(()) is None

    def test_after_a_refusal_nobody_counts_lines(self, monkeypatch: pytest.MonkeyPatch) -> None:
        counted: list[int] = []

        class Counted(ValueError):
            def __init__(self, _message: str, _text: str, pos: int) -> None:
                counted.append(pos)

        monkeypatch.setattr(json.decoder, "JSONDecodeError", Counted)
        assert self.read('{x\n{"a": 1}\n{x\n{"b": [2]}\n{x') == [
            "yaml-syntax", {"a": 1}, "yaml-syntax", {"b": [2]}, "yaml-syntax",
        ]  # fmt: skip
        assert counted == [1]
        assert len(self.read('{"a": 1}\n{x\n{"b": [2]}\n{x', "x.yaml")) == 4

    def test_half_a_pair(self) -> None:
        assert self.read('{"a": "\\ud800 \\ud83d\\ude00"}') == [{"a": "\ufffd \U0001f600"}]

    def test_json_that_only_yaml_accepts(self) -> None:
        assert self.read('{"a": [1,], "b": 2,}') == [{"a": [1], "b": 2}]
        assert self.read("{\n  # note\n  a: yes\n}\n") == [{"a": True}]
        assert self.read('{"a": 1}\n---\n{"b": "\\u0063"}\n') == [{"a": 1}, {"b": "c"}]
        assert self.read('{"a": 1,\n') == ["yaml-syntax"]

    def test_yaml_that_only_json_accepts(self) -> None:
        assert self.read('{"a": "b\\/c"}', "x.yaml") == [{"a": "b/c"}]
        assert self.read('{"a": 1}\n{"b": 2', "x.yaml") == [{"a": 1}, "yaml-syntax"]
        assert self.read('[{"a": 1}, {"b": 2},]', "x.yaml") == [[{"a": 1}, {"b": 2}]]

    def test_braces_of_yaml_stay_yaml(self) -> None:
        assert self.read("{a: 1}\n---\n{b: 2}\n", "-") == [{"a": 1}, {"b": 2}]
        assert self.read("[a, b]", "-") == [["a", "b"]]


class TestLimits:
    """Each limit ends as a refusal of what passes it."""

    def test_size(self) -> None:
        (document,) = parse("a: " + "b" * 100, limits=Limits(max_bytes=50))
        assert isinstance(document.error, InputLimitError)
        assert len(parse_json("[1, 2]", limits=Limits(max_bytes=5))) == 1

    def test_documents(self) -> None:
        documents = parse("---\na: 1\n" * 20, limits=Limits(max_documents=5))
        assert [document.error is None for document in documents] == [True] * 5 + [False]
        assert isinstance(documents[5].error, InputLimitError)
        assert documents[5].line == 12

    def test_ten_thousand_documents(self) -> None:
        documents = parse("---\na: 1\n" * 10_000)
        assert len(documents) == 10_000
        assert all(document.error is None and document.data == {"a": 1} for document in documents)

    @pytest.mark.parametrize(
        "text", ["[" * 30_000, "{a: " * 30_000, "- " * 30_000 + "x", "? " * 30_000, "-   " * 30_000]
    )
    def test_depth(self, text: str) -> None:
        assert isinstance(parse(text)[0].error, InputLimitError)

    def test_depth_of_json(self) -> None:
        assert isinstance(parse_json('{"a":' * 30_000)[0].error, InputLimitError)

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 9_000 + "]" * 9_000,
            "- " * 9_000 + "x",
            "{a: " * 5_000 + "b" + "}" * 5_000,
            "<<: {" * 5_000 + "}" * 5_000,
        ],
    )
    def test_below_the_depth_nothing_recurses(self, text: str) -> None:
        (document,) = parse(text)
        assert document.error is None
        assert document.data is not None
        document.release()
        assert document.locate(()) is not None

    def test_deep_indentation(self) -> None:
        text = "".join(" " * level + "a:\n" + " " * level + "- b: 1\n" for level in range(0, 1500, 2))
        assert parse("a:\n" + text)[0].error is not None or parse("a:\n" + text)[0].data is not None

    def test_own_depth(self) -> None:
        assert parse("[[[]]]", limits=Limits(max_depth=3))[0].error is None
        assert isinstance(parse("[[[]]]", limits=Limits(max_depth=2))[0].error, InputLimitError)

    @pytest.mark.parametrize("merge", [False, True])
    def test_alias_bombs(self, merge: bool) -> None:
        lines = ["a0: &a0 {k: 1}"]
        for level in range(1, 12):
            many = ", ".join([f"*a{level - 1}"] * 10)
            lines.append(f"a{level}: &a{level} " + (f"{{<<: [{many}]}}" if merge else f"[{many}]"))
        error = parse("\n".join(lines))[0].error
        assert isinstance(error, InputLimitError)
        assert "alias" in error.message

    def test_many_aliases_are_fine(self) -> None:
        (document,) = parse("a: &a {k: [1, 2, 3]}\nb: [" + "*a, " * 90 + "]\n")
        assert document.error is None
        assert document.data["b"][89] == {"k": [1, 2, 3]}
