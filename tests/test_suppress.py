"""Suppression: which findings a comment or an annotation covers, and what is said about wrong ones."""

from __future__ import annotations

import pickle
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.config import Config
from kubelint_py.config_override import Override
from kubelint_py.finding import Finding, ObjectReference, Related, Suppressed
from kubelint_py.parallel import without_collector
from kubelint_py.registry import load
from kubelint_py.source.document import Document, Path
from kubelint_py.source.parse import parse
from kubelint_py.source.text import Source
from kubelint_py.suppress import VIA_ALIAS, Suppressions, read_suppressions
from tests.conftest import ROOT
from tests.outputs import sample
from tests.registry import REGISTRY

RAN = set(REGISTRY.rules)
STRICT = Config(profile="strict")


class File:
    """A text with its documents and suppressions."""

    def __init__(self, text: str, config: Config = STRICT, today: str = "2026-06-01") -> None:
        self.documents = parse(text, name="a.yaml")
        self.source = self.documents[0].source if self.documents else Source("a.yaml", text)
        self.suppressions = read_suppressions(
            "a.yaml", self.source, self.documents, config, REGISTRY, templates={("a.yaml", 0): "t.yaml"}, today=today
        )
        self.config = config

    def finding(self, pointer: str, rule: str = "host-network", document: int = 0, container: str = "") -> Finding:
        """Return a finding where the engine would put it: at the value, at its key where it spans lines, and
        for a missing field at its parent."""
        path = typed(self.documents[document], pointer)
        locate, locate_key = self.documents[document].locate, self.documents[document].locate_key
        place, missing = locate(path), False
        while place is None:
            path, missing = path[:-1], True
            place = locate(path)
        if path and (missing or place.span.start.line != place.span.end.line):
            place = locate_key(path) or place
        related = (Related("a.yaml", *place.alias.start, VIA_ALIAS),) if place.alias else ()
        return found(rule, document, pointer, container, line=place.span.start.line, related=related)

    def judge(self, *arguments: Any, **fields: Any) -> Suppressed | None:
        return self.suppressions.apply([self.finding(*arguments, **fields)], self.documents)[0].suppressed

    def complaints(self) -> list[tuple[int, int, str]]:
        return [(each.line, each.column, each.message) for each in self.suppressions.complaints]

    def unused(self) -> list[tuple[int, str]]:
        return [(each.line, each.message) for each in self.suppressions.unused(self.config, REGISTRY, RAN)]


def typed(document: Document, pointer: str) -> Path:
    value, path = document.data, []
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        path.append(int(key) if isinstance(value, list) else key)
        value = value[path[-1]] if isinstance(value, list) else (value or {}).get(key)
    return tuple(path)


def found(rule: str, document: int = 0, path: str = "", container: str = "", **fields: Any) -> Finding:
    place = {"file": "a.yaml", "object": None}
    return sample.finding(rule=rule, document=document, path=path, container=container, **(place | fields))


POD = """\
apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  containers:
    - name: a
      securityContext:
        privileged: true
    - name: b
      securityContext:
        privileged: true
"""
A, B = "/spec/containers/0/securityContext/privileged", "/spec/containers/1/securityContext/privileged"


def with_line(after: int, line: str, text: str = POD) -> str:
    lines = text.splitlines(keepends=True)
    return "".join([*lines[:after], line + "\n", *lines[after:]])


def with_end(number: int, comment: str, text: str = POD) -> str:
    lines = text.splitlines(keepends=True)
    lines[number - 1] = lines[number - 1].rstrip("\n") + comment + "\n"
    return "".join(lines)


# One finding hidden in six ways, the sibling's never

