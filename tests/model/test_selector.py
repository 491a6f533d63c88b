from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.model import selector as sel

LABELS = {"app": "web", "tier": "front", "empty": ""}


def matches(selector: Any, labels: Any) -> bool:
    return sel.satisfied(sel.requirements(selector), labels)


def is_empty(selector: Any) -> bool:
    return sel.requirements(selector) == ()


def maybe(selector: Any, labels: Any, unknown: Callable[[str], bool]) -> bool | None:
    return sel.maybe_satisfied(sel.requirements(selector), labels, unknown)


def expression(key: Any, operator: Any, *values: Any) -> dict[str, Any]:
    item = {"key": key, "operator": operator}
    return {"matchExpressions": [{**item, "values": list(values)} if values else item]}


TRUTH = [
    ({}, True),
    ({"matchLabels": {}}, True),
    ({"matchLabels": None, "matchExpressions": None}, True),
    ({"matchExpressions": []}, True),
    ({"matchLabels": {"app": "web"}}, True),
    ({"matchLabels": {"app": "web", "tier": "front"}}, True),
    ({"matchLabels": {"app": "web", "tier": "back"}}, False),
    ({"matchLabels": {"zone": "a"}}, False),
    ({"matchLabels": {"App": "web"}}, False),
    ({"matchLabels": {"app": "Web"}}, False),
    ({"matchLabels": {"empty": ""}}, True),
    ({"matchLabels": {"empty": None}}, True),
    ({"matchLabels": {"zone": ""}}, False),
    (expression("app", "In", "web", "api"), True),
    (expression("app", "In", "api"), False),
    (expression("zone", "In", "a"), False),
    (expression("app", "NotIn", "web", "api"), False),
    (expression("app", "NotIn", "api"), True),
    (expression("zone", "NotIn", "a"), True),
    (expression("app", "Exists"), True),
    (expression("empty", "Exists"), True),
    (expression("zone", "Exists"), False),
    (expression("app", "DoesNotExist"), False),
    (expression("zone", "DoesNotExist"), True),
    ({"matchLabels": {"app": "web"}, **expression("tier", "In", "front")}, True),
    ({"matchLabels": {"app": "web"}, **expression("tier", "NotIn", "front")}, False),
    ({"matchLabels": {"app": "api"}, **expression("tier", "In", "front")}, False),
    ({"matchLabels": {"example.com/app": "web"}}, False),
    # The decoder drops a field it does not know, so this is the empty selector.
    ({"app": "db"}, True),
]

MALFORMED = [
    None,
    [],
    "app=web",
    1,
    True,
    {"matchLabels": []},
    {"matchLabels": "app"},
    {"matchLabels": {"app": True}},
    {"matchLabels": {"app": 1}},
    {"matchLabels": {"app": ["web"]}},
    {"matchLabels": {1: "web"}},
    {"matchLabels": {"": ""}},
    {"matchLabels": {"app/": "web"}},
    {"matchLabels": {"/app": "web"}},
    {"matchLabels": {"a/b/c": "web"}},
    {"matchLabels": {"Example.com/app": "web"}},
    {"matchLabels": {"app": "-web"}},
    {"matchLabels": {"app": "web\n"}},
    {"matchLabels": {"app": "w" * 64}},
    {"matchLabels": {"a" * 64: "web"}},
    {"matchLabels": {f"{'a' * 254}/a": "web"}},
    {"matchExpressions": {}},
    {"matchExpressions": [None]},
    {"matchExpressions": ["app"]},
    {"matchExpressions": [{"key": "app", "operator": "In"}]},
    {"matchExpressions": [{"key": "zone", "operator": "NotIn", "values": []}]},
    {"matchExpressions": [{"key": "zone", "operator": "NotIn", "values": "a"}]},
    {"matchExpressions": [{"operator": "DoesNotExist"}]},
    {"matchExpressions": [{"key": "zone"}]},
    expression("zone", "NotIn", 1),
    expression("zone", "NotIn", ["a"]),
    expression("app", "Exists", "web"),
    expression("zone", "DoesNotExist", "a"),
    expression("zone", "notin", "a"),
    expression("zone", "Equals", "a"),
    expression("zone", ["NotIn"], "a"),
    expression(["zone"], "DoesNotExist"),
    {"matchLabels": {"app": "web"}, "matchExpressions": [{"key": "app", "operator": "Gt", "values": ["1"]}]},
]


@pytest.mark.parametrize(("selector", "expected"), TRUTH)
def test_matches(selector: Any, expected: bool) -> None:
    assert matches(selector, LABELS) is expected
    assert maybe(selector, LABELS, lambda _key: False) is expected


