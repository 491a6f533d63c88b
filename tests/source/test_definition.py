"""That judging a definition by its lines tells nothing else than composing it."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py.api import check_text
from kubelint_py.source import body, parse_yaml
from kubelint_py.source.document import Document
from kubelint_py.source.parse import DEFAULT_LIMITS, Limits, parse, stream
from kubelint_py.source.text import Source
from tests.conftest import shared
from tests.source.test_agreement import GENERATED, ODD, rows

pytestmark = pytest.mark.skipif(not parse_yaml.c_binding, reason="PyYAML has no C binding here")

OPENING = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\n"
WRITTEN = (
    OPENING
    + """\
metadata:
  annotations: {}
  name: lamps.example.com
  # a comment: with a colon
spec:
  group: example.com
  names: {}
  scope: "Namespaced"
  shortNames: [lp, "lmp"]
  versions:
  - name: v1
    schema:
      openAPIV3Schema:
        description: |-
          name: this is text,
          name: and so is this

          ? - & * !
        properties:
          spec:
            description: What is wanted
              goes on here, "quoted
            properties:
              watts:
                description: 'it''s
                  name: still text'
                type: integer
              x-y/z:
                enum:
                - on the left
                - "b: c"
                - 'd'
                - -e
            required: []
        type: object
    served: true
  - description: >
      name: text

    name: v2
