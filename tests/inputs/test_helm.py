from __future__ import annotations

import re
import time

import pytest

from kubelint_py.inputs.helm import helm_sources
from tests.conftest import shared

RENDERED = """---
# Source: shop/templates/serviceaccount.yaml
# a licence
apiVersion: v1
kind: ServiceAccount
---
# a licence
# Source: shop/charts/db/templates/service.yaml

apiVersion: v1
kind: Service
---
apiVersion: v1
kind: ConfigMap
data:
  note: |
    # Source: shop/templates/indented.yaml
# Source: shop/templates/late.yaml
---
# Source: shop/templates/twice.yaml
apiVersion: v1
kind: Secret
---
# Source: shop/templates/twice.yaml
apiVersion: v1
kind: Secret
"""


def sources(text: str) -> list[str]:
    """Return the path of each document, asked by the offset of its kind, and check the other offsets agree."""
    source_of = helm_sources(text)
    paths = []
    for document in re.finditer(r"(?:^|(?<=\n))(?:---[^\n]*\n)?(?:(?!---[\s]).*(?:\n|$))+", text):
        kind = text.find("kind:", *document.span())
        if kind >= 0:
            paths.append(source_of(kind))
            assert source_of(document.start()) == paths[-1]
            assert source_of(document.end() - 1) == paths[-1]
    return paths


def test_each_document_has_the_path_of_its_own_comment() -> None:
    assert sources(RENDERED) == [
        "shop/templates/serviceaccount.yaml",
        "shop/charts/db/templates/service.yaml",
        "",
        "shop/templates/twice.yaml",
        "shop/templates/twice.yaml",
    ]


def test_line_ends_and_a_first_document_without_a_marker() -> None:
    text = "# Source: a/templates/x.yaml\nkind: A\n---\nkind: B\n"
    assert sources(text) == ["a/templates/x.yaml", ""]
    assert sources(text.replace("\n", "\r\n")) == ["a/templates/x.yaml", ""]
    assert sources("# Source: a/templates/x.yaml") == []
    assert helm_sources("# Source: a/templates/x.yaml")(0) == "a/templates/x.yaml"


def test_a_marker_with_content_or_a_comment_behind_it_starts_a_document() -> None:
    assert sources("--- # first\n# Source: a/x.yaml\nkind: A\n---\tx\nkind: B\n") == ["a/x.yaml", ""]
    text = "kind: A\n...\n# Source: a/x.yaml\nkind: B\n"
    assert [helm_sources(text)(text.index(kind)) for kind in "AB"] == ["", "a/x.yaml"]
    assert sources("---\n# Source: a/x.yaml\nkind: A\n----\nx: y\n") == ["a/x.yaml"]


def test_definitions_of_one_file_belong_together() -> None:
    text = "---\n# Source: a/crds/all.yaml\n---\nkind: A\n---\nkind: B\n---\n# Source: a/templates/c.yaml\nkind: C\n"
    assert sources(text) == ["a/crds/all.yaml", "a/crds/all.yaml", "a/templates/c.yaml"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "kind: A\n",
        "kind: A\n# Source: a/x.yaml\n",
        "a: |\n  # Source: a/x.yaml\nkind: A\n",
        "---\n # Source: a/x.yaml\nkind: A\n",
        "---\n# source: a/x.yaml\nkind: A\n",
        "---\n# Source: \nkind: A\n",
    ],
)
def test_what_names_no_source(text: str) -> None:
    assert {helm_sources(text)(offset) for offset in range(len(text) + 2)} == {""}


def test_only_the_first_comment_of_a_document_counts() -> None:
    assert sources("---\n# Source: a/x.yaml\n# Source: a/y.yaml\nkind: A\n") == ["a/x.yaml"]


@pytest.mark.parametrize("line", ["# Source: a/x.yaml\n", "x\n# Source: a/x.yaml\n", "---\n# Source: a/x.yaml\n"])
def test_the_time_is_linear_in_the_text(line: str) -> None:
    started = time.process_time()
    text = line * 100_000
    source_of = helm_sources(text)
    assert source_of(len(text)) in {"", "a/x.yaml"}
    assert time.process_time() - started < 5


def test_every_object_of_the_rendered_charts_has_a_source() -> None:
    checked = 0
    for folder in ("bitnami", "promcom"):
        for file in shared("corpus", folder).glob("*.yaml"):
            text = file.read_text()
            source_of = helm_sources(text)
            for match in re.finditer(r"^kind: ", text, re.MULTILINE):
                checked += 1
                assert re.fullmatch(r"[\w.-]+/.+\.ya?ml", source_of(match.start())), (file, match.start())
    assert checked > 1000