@pytest.mark.parametrize("selector", MALFORMED)
def test_a_malformed_selector_matches_nothing(selector: Any) -> None:
    assert sel.requirements(selector) is None
    assert matches(selector, LABELS) is False
    assert matches(selector, {}) is False
    assert maybe(selector, {}, lambda _key: True) is False
    assert not is_empty(selector)


def test_longest_keys_and_values_are_valid() -> None:
    key = f"{'a' * 253}/{'b' * 63}"
    assert matches({"matchLabels": {key: "v" * 63}}, {key: "v" * 63})


@pytest.mark.parametrize("value", [True, 1, ["web"]])
def test_a_label_that_is_no_string_equals_nothing(value: Any) -> None:
    labels: Any = {"app": value}
    assert not matches({"matchLabels": {"app": "web"}}, labels)
    assert not sel.matches_map({"app": value}, labels)
    assert matches(expression("app", "Exists"), labels)
    assert matches(expression("app", "NotIn", "web"), labels)


def test_a_null_label_is_an_empty_one() -> None:
    labels: Any = {"app": None}
    assert matches({"matchLabels": {"app": ""}}, labels)
    assert sel.matches_map({"app": ""}, labels)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({"app": "web"}, True),
        ({"app": "web", "tier": "front"}, True),
        ({"app": "web", "tier": "back"}, False),
        ({"zone": "a"}, False),
        ({"zone": None}, False),
        ({"empty": None}, True),
        ({}, False),
        (None, False),
        ([], False),
        ("app", False),
        ({"app": 1}, False),
        ({"app": ["web"]}, False),
    ],
)
def test_matches_map(selector: Any, expected: bool) -> None:
    assert sel.matches_map(selector, LABELS) is expected


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({}, True),
        ({"matchLabels": {"pod-template-hash": "abc"}}, None),
        (expression("pod-template-hash", "DoesNotExist"), None),
        (expression("job-name", "Exists"), None),
        ({"matchLabels": {"app": "web", "controller-uid": "1"}}, None),
        ({"matchLabels": {"app": "api", "controller-uid": "1"}}, False),
        ({"matchLabels": {"controller-uid": "1"}, **expression("app", "Exists", "x")}, False),
        ({"matchLabels": {"app": "web"}}, True),
    ],
)
def test_labels_of_controllers_are_unknown(selector: Any, expected: bool | None) -> None:
    assert maybe(selector, LABELS, sel.set_by_controller) is expected


def test_a_written_label_is_known() -> None:
    labels = {"job-name": "a"}
    assert maybe({"matchLabels": {"job-name": "a"}}, labels, sel.set_by_controller) is True
    assert maybe({"matchLabels": {"job-name": "b"}}, labels, sel.set_by_controller) is False


@pytest.mark.parametrize("key", sorted(sel.CONTROLLER_LABELS))
def test_controller_labels_are_valid_keys(key: str) -> None:
    assert sel.set_by_controller(key)
    assert sel.valid_key(key)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [({}, True), ({"matchLabels": {}}, True), ({"matchExpressions": None}, True), ({"matchLabels": {"a": "b"}}, False)],
)
def test_is_empty(selector: Any, expected: bool) -> None:
    assert is_empty(selector) is expected


WORDS = st.sampled_from(["app", "web", "In", "NotIn", "Exists", "key", "values", "operator", "matchLabels", ""])
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(WORDS | st.integers() | st.none(), inner, max_size=3)
        | st.fixed_dictionaries({}, optional={"matchLabels": inner, "matchExpressions": inner})
        | st.fixed_dictionaries({}, optional={"key": inner, "operator": inner, "values": inner})
    ),
    max_leaves=15,
)


@given(PLAIN, st.dictionaries(WORDS, PLAIN, max_size=3))
def test_nothing_raises(selector: Any, labels: Any) -> None:
    answer = matches(selector, labels)
    assert answer in {True, False}
    assert maybe(selector, labels, lambda _key: False) is answer
    assert maybe(selector, labels, lambda _key: True) in {answer, None}
    assert sel.matches_map(selector, labels) in {True, False}
    if is_empty(selector):
        assert answer


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["In", "NotIn", "Exists", "DoesNotExist"]), WORDS), max_size=4
    ),
    st.dictionaries(st.sampled_from("abc"), WORDS, max_size=3),
    st.dictionaries(st.sampled_from("abc"), WORDS, max_size=3),
)
def test_an_answer_that_is_known_holds_whatever_is_unknown(
    items: list[tuple[str, str, str]], known: dict[str, str], rest: dict[str, str]
) -> None:
    selector = {
        "matchExpressions": [
            {"key": key, "operator": operator, "values": [value] if operator.endswith("In") else []}
            for key, operator, value in items
        ]
    }
    answer = maybe(selector, known, lambda _key: True)
    if answer is not None:
        assert matches(selector, {**rest, **known}) is answer
