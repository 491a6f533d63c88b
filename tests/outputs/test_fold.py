from __future__ import annotations

from kubelint_py.finding import ObjectReference, Related
from kubelint_py.outputs._fold import fold
from tests.outputs.sample import finding, privileged


def containers(*findings: object) -> list[list[str]]:
    return [[each.container for each in entry.members] for entry in fold(findings)]  # type: ignore[arg-type]


def test_same_finding_on_two_containers() -> None:
    first, second = privileged("app", 0), privileged("proxy", 1)
    assert fold([first, second]) == [(first, (first, second))]


def test_single_findings_have_no_members() -> None:
    assert containers(privileged("app", 0), finding()) == [[], []]


def test_names_may_be_quoted_or_not() -> None:
    def say(text: str) -> list[list[str]]:
        return containers(
            privileged("app", 0, message=text.format("app")), privileged("apple", 1, message=text.format("apple"))
        )

    for text in ("container {} runs", 'container "{}" runs', "container `{}` runs", "{}: runs", "runs"):
        assert say(text) == [["app", "apple"]], text


def test_a_name_that_is_a_word_of_the_message() -> None:
    text = "container {!r} has a container runtime socket"
    first = privileged("a", 0, message=text.format("a"))
    second = privileged("container", 1, message=text.format("container"))
    assert containers(first, second) == [["a", "container"]]


def test_what_differs_is_not_folded() -> None:
    first = privileged("app", 0)
    for change in (
        {"rule": "other"},
        {"severity": "low"},
        {"file": "other.yaml"},
        {"document": 1},
        {"object": ObjectReference("apps/v1", "Deployment", "shop", "other")},
        {"related": (Related("a", 1, 1, "x"),)},
        {"source": "chart/x.yaml"},
        {"message": "container 'proxy' is otherwise bad"},
    ):
        assert len(fold([first, privileged("proxy", 1)._replace(**change)])) == 2, change


def test_a_second_finding_on_a_container_opens_a_second_entry() -> None:
    ports = [privileged(name, 0, message="port is bad", line=line) for line, name in enumerate("aabb", 1)]
    assert containers(*ports) == [["a", "b"], ["a", "b"]]
