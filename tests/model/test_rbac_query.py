"""Questions as users write them."""

from __future__ import annotations

import pytest

from kubelint_py.errors import ConfigError
from kubelint_py.model.rbac_query import Question, answer, doubts, read_question, read_subject_name, subject_name
from kubelint_py.rbac import Permissions, Subject
from tests.model.rbac_objects import account, bind, bind_cluster, cluster_role, role, rule, user

SET = Permissions(
    [
        cluster_role("orders", rule("get,list", "orders", "shop.example.com"), rule("get", urls="/metrics")),
        bind_cluster("orders", user("alice")),
        role("secrets", rule("get,create", "secrets", names="a"), rule("create", "pods/exec"), namespace="shop"),
        bind("Role/secrets", account("web"), namespace="shop"),
        cluster_role("nodes", rule("get", "nodes,namespaces")),
        bind("ClusterRole/nodes", user("bob"), namespace="shop"),
    ]
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sa:shop/web", Subject("ServiceAccount", "shop", "web")),
        ("sa:web", Subject("ServiceAccount", "default", "web")),
        ("system:serviceaccount:shop:web", Subject("ServiceAccount", "shop", "web")),
        ("user:system:serviceaccount:shop:web", Subject("ServiceAccount", "shop", "web")),
        ("user:alice", Subject("User", "", "alice")),
        ("alice@example.com", Subject("User", "", "alice@example.com")),
        ("group:system:authenticated", Subject("Group", "", "system:authenticated")),
    ],
)
def test_subjects(text: str, expected: Subject) -> None:
    assert read_subject_name(text) == expected


@pytest.mark.parametrize("text", ["sa:shop/web", "user:alice", "group:system:authenticated"])
def test_a_subject_is_written_as_it_is_read(text: str) -> None:
    assert subject_name(read_subject_name(text)) == text


@pytest.mark.parametrize("text", ["", "sa:", "sa:shop/", "sa:a/b/c", "sa:/web", "user:", "group:"])
def test_nobody_is_refused(text: str) -> None:
    with pytest.raises(ConfigError):
        read_subject_name(text)


@pytest.mark.parametrize(
    ("verb", "what", "expected"),
    [
        ("get", "pods", Question("get", ("",), "pods")),
        ("get", "po", Question("get", ("",), "pods")),
        ("get", "Pod", Question("get", ("",), "pods")),
        ("create", "pods/exec", Question("create", ("",), "pods", "exec")),
        ("get", "pods/web-0", Question("get", ("",), "pods", "", "web-0")),
        ("create", "pods/web-0/exec", Question("create", ("",), "pods", "exec", "web-0")),
        ("get", "secrets/database", Question("get", ("",), "secrets", "", "database")),
        ("list", "deployments", Question("list", ("apps",), "deployments")),
        ("list", "deployments.apps", Question("list", ("apps",), "deployments")),
        ("list", "deploy.v1.apps", Question("list", ("apps",), "deployments")),
        ("list", "deployments.extensions", Question("list", ("extensions",), "deployments")),
        ("update", "deployments.apps/scale", Question("update", ("apps",), "deployments", "scale")),
        ("get", "orders", Question("get", ("shop.example.com",), "orders")),
        ("get", "unknown", Question("get", ("",), "unknown")),
        ("get", "/metrics", Question("get", path="/metrics", namespace="")),
        ("get", "nodes", Question("get", ("",), "nodes", namespace="")),
        ("*", "*", Question("*", ("",), "*")),
    ],
)
def test_questions(verb: str, what: str, expected: Question) -> None:
    assert read_question(verb, what, SET) == expected


def test_options_settle_what_is_ambiguous() -> None:
    asked = read_question("get", "secrets/status", SET, subresource="x", name="", namespace="shop")
    assert asked == Question("get", ("",), "secrets", "x", "status", "shop")


@pytest.mark.parametrize(("verb", "what"), [("", "pods"), ("get", ""), ("get", "/")])
def test_incomplete_questions_are_refused(verb: str, what: str) -> None:
    with pytest.raises(ConfigError):
        read_question(verb, what, SET)


@pytest.mark.parametrize(
    ("verb", "what", "namespace", "expected"),
    [
        ("get", "orders", "", ["User alice"]),
        ("get", "orders", "shop", ["User alice"]),
        ("get", "/metrics", "", ["User alice"]),
        ("get", "secrets", "", ["ServiceAccount shop/web"]),
        ("get", "secrets/a", "shop", ["ServiceAccount shop/web"]),
        ("get", "secrets/b", "", []),
        ("get", "secrets/a", "edge", []),
        ("create", "secrets", "", []),
        ("create", "pods/exec", "", ["ServiceAccount shop/web"]),
        ("get", "nodes", "", []),
        ("get", "namespaces/shop", "shop", ["User bob"]),
    ],
)
def test_answers(verb: str, what: str, namespace: str, expected: list[str]) -> None:
    question = read_question(verb, what, SET, namespace=namespace)
    assert [str(grant.subject) for grant in answer(question, SET)] == expected


def test_questions_read_as_they_were_asked() -> None:
    assert str(read_question("create", "pods/exec", SET, namespace="shop")) == "create pods/exec in namespace shop"
    assert str(read_question("get", "deploy/web", SET)) == "get deployments.apps/web"
    assert str(read_question("create", "pods/web-0/exec", SET)) == "create pods/web-0/exec"
    assert str(read_question("get", "/metrics", SET)) == "get /metrics"


@pytest.mark.parametrize(
    ("verb", "what", "words"),
    [
        ("get", "pods", []),
        ("*", "*", []),
        ("get", "orders", []),
        ("sell", "orders", ["verb 'sell'"]),
        ("read", "podz", ["verb 'read'", "resource 'podz'"]),
        ("get", "/metrics", []),
        ("watch", "/metrics", ["verb 'watch'"]),
        ("create", "pods/exec", []),
    ],
)
def test_words_that_nothing_knows_are_told(verb: str, what: str, words: list[str]) -> None:
    told = list(doubts(read_question(verb, what, SET), SET))
    assert len(told) == len(words)
    assert all(word in doubt for word, doubt in zip(words, told, strict=True))