SIX_WAYS = {
    "end of the line": with_end(9, "  # kubelint: ignore[privileged-container] needs = the: node #1"),
    "above the key": with_line(8, "        # kubelint: ignore[privileged-container] needs = the: node #1"),
    "above the parent": with_line(7, "      # kubelint: ignore[privileged-container] needs = the: node #1"),
    "above the item": with_line(6, "    # kubelint: ignore[privileged-container] needs = the: node #1"),
    "container annotation": with_line(
        4, "  annotations:\n    kubelint.io/ignore.a: 'privileged-container: needs = the: node #1'"
    ),
}


@pytest.mark.parametrize("way", SIX_WAYS)
def test_each_way_hides_one_finding(way: str) -> None:
    file = File(SIX_WAYS[way])
    by = "annotation" if "annotation" in way else "comment"
    assert file.judge(A, "privileged-container") == Suppressed(by, "needs = the: node #1")
    assert file.judge(B, "privileged-container") is None
    assert file.judge(A, "host-network") is None
    assert file.complaints() == []
    assert file.unused() == []


def test_the_sixth_way_is_the_configuration() -> None:
    override = Override(paths=("a.yaml",), containers=("a",), rules=("pod",), reason="needs = the: node #1")
    config = Config(overrides=(override,))
    rule, file = REGISTRY.rules["privileged-container"], File(POD)
    hidden = config.adjusted(file.finding(A, rule.id, container="a"), rule)
    assert hidden is not None
    assert hidden.suppressed == Suppressed("configuration", "needs = the: node #1")
    assert config.adjusted(file.finding(B, rule.id, container="b"), rule) == file.finding(B, rule.id, container="b")


# What a comment covers

SCOPES = [
    # after line, text, covered, not covered
    (0, "# kubelint: ignore[host-network]", [A, B, "", "/metadata/name", "/spec/hostNetwork"], []),
    (5, "  # kubelint: ignore[host-network]", [A, B, "/spec/containers"], ["/metadata/name", "/spec/hostPID"]),
    (5, "# kubelint: ignore[host-network]", [A, B], ["/metadata/name"]),
    (4, "# kubelint: ignore[host-network]", [A, "/spec/x/y"], ["/metadata/name"]),
    (3, "  # kubelint: ignore[host-network]", ["/metadata/name"], ["/metadata/labels", A, "/spec"]),
    (6, "    # kubelint: ignore[host-network]\n\n    # other\n", [A, "/spec/containers/0/image"], [B]),
    (9, "    # kubelint: ignore[host-network]", [B], [A]),
    (
        10,
        "      # kubelint: ignore[host-network]",
        [B, "/spec/containers/1/securityContext/x"],
        ["/spec/containers/1/x"],
    ),
]


@pytest.mark.parametrize(("after", "line", "covered", "others"), SCOPES)
def test_a_comment_above_covers_the_node_that_starts_below(
    after: int, line: str, covered: list[str], others: list[str]
) -> None:
    file = File(with_line(after, line))
    assert file.complaints() == []
    assert {pointer: bool(file.judge(pointer)) for pointer in covered} == dict.fromkeys(covered, True)
    assert {pointer: bool(file.judge(pointer)) for pointer in others} == dict.fromkeys(others, False)


