"""Where the part of a string stands in the manifest."""

from __future__ import annotations

import pytest

from kubelint_py import parse
from kubelint_py.rules.secrets._place import around, place
from kubelint_py.source.document import Document

TEXT = "password=Kestrel7"


def shown(manifest: str, value: str, part: str) -> str:
    """Return what of the manifest the place of a part of its field `a` covers."""
    [document] = parse(manifest)
    node = document.root.at("a")
    assert node.value == value
    start = value.index(part)
    span = place(node, start, start + len(part))
    source = document.source
    assert span is not None
    assert source is not None
    return source.text[source.offset(span.start) : source.offset(span.end)]


@pytest.mark.parametrize(
    ("manifest", "value"),
    [
        (f"a: {TEXT}\n", TEXT),
        (f"a: '{TEXT}'\n", TEXT),
        (f'{{"a": "{TEXT}"}}', TEXT),
        (f"a: &anchor !!str {TEXT}\n", TEXT),
        (f"a: |\n  x\n\n  {TEXT}\n", f"x\n\n{TEXT}\n"),
        (f"a: |-\n\n    x\n      {TEXT}\n", f"\nx\n  {TEXT}"),
        (f"a: |2+\n    x\n    {TEXT}\n\n", f"  x\n  {TEXT}\n\n"),
        (f"a: | # about it\r\n  x\r\n  {TEXT}\r\n", f"x\n{TEXT}\n"),
        (f"a: >\n  x\n  {TEXT}\n", f"x {TEXT}\n"),
        (f"a: x\n  {TEXT}\n", f"x {TEXT}"),
        (f'a: "x\\n{TEXT}"\n', f"x\n{TEXT}"),
        (f"b: |\n  {TEXT}\na: |\n  {TEXT}\n", f"{TEXT}\n"),
    ],
)
def test_the_part_itself(manifest: str, value: str) -> None:
    assert shown(manifest, value, "Kestrel7") == "Kestrel7"


@pytest.mark.parametrize(
    ("manifest", "value"),
    [
        ('a: "password=Kestr\\x65l7"\n', TEXT),
        ('a: "Kestrel7, password=Kestr\\x65l7"\n', f"Kestrel7, {TEXT}"),
        ("a: >\n  password=Kest rel7\n  Kestrel\n  7\n", "password=Kest rel7 Kestrel 7\n"),
    ],
)
def test_all_of_the_field_where_the_part_is_not_written_so(manifest: str, value: str) -> None:
    part = "Kestrel 7" if "Kestrel 7" in value else "=Kestrel7"
    assert shown(manifest, value, part).strip() == manifest.removeprefix("a: ").strip()


def test_several_lines() -> None:
    manifest = "a: |\n    first\n    BEGIN\n    middle\n    END\n    last\n"
    assert shown(manifest, "first\nBEGIN\nmiddle\nEND\nlast\n", "BEGIN\nmiddle\nEND") == "BEGIN\n    middle\n    END"


def test_findings_point_at_whole_fields_by_themselves() -> None:
    [document] = parse(f"a: {TEXT}\n")
    assert place(document.root.at("a"), 0, len(TEXT)) is None


def test_nothing_without_text() -> None:
    root = Document.from_data({"a": TEXT}, 0).root
    assert place(root.at("a"), 9, 17) is None
    assert around([(root.at("a"), None)]) is None


def test_around_reaches_from_the_first_to_the_last() -> None:
    [document] = parse("a: one\nb: two\nc: three\n")
    part = place(document.root.at("c"), 1, 3)
    assert around([(document.root.at("c"), part), (document.root.at("a"), None)]) == ((1, 4), (3, 7))