"""
)


def documents(text: str, limits: Limits = DEFAULT_LIMITS) -> list[Document]:
    return list(stream(Source("x.yaml", text), limits))


def told(document: Document) -> list[object]:
    header = {name: document.header.get(name) for name in ("apiVersion", "kind")}
    kind = header if isinstance(document.data, dict) else {}
    places = (document.index, document.begin, document.start, document.end, document.line)
    return [document.error is None, document.duplicate_keys, kind, places, document.data, document.duplicates()]


def agrees(text: str) -> bool:
    """Check that all is told as by composing; return whether anything was told without."""
    met: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        skim = parse_yaml.read_definition

        def noted(*arguments: object) -> body.Skimmed | None:
            found = skim(*arguments)  # type: ignore[arg-type]
            met.append(found)
            return found

        patch.setattr(parse_yaml, "read_definition", noted)
        mine = [told(document) for document in documents(text)]
        patch.setattr(parse_yaml, "read_definition", lambda *_: None)
        assert mine == [told(document) for document in documents(text)]
    return any(met)


@pytest.fixture
def _composing_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def refuse(*_: object) -> None:
        raise AssertionError("the text was composed")

    with monkeypatch.context() as patch:
        patch.setattr(parse_yaml, "read", refuse)
        yield


@pytest.mark.usefixtures("_composing_is_forbidden")
@pytest.mark.parametrize("before", ["", "---\n", "# c\n", "---\n\n  # Source: a/b.yaml\n"])
@pytest.mark.parametrize("after", ["", "\n\n", "  # c", "---\n" + WRITTEN])
def test_what_machines_write_is_not_composed(before: str, after: str) -> None:
    for document in documents(before + WRITTEN + after):
        assert document.error is None
        assert not document.duplicate_keys
        assert document.header == {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition"}
        assert document.source
        assert document.source.text.startswith(OPENING, document.start)


def test_data_and_places_are_there_when_asked_for() -> None:
    assert agrees(WRITTEN)
    (document,) = documents("# c\n" + WRITTEN)
    assert document.data["spec"]["versions"][1] == {"description": "name: text\n", "name": "v2"}
    place = document.locate(("spec", "versions", 1, "name"))
    assert place
    assert document.source
    assert document.source.line_text(place.span.start.line) == "    name: v2"


REPEATED = [
    ("metadata:\n  a: 1\n  b: 1\n  a: 1\n", 6),
    ("spec:\n- a: 1\n  a: 1\n", 5),
    ("spec:\n  - a: 1\n    b:\n    - 1\n    a: 1\n", 7),
    ("spec:\n  a:\n    b: 1\n  c: |\n    a\n\n  a:\n", 9),
    ("spec:\n  a: x\n    y\n  b: 'x\n\n    b: y'\n  a: x\n", 9),
    ("spec:\n  a: 1\nmetadata:\n  a: 1\nspec:\n  b: 1\n", 7),
    ("spec:\n- a:\n  - b: 1\n    b: 1\n", 6),
]


@pytest.mark.parametrize(("rest", "line"), REPEATED)
def test_a_repeated_key_is_found(rest: str, line: int) -> None:
    report = check_text(OPENING + rest)
    assert [(finding.rule, finding.line) for finding in report.findings] == [("duplicate-key", line)]


NOT_SKIMMED = {
    "an alias": "spec:\n  a: &b\n    c: 1\n  d: *b\n",
    "a merge": "spec:\n  <<: {a: 1}\n  b: 1\n",
    "a tag": "spec:\n  a: !!str 1\n",
    "keys that are the same word": "spec:\n  yes: 1\n  true: 1\n",
    "keys that are the same number": "spec:\n  0x1: 1\n  1: 1\n",
    "a quoted key": "spec:\n  'a': 1\n  a: 1\n",
    "a key of several words": "spec:\n  a b: 1\n  a b: 1\n",
    "a complex key": "spec:\n  ? a\n  : 1\n  a: 1\n",
    "keys on one line": "spec: {a: 1, a: 1}\n",
    "flow over lines": "spec: [a,\nb]\n",
    "an item on the next line": "spec:\n-\n  a: 1\n  a: 1\n",
    "a list in a list": "spec:\n- - a: 1\n    a: 1\n",
    "more blanks than one": "spec:\n-  a: 1\n   a: 1\n",
    "a scalar on the next line": "spec:\n  'a\n  a: 1\n  a: 1'\n",
    "an item with a key in it": "spec:\n- a b: 1\n  a b: 1\n",
    "text indented by a number": "spec:\n  a: |1\n    a: 1\n   a: 1\n",
    "a value that JSON cannot hold": "spec:\n  a: .inf\n",
    "another that JSON cannot hold": "spec:\n- -.Inf\n",
    "a third": "spec:\n- a: .NaN\n",
    "two documents": "spec:\n  a: 1\n--- a\n",
    "a document that ends": "spec:\n  a: 1\n...\n",
    "not YAML": "spec:\n  a: 1\n b: 1\n",
    "a colon too many": "spec:\n  a: b: c\n",
    "an open quote": "spec:\n  a: 'b\n",
    "a control character": "spec:\n  a: \x07\n",
    "a tab": "spec:\n  a:\tb\n",
    "a tab behind a quote": "spec:\n  a: 'b'\t\n",
    "an escaped slash": 'spec:\n  a: "\\/"\n',
    "a break that is no line feed": "spec:\n  a: b\u2028  a: b\n",
    "a carriage return": "spec:\r\n  a: b\r\n",
    "a mark in the middle": "spec:\n  a: \ufeff\n",
    "too far right": "".join(" " * 2 * at + "a:\n" for at in range(460)),
}


@pytest.mark.parametrize("rest", NOT_SKIMMED.values(), ids=NOT_SKIMMED)
def test_what_lines_do_not_tell_is_composed(rest: str) -> None:
    assert not agrees(OPENING + rest)


@pytest.mark.parametrize(
    "text",
    [
        OPENING + "  goes on\n",
        OPENING + "\n  goes on\n",
        "kind: CustomResourceDefinition\nkind: CustomResourceDefinition\nspec:\n",
        OPENING.replace("/v1", "/v1 # c") + "spec:\n",
        OPENING.replace("Definition", "Definitions") + "spec:\n",
        OPENING,
    ],
)
def test_what_opens_otherwise_is_composed(text: str) -> None:
    assert not agrees(text)


@pytest.mark.parametrize("quoted", ["'a\nspec: 1\n\nspec: 2'", '"a\nspec: \\"1\\"\n\n\\\nspec: 2"', "'' # c"])
def test_what_is_quoted_holds_no_keys(quoted: str) -> None:
    assert agrees(OPENING + f"spec: {quoted}\nstatus: {quoted}\n")


def test_limits_hold() -> None:
    limits = Limits(max_depth=3)
    (document,) = documents(WRITTEN, limits)
    assert document.error is not None
    assert documents(OPENING + "spec:\n  a:\n", limits)[0].error is None


def test_texts_of_others_are_judged_alike() -> None:
    texts = [row["yaml"] for path in (GENERATED, ODD) for row in rows(path)]
    nested = ["spec:\n  " + text.replace("\n", "\n  ") for text in texts]
    skimmed = [text for text in (*texts, *nested) if agrees(OPENING + text)]
    assert len(skimmed) > len(texts) / 20


def test_definitions_of_real_charts_are_not_composed(monkeypatch: pytest.MonkeyPatch) -> None:
    composed: list[int] = []
    total = 0
    read = parse_yaml.read

    def noted(text: str, *rest: object) -> parse_yaml.Reading:
        composed.append(len(text) if "\nkind: CustomResourceDefinition\n" in text else 0)
        return read(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(parse_yaml, "read", noted)
    for path in sorted(shared("corpus").rglob("*.yaml")):
        for document in documents(path.read_text(encoding="utf-8")):
            total += len(document.text) if document.header.get("kind") == "CustomResourceDefinition" else 0
    assert sum(composed) < total / 10


LINES = st.tuples(
    st.sampled_from(["", "", " ", "  ", "  ", "    ", "      "]),
    st.sampled_from(["", "", "", "- ", "- ", "-  ", "- - ", "-", "# ", "? "]),
    st.sampled_from(["a:", "a:", "b:", "c.d/e:", "$f:", "y:", "no:", "1:", "'a':", "a b:", "<<:", "a :", ""]),
    st.sampled_from(["", " ", "  ", "\t"]),
    st.sampled_from(
        [
            "a",
            "a b",
            "a # c",
            "# c",
            '"a"',
            '"a',
            'a"',
            "'a'",
            "'a",
            "a'",
            '"a" # c',
            "'a''",
            "|",
            ">-",
            "|2",
            "{}",
            "[]",
            '[a, "b"]',
            "{a: 1}",
            "[a?]",
            "[a: b]",
            "&x a",
            "*x",
            "!t a",
            ".inf",
            "-.inf",
            ".info",
            "1",
            "-1",
            "- a",
            "a: b",
            "a:b",
            "a:",
            ":",
            '"\\/"',
            '"\\',
            '\\"',
            "~",
            "---",
            "...",
            "]",
            ",",
            "\x85",
            "\u2028",
            "é",
            "?",
            "%",
        ]
    ),
).map("".join)


@settings(max_examples=1500, deadline=None)
@given(st.lists(LINES, max_size=8), st.sampled_from(["", "---\n", "# c\n", "\n"]), st.sampled_from(["", "\n", " "]))
def test_whatever_the_lines(lines: list[str], before: str, after: str) -> None:
    agrees(before + OPENING + "\n".join(lines) + after)


HOSTILE = {
    "escaped quotes": ' a: "\\"\n',
    "open quotes": ' a: "x\n',
    "open apostrophes": " a: ''''x\n",
    "blanks": " ",
    "blank lines": "\n",
    "lines of blanks": " " * 500 + "\n",
    "colons": "- " + ":x" * 50 + "\n",
    "quotes": "- ''",
    "dashes": "- ",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_time_as_its_length(piece: str) -> None:
    text = OPENING + "spec:\n" + piece * (1_000_000 // len(piece))
    started = time.process_time()
    parse_yaml.read_definition(text, 0, len(text))
    assert time.process_time() - started < 5


def test_a_definition_in_a_report_is_an_object() -> None:
    report = check_text(WRITTEN)
    assert (report.summary.objects, report.findings) == (1, ())
    assert parse(WRITTEN)[0].data["kind"] == "CustomResourceDefinition"