ELSEWHERE = {
    "flow": (
        "spec:\n  containers: [\n  # kubelint: ignore[host-network] r\n  {name: a,\n x: 1},\n  {name: b}]\n",
        ["/spec/containers/0/x", "/spec/containers/0/name"],
        ["/spec/containers/1/name"],
    ),
    "low item": (
        "spec:\n  containers:\n    # kubelint: ignore[host-network]\n  - name: a\n    x: 1\n  - name: b\n",
        ["/spec/containers/0/x"],
        ["/spec/containers/1/name", "/spec"],
    ),
    "lonely dash": (
        "items:\n# kubelint: ignore[host-network]\n-\n\n  # x\n  a: 1\n  b: 2\n-\n  a: 1\n",
        ["/items/0/a", "/items/0/b", "/items/0"],
        ["/items/1/a"],
    ),
    "behind a dash": (
        "items:\n- # kubelint: ignore[host-network]\n  a: 1\n  b: 2\n- a: 1\n",
        ["/items/0/a", "/items/0/b"],
        ["/items/1/a"],
    ),
    "text with low lines": (
        'a:\n  # kubelint: ignore[host-network]\n  b:\n    c: "x\n  y"\n    d: 1\n  e: 1\n',
        ["/a/b/d", "/a/b/c"],
        ["/a/e"],
    ),
    "two rules, two comments": (
        "# kubelint: ignore[writable-root]\n# kubelint: ignore[host-net , privileged-container] x\na: 1\n",
        ["/a"],
        [],
    ),
    "two in one comment": ("a: 1 # kubelint: ignore[pod-x] # kubelint: ignore[host-network] r\n", ["/a"], []),
    "behind other words": ("a: 1 # see 3. kubelint: ignore[host-network] r\n", ["/a"], []),
    "dense": ("a: 1 #kubelint:ignore[host-network]\n", ["/a"], []),
    "block text": ("a: | # kubelint: ignore[host-network]\n  x\nb: 1\n", ["/a"], ["/b"]),
    "in block text": ("a: |\n  # kubelint: ignore[host-network]\nb: 1 \n", [], ["/a", "/b"]),
    "in a string": ('a: "# kubelint: ignore[host-network]"\n', [], ["/a"]),
    "line ends": ("a: 1\r\n# kubelint: ignore[host-network]\r\nb: 1\r\n", ["/b"], ["/a"]),
    "empty value": ("a:\n# kubelint: ignore[host-network]\nb:\nc:\n", ["/b", "/b/x"], ["/a", "/c"]),
    "last line": ("a: 1\nb: 1 # kubelint: ignore[host-network]", ["/b"], ["/a"]),
    "byte order mark": ("\ufeff# kubelint: ignore[host-network]\na: 1\nb: 1\n", ["/a", "/b"], []),
    "dotted key": (
        "# x\na.b/c:\n  # kubelint: ignore[host-network]\n  ~x: 1\n  y: 1\n",
        ["/a.b~1c/~0x"],
        ["/a.b~1c/y"],
    ),
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_comments_in_all_places(name: str) -> None:
    text, covered, others = ELSEWHERE[name]
    file = File(text.lstrip("\ufeff"))
    assert {pointer: bool(file.judge(pointer)) for pointer in covered} == dict.fromkeys(covered, True)
    assert {pointer: bool(file.judge(pointer)) for pointer in others} == dict.fromkeys(others, False)


DOCUMENTS = [
    ("# kubelint: ignore[host-network]\n---\na: 1\nb: 1\n---\na: 1\n", [True, False]),
    ("---  # kubelint: ignore[host-network]\na: 1\nb: 1\n---\na: 1\n", [True, False]),
    ("a: 1\nb: 1\n---\n# kubelint: ignore[host-network]\na: 1\nb: 1\n", [False, True]),
    ("a: 1\nb: 1\n---\n# Source: x\n\n# kubelint: ignore[host-network]\n# y\na: 1\nb: 1\n", [False, True]),
    ("a: 1\nb: 1 # kubelint: ignore[host-network]\n---\na: 1\nb: 1\n", [True, False]),
]


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_a_comment_above_the_first_key_covers_its_document(text: str, expected: list[bool]) -> None:
    file = File(text)
    indexes = [document.index for document in file.documents if document.data is not None]
    pointers = ["/b" if "b" in file.documents[index].data else "/a" for index in indexes]
    got = [bool(file.judge(pointer, document=index)) for pointer, index in zip(pointers, indexes, strict=True)]
    assert got == expected


ALIASED = """\
base: &base
  user: 0
{above}
one: *base{behind}
two:
  <<: *base{merged}
three: *base
"""


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ({}, [False, False, False]),
        ({"behind": " # kubelint: ignore[host-network]"}, [True, False, False]),
        ({"merged": " # kubelint: ignore[host-network]"}, [False, True, False]),
        ({"above": "# kubelint: ignore[host-network]"}, [True, False, False]),
    ],
)
def test_the_alias_counts_as_well_as_the_anchor(places: dict[str, str], expected: list[bool]) -> None:
    pointers = ["/one/user", "/two/user", "/three/user"]
    file = File(ALIASED.format(**({"above": "", "behind": "", "merged": ""} | places)))
    assert [bool(file.judge(pointer)) for pointer in pointers] == expected
    anchored = File(ALIASED.format(above="", behind="", merged="").replace("0", "0 # kubelint: ignore[host-network]"))
    assert [bool(anchored.judge(pointer)) for pointer in pointers] == [True, True, True]


