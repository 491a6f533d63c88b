from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.errors import InputLimitError, YamlSyntaxError
from kubelint_py.inputs.template import template_action, unrendered_template
from kubelint_py.source.parse import parse

READABLE = "a: |\n  {{ x }}\nb: '{{ y }}' # {{ z }}\nc: \"{{ w }}\"\n"
REFUSED = YamlSyntaxError("refused", 0)


@pytest.mark.parametrize(
    "text",
    [
        "replicas: ^{{ .Values.replicas }}\n",
        "^{{- if .Values.enabled }}\nkind: Pod\n{{- end }}\n",
        'metadata:\n  labels:\n    ^{{- include "shop.labels" . | nindent 4 }}\n',
        "^{% if tls %}\nkind: Pod\n{% endif %}\n",
        "- ^{{ item }}\n",
        "[^{{ a }}]\n",
        "a: '{{ quoted }}'\nb: ^{{ bare }}\n",
        "# {{ a comment }}\nb: ^{{ bare }}\n",
        "a: |\n  {{ text }}\nb: ^{{ bare }}\n",
        "a: |\n  {{ text }}\n^{{ bare }}: 1\n",
        "- |\n  {{ text }}\n- ^{{ bare }}\n",
        "- a: >-2 # why\n    {{ text }}\n  b: ^{{ bare }}\n",
        'a: "two\n  {{ lines }}"\nb: ^{{ bare }}\n',
        "a: 'it''s {{ quoted }}'\nb: ^{{ bare }}\n",
        'a: "a \\" {{ quoted }}"\nb: ^{{ bare }}\n',
        'a: "\\\\" # {{ c }}\nb: ^{{ bare }}\n',
        "a: don't\nb: ^{{ bare }}\n",
        "a: x#y ^{{ bare }}\n",
        'a: "^{{ get "name" . }}"\n',
        "a: '^{{ get 'name' . }}'\n",
        '{"replicas": ^{{ replicas }}}\n',
    ],
)
def test_the_first_action_that_yaml_would_read(text: str) -> None:
    at = text.index("^")
    text = text.replace("^", "", 1)
    assert template_action(text) == at
    assert unrendered_template(text, REFUSED).startswith(f"template action {text[at : at + 2]}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a: b\n",
        "a: '{{ quoted }}'\n",
        'a: "{{ quoted }}"\n',
        "a: [\"{{ x }}\", '{{ y }}']\n",
        "# {{ comment }}\n",
        "a: b # {{ comment }}\n",
        "a: |\n  {{ text }}\n\n    {{ more }}\n",
        "a: |-\n  {{ text }}\n",
        "- >+\n  {{ text }}\n",
        "- - |\n    {{ text }}\n",
        "? |\n  {{ text }}\n: b\n",
        "a: !!str |\n  {{ text }}\n",
        "a: { b: c }\n",
        "a: $\n",
        'a: "open {{ x }}\n  still\n',
    ],
)
def test_actions_in_comments_quotes_and_block_scalars_are_text(text: str) -> None:
    assert template_action(text) == -1
    assert unrendered_template(text, REFUSED) == ""


def test_only_a_refused_document_is_a_template() -> None:
    text = "a: {{ b }}\n"
    assert unrendered_template(text, REFUSED)
    assert not unrendered_template(text, None)
    assert not unrendered_template(text, InputLimitError("too deep", 0))


@pytest.mark.parametrize(
    "text",
    [
        "kind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n",
        "{{- if .Values.enabled }}\nkind: Pod\n{{- end }}\n",
        'metadata:\n  labels:\n    {{- include "labels" . | nindent 4 }}\n',
        'name: "{{ include "name" . }}"\n',
        "{% for name in names %}\n- {{ name }}\n{% endfor %}\n",
    ],
)
def test_the_reader_refuses_what_is_a_template(text: str) -> None:
    (document,) = parse(text)
    assert unrendered_template(text, document.error)


def test_the_reader_reads_text_that_holds_actions() -> None:
    (document,) = parse(READABLE)
    assert document.error is None
    assert template_action(READABLE) == -1


def test_the_message_shows_the_action_in_short() -> None:
    assert "{{ .Values.a }} is" in unrendered_template("a: {{ .Values.a }}-x\n", REFUSED)
    assert "{% if x %} is" in unrendered_template("{% if x %}\n", REFUSED)
    assert "{{ never closed is" in unrendered_template("a: {{ never closed\nb: c", REFUSED)
    assert len(unrendered_template("a: {{ " + "x" * 1000 + " }}", REFUSED)) < 150


PIECES = ["{{", "}}", "'", '"', "#", " ", "\n", "|", ">", ":", "- ", "a", "\\", "{%", "\t", "\r"]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_any_text_can_be_searched(text: str) -> None:
    at = template_action(text)
    assert at == -1 or text[at : at + 2] in {"{{", "{%"}


@pytest.mark.parametrize("piece", ['"{{ ', "'", '\\"', "a: |\n", "[" * 10, "- ", " ", "#", '"a" ', '"{{" ', '"{{" }} '])
def test_the_time_is_linear_in_the_text(piece: str) -> None:
    started = time.process_time()
    template_action("a: {" + piece * 50_000 + "{{")
    assert time.process_time() - started < 5