def test_other_related_places_do_not_count() -> None:
    file = File("a: 1 # kubelint: ignore[host-network]\nb: 1\n")
    related = Related("a.yaml", 1, 1, "the other object")
    elsewhere = Related("b.yaml", 1, 1, VIA_ALIAS)
    finding = file.finding("/b")._replace(related=(related, elsewhere))
    assert file.suppressions.apply([finding], file.documents) == [finding]


def test_a_refused_document_can_be_suppressed_by_line() -> None:
    file = File("a: 1\n---\na: [ # kubelint: ignore[yaml-syntax] r\nb: }\n")
    finding = found("yaml-syntax", 1, line=3)
    assert file.suppressions.apply([finding], ())[0].suppressed == Suppressed("comment", "r")


def test_a_crash_cannot_be_suppressed() -> None:
    file = File("a: 1 # kubelint: ignore[internal-error]\n")
    crash = found("internal-error", path="/a")
    assert file.suppressions.apply([crash], file.documents) == [crash]
    assert file.complaints() == [(1, 6, "internal-error cannot be suppressed")]


def test_what_the_configuration_suppressed_stays_so() -> None:
    file = File("a: 1 # kubelint: ignore[host-network] comment\n")
    finding = file.finding("/a")._replace(suppressed=Suppressed("configuration", "r"))
    assert file.suppressions.apply([finding], file.documents) == [finding]
    assert file.unused() == []


# Annotations

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: app
{object}
spec:
  replicas: 1
  template:
    metadata:
      name: pod
{template}
    spec:
      hostNetwork: true
      initContainers:
      - name: init
        image: x
      containers:
      - name: a
        image: x
      - name: b
        image: x
"""
POINTERS = {
    "replicas": "/spec/replicas",
    "pod": "/spec/template/spec/hostNetwork",
    "init": "/spec/template/spec/initContainers/0/image",
    "a": "/spec/template/spec/containers/0/image",
    "b": "/spec/template/spec/containers/1/securityContext/x",
}


def deployment(level: str, key: str, value: str) -> File:
    parts = {"object": "", "template": ""}
    indent = "  " if level == "object" else "      "
    parts[level] = f"{indent}annotations:\n{indent}  {key}: {value}"
    return File(DEPLOYMENT.format(**parts))


@pytest.mark.parametrize(
    ("level", "key", "covered"),
    [
        ("object", "kubelint.io/ignore", ["replicas", "pod", "init", "a", "b"]),
        ("template", "kubelint.io/ignore", ["pod", "init", "a", "b"]),
        ("object", "kubelint.io/ignore.a", ["a"]),
        ("template", "kubelint.io/ignore.b", ["b"]),
        ("template", "kubelint.io/ignore.init", ["init"]),
    ],
)
@pytest.mark.parametrize("named", [True, False])
def test_an_annotation_covers_what_holds_it(level: str, key: str, covered: list[str], named: bool) -> None:
    file = deployment(level, key, "host-network")
    assert file.complaints() == []
    containers = {"init", "a", "b"} if named else set()
    got = [
        name
        for name, pointer in POINTERS.items()
        if file.judge(pointer, container=name if name in containers else "") == Suppressed("annotation", "")
    ]
    assert got == covered
    assert file.unused() == []


@pytest.mark.parametrize(
    ("value", "rules", "reason"),
    [
        ("host-network", ["host-network"], ""),
        ("host-net", ["host-network"], ""),
        ("' host-network , privileged-container '", ["host-network", "privileged-container"], ""),
        ("host-network,privileged-container", ["host-network", "privileged-container"], ""),
        ("'host-network: a: b = c # d'", ["host-network"], "a: b = c # d"),
        ("'host-network, privileged-container: why'", ["host-network", "privileged-container"], "why"),
        ("host-network because of reasons", ["host-network"], "because of reasons"),
        ("'host-network :why'", ["host-network"], "why"),
        ("'host-network: privileged-container is needed'", ["host-network"], "privileged-container is needed"),
        ('"host-network:\\nwhy"', ["host-network"], "why"),
        ("host-network,", ["host-network"], ""),
    ],
)
def test_the_value_of_an_annotation(value: str, rules: list[str], reason: str) -> None:
    file = deployment("object", "kubelint.io/ignore", value)
    assert file.complaints() == []
    said = [(list(each.said.rules), each.said.reason) for each in file.suppressions.directives]
    assert said == [(rules, reason)]


WRONG_ANNOTATIONS = [
    ("kubelint.io/ignore", "host-netwrk", "unknown rule 'host-netwrk'; did you mean 'host-network'?"),
    ("kubelint.io/ignore", "pod", "'pod' is a group of rules: name the rules to suppress"),
    ("kubelint.io/ignore", "host-network privileged-container", "separate rules by commas"),
    ("kubelint.io/ignore", "''", "names no rule"),
    ("kubelint.io/ignore", "': why'", "names no rule"),
    ("kubelint.io/ignore", "true", "kubelint.io/ignore must be a string"),
    ("kubelint.io/ignore", "[host-network]", "kubelint.io/ignore must be a string"),
    ("kubelint.io/ignored", "host-network", "unknown annotation kubelint.io/ignored"),
    ("kubelint.io/ignore.", "host-network", "unknown annotation kubelint.io/ignore."),
    ("kubelint.io/ignore.c", "host-network", "there is no container 'c' here"),
    ("kubelint.io/disable", "host-network", "unknown annotation kubelint.io/disable"),
]


@pytest.mark.parametrize(("key", "value", "message"), WRONG_ANNOTATIONS)
def test_a_wrong_annotation_is_told_at_its_place(key: str, value: str, message: str) -> None:
    file = deployment("template", key, value)
    (complaint,) = file.suppressions.complaints
    assert message in complaint.message
    assert (complaint.rule, complaint.line, complaint.column) == ("bad-suppression", 12, 9)
    assert complaint.end_column == 9 + len(key)
    assert complaint.path == "/spec/template/metadata/annotations/" + key.replace("/", "~1")
    assert complaint.object == ObjectReference("apps/v1", "Deployment", "", "app")
    assert (complaint.source, complaint.docs) == ("t.yaml", "docs/rules/bad-suppression.md")


@pytest.mark.parametrize(
    "place", ["metadata:\n  labels:\n    ", "metadata:\n  ", "annotations:\n  ", "spec:\n  annotations:\n    "]
)
def test_an_annotation_in_the_wrong_place_is_told(place: str) -> None:
    file = File(f"apiVersion: v1\nkind: Pod\n{place}kubelint.io/ignore: host-network\n")
    assert [message for _, _, message in file.complaints()] == [
        "kubelint.io/ignore is read under metadata.annotations only"
    ]


def test_annotations_of_list_items_and_custom_resources_hold_for_them() -> None:
    annotated = "metadata: {annotations: {kubelint.io/ignore: host-network}}"
    text = f"apiVersion: v1\nkind: List\nitems:\n- kind: Pod\n  {annotated}\n  a: 1\n- kind: Pod\n  a: 1\n"
    file = File(text + f"---\napiVersion: x/v1\nkind: Rollout\nspec:\n  template:\n    {annotated}\n    a: 1\n  b: 1\n")
    assert [bool(file.judge(pointer)) for pointer in ("/items/0/a", "/items/1/a")] == [True, False]
    assert [bool(file.judge(pointer, document=1)) for pointer in ("/spec/template/a", "/spec/b")] == [True, False]


def test_objects_without_text_have_annotations_too() -> None:
    data = {"kind": "Pod", "metadata": {"annotations": {"kubelint.io/ignore": "host-network: r", "kubelint.io/x": ""}}}
    documents = [Document(None, 0, None, {"kind": "Pod"}), Document(None, 1, None, data)]
    suppressions = read_suppressions("<objects>", None, documents, STRICT, REGISTRY)
    findings = [found("host-network", index, "/spec", file="<objects>", line=0) for index in (0, 1)]
    judged = [finding.suppressed for finding in suppressions.apply(findings, documents)]
    assert judged == [None, Suppressed("annotation", "r")]
    assert [(each.line, each.document) for each in suppressions.complaints] == [(0, 1)]


# Comments that cannot be read

WRONG_COMMENTS = [
    "kubelint: ignore",
    "kubelint: ignore host-network",
    "kubelint: ignore[",
    "kubelint: ignore[host-network",
    "kubelint: ignore host-network]",
    "kubelint: disable[host-network]",
    "kubelint: ignored[host-network]",
    "kubelint: Ignore[host-network]",
    "Kubelint: ignore[host-network]",
    "KUBELINT ignore host-network",
    "kubelint ignore[host-network]",
    "kubelint-ignore[host-network]",
    "kubelint-disable host-network",
    "kubelint[host-network]",
    "kubelint:",
    "noqa # kubelint: skip",
]


@pytest.mark.parametrize("comment", WRONG_COMMENTS)
def test_an_unreadable_comment_is_told_at_its_place(comment: str) -> None:
    file = File(f"a: 1  # {comment}\n")
    assert file.complaints() == [(1, 7, "this is no directive: write `# kubelint: ignore[rule, …] reason`")]
    assert file.suppressions.complaints[0].end_column == 9 + len(comment)


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("kubelint: ignore[]", "names no rule"),
        ("kubelint: ignore[ , ]", "names no rule"),
        ("kubelint: ignore[host-netwok]", "unknown rule 'host-netwok'; did you mean 'host-network'?"),
        ("kubelint: ignore[pod]", "'pod' is a group of rules"),
        ("kubelint: ignore[CKV_K8S_16]", "'CKV_K8S_16' is a group of rules"),
        ("kubelint: ignore[host-network privileged-container]", "unknown rule 'host-network privileged-container'"),
        ("kubelint: ignore[host-network] expires=tomorrow", "'tomorrow' is no date"),
        ("kubelint: ignore[host-network] x expires=2026-02-30", "'2026-02-30' is no date"),
    ],
)
def test_a_wrong_list_is_told(comment: str, message: str) -> None:
    (complaint,) = File(f"a: 1  # {comment}\n").complaints()
    assert message in complaint[2]


@pytest.mark.parametrize(
    "comment",
    [
        "kubelint",
        "kubelint is run here",
        "see kubelint: the linter",
        "kubelint.io/ignore: x",
        "mykubelint: x",
        "ignore[x]",
    ],
)
def test_prose_is_no_directive(comment: str) -> None:
    file = File(f"a: 1  # {comment}\n")
    assert (file.complaints(), file.suppressions.directives) == ([], ())


MISPLACED = [
    "a:\n  b: 1\n  # kubelint: ignore[host-network]\nc: 1\n",
    "a:\n- b: 1\n  # kubelint: ignore[host-network]\n- b: 1\n",
    "a:\n- b: 1\n# kubelint: ignore[host-network]\n",
    "a: {\n b: 1\n # kubelint: ignore[host-network]\n}\n",
    "# kubelint: ignore[host-network]\n",
]


@pytest.mark.parametrize("text", MISPLACED)
def test_a_comment_below_what_it_is_for_is_told(text: str) -> None:
    file = File(text)
    (complaint,) = file.complaints()
    assert "put it above the key or item it is for" in complaint[2]
    assert file.suppressions.directives == ()


def test_the_known_rules_of_a_list_count() -> None:
    file = File("a: 1  # kubelint: ignore[host-network, nonsense] r\n")
    assert file.judge("/a") == Suppressed("comment", "r")
    assert len(file.complaints()) == 1


def test_complaints_follow_the_configuration_and_can_be_suppressed() -> None:
    text = "a: 1  # kubelint: ignore[newer-rule, bad-suppression] r\n"
    file = File(text)
    (complaint,) = file.suppressions.complaints
    assert complaint.suppressed == Suppressed("comment", "r")
    assert File(text, Config(ignore=("bad-suppression",))).complaints() == []
    assert File(text, Config(severity={"syntax": "low"})).suppressions.complaints[0].severity == "low"


# Hygiene


def test_unused_suppressions_are_told() -> None:
    file = File("a: 1  # kubelint: ignore[host-network, writable-root] r\nb: 1  # kubelint: ignore[host-network]\n")
    assert file.judge("/a")
    assert file.unused() == [
        (1, "this suppresses nothing of writable-root"),
        (2, "this suppresses nothing of host-network"),
    ]
    unused = file.suppressions.unused(STRICT, REGISTRY, {"host-network"})
    assert [(each.rule, each.line) for each in unused] == [("unused-suppression", 2)]
    assert file.suppressions.unused(Config(), REGISTRY, RAN) == []


def test_use_is_remembered_across_processes() -> None:
    file = File("a: 1  # kubelint: ignore[host-network] r\n")
    file.judge("/a")
    again: Suppressions = pickle.loads(pickle.dumps(file.suppressions))  # noqa: S301
    assert again.unused(STRICT, REGISTRY, RAN) == []
    assert again.apply([file.finding("/a")], file.documents)[0].suppressed


@pytest.mark.parametrize(
    ("reason", "held"),
    [
        ("expires=2026-06-01 r", True),
        ("r expires=2026-05-31", False),
        ("expires=2027-01-01", True),
        ("x expires=soon", True),
    ],
)
def test_an_expired_suppression_opens_the_finding_again(reason: str, held: bool) -> None:
    file = File(f"a: 1  # kubelint: ignore[host-network] {reason}\n")
    (judged,) = file.suppressions.apply([file.finding("/a")], file.documents)
    assert judged.suppressed == (Suppressed("comment", reason) if held else None)
    assert judged.related == (() if held else (Related("a.yaml", 1, 7, "this suppression held until 2026-05-31"),))
    assert file.unused() == []


def test_a_reason_can_be_required() -> None:
    config = STRICT._replace(require_reason=True)
    for reason in ("", " expires=2027-01-01"):
        file = File(f"a: 1  # kubelint: ignore[host-network]{reason}\n", config)
        assert file.judge("/a") is None
        assert file.complaints() == [(1, 7, "this suppression needs a reason: the configuration requires one")]
    assert File("a: 1  # kubelint: ignore[host-network] r\n", config).judge("/a")


def test_rules_can_be_kept_from_suppression() -> None:
    config = STRICT._replace(no_suppress=("host-net",))
    file = File("a: 1  # kubelint: ignore[host-network, writable-root] r\n", config)
    assert file.judge("/a") is None
    assert file.judge("/a", "writable-root")
    assert file.complaints() == [(1, 7, "the configuration lets no comment or annotation suppress host-network")]


# Cost and robustness


def test_files_without_the_word_are_not_looked_at() -> None:
    class Unread(Document):
        __slots__ = ()

        @property
        def data(self) -> Any:
            raise AssertionError

    source = Source("a.yaml", "a: 1\n")
    suppressions = read_suppressions("a.yaml", source, [Unread(source, 0, None)], STRICT, REGISTRY)
    assert suppressions.apply([found("host-network")], []) == [found("host-network")]


def seconds(text: str, pointers: list[str]) -> float:
    file = File(text)
    findings = [found("host-network", path=pointer, line=1) for pointer in pointers]
    # As in a run: a collection would take its time for what other tests have left behind.
    with without_collector():
        started = time.process_time()
        again = read_suppressions("a.yaml", file.source, file.documents, STRICT, REGISTRY)
        again.apply(findings, file.documents)
        return time.process_time() - started


@pytest.mark.parametrize("kind", ["comments", "stacked", "annotations"])
def test_cost_grows_with_the_length(kind: str) -> None:
    def text(count: int) -> str:
        if kind == "stacked":
            return "# kubelint: ignore[host-network]\n" * count + "items:\n" + "- a: 1\n" * count
        if kind == "comments":
            return "items:\n" + "# kubelint: ignore[host-network]\n- a: 1\n" * count
        return "items:\n" + "- metadata: {annotations: {kubelint.io/ignore: host-network}}\n" * count

    small, large = (min(seconds(text(n), [f"/items/{i}/a" for i in range(n)]) for _ in range(3)) for n in (300, 1200))
    assert large < small * 4 * 3


WORDS = st.sampled_from(
    ["kubelint", ":", " ", "ignore", "[", "]", "host-network", ",", "#", "\n", "a: ", "- ", "x", "expires=", "&a "]
)


@given(st.lists(WORDS, max_size=25).map("".join))
def test_any_text_is_read(text: str) -> None:
    file = File("# " + text)
    for finding in file.suppressions.complaints:
        assert 1 <= finding.line <= text.count("\n") + 1
    file.suppressions.apply([found("host-network", path="/a/0/b")], file.documents)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("ab-,: ", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["metadata", "annotations", "kubelint.io/ignore", "kubelint.io/ignore.a", "containers", "name"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=10,
)


@given(PLAIN)
def test_any_object_is_read(data: Any) -> None:
    documents = [Document(None, 0, None, data)]
    suppressions = read_suppressions("x", None, documents, STRICT, REGISTRY)
    assert len(suppressions.apply([found("host-network", path="/metadata")], documents)) == 1


def test_many_containers_with_annotations_of_their_own_take_linear_time() -> None:
    names = [f"c{number}" for number in range(5000)]
    annotations = {f"kubelint.io/ignore.{name}": "host-network: known" for name in names}
    spec = {"containers": [{"name": name} for name in names]}
    documents = [Document(None, 0, None, {"metadata": {"annotations": annotations}, "spec": spec})]
    findings = [found("host-network", path="/spec", container=name) for name in names]
    findings += [found("host-network", path=f"/spec/containers/{index}/image") for index in range(len(names))]
    started = time.process_time()
    suppressions = read_suppressions("x", None, documents, Config(), REGISTRY)
    judged = suppressions.apply([*findings, found("host-network", path="/spec")], documents)
    assert time.process_time() - started < 5
    assert [each.suppressed is None for each in judged] == [*[False] * 10_000, True]
    assert suppressions.unused(Config(), REGISTRY, RAN) == []


# The documentation


EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "docs" / "suppressing.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_the_documentation_are_read(text: str) -> None:
    documents = parse(text, name="a.yaml")
    found = read_suppressions("a.yaml", documents[0].source, documents, Config(), load())
    assert len(found.directives) == 2
    assert not [each.message for each in found.complaints if "no container" not in each.message]
