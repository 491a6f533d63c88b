"""Identities: aliases, defaults and the groups Kubernetes adds."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_py.rbac import Permissions, Subject
from tests.model.rbac_objects import account, bind, bind_cluster, cluster_role, group, rule, user

WEB = "system:serviceaccount:shop:web"


@pytest.mark.parametrize(
    ("subject", "in_namespace", "cluster_wide"),
    [
        (account("web", "shop"), True, True),
        (account("web"), True, False),
        (account("web", "bank"), False, False),
        (account("other", "shop"), False, False),
        (user(WEB), True, True),
        (user("web"), False, False),
        (user("system:serviceaccount:shop:we"), False, False),
        (group("system:serviceaccounts:shop"), True, True),
        (group(WEB), False, False),
        ({"kind": "serviceaccount", "name": "web", "namespace": "shop"}, False, False),
        ({"kind": "ServiceAccount", "name": "web", "namespace": ""}, True, False),
        ({"kind": "ServiceAccount", "name": "web", "namespace": None}, True, False),
        ({"kind": "ServiceAccount", "name": "web", "namespace": 7}, False, False),
        ({"kind": "ServiceAccount", "name": "", "namespace": "shop"}, False, False),
        ({"kind": "ServiceAccount", "name": "web", "namespace": "shop", "apiGroup": "wrong"}, True, True),
    ],
)
def test_service_account_subjects(subject: dict[str, Any], in_namespace: bool, cluster_wide: bool) -> None:
    held = cluster_role("r", rule("get", "pods"))
    asked = {"verb": "get", "resource": "pods", "namespace": "shop"}
    groups = ["system:serviceaccounts:shop"]
    scoped = Permissions([held, bind("ClusterRole/r", subject, namespace="shop")])
    assert scoped.allows(WEB, groups, **asked) is in_namespace
    assert Permissions([held, bind_cluster("r", subject)]).allows(WEB, groups, **asked) is cluster_wide


@pytest.mark.parametrize(
    ("name", "subject"),
    [
        (WEB, Subject("ServiceAccount", "shop", "web")),
        ("alice", Subject("User", "", "alice")),
        ("system:serviceaccount:shop", Subject("User", "", "system:serviceaccount:shop")),
        ("system:serviceaccount::web", Subject("User", "", "system:serviceaccount::web")),
        ("system:serviceaccount:shop:", Subject("User", "", "system:serviceaccount:shop:")),
        ("system:serviceaccount:a:b:c", Subject("User", "", "system:serviceaccount:a:b:c")),
    ],
)
def test_a_user_name_is_one_identity(name: str, subject: Subject) -> None:
    assert Subject.user(name) == subject
    assert subject.username == name


def test_odd_account_names_compare_as_the_user_name_they_make() -> None:
    assert (
        Subject.service_account("a", "b:c")
        == Subject.service_account("a:b", "c")
        == Subject.user("system:serviceaccount:a:b:c")
    )
    assert Subject.group("devs").username == ""
    assert str(Subject.user(WEB)) == "ServiceAccount shop/web"


@pytest.mark.parametrize(
    ("subject", "groups"),
    [
        (Subject.user(WEB), ["system:serviceaccounts:shop", "system:serviceaccounts", "system:authenticated"]),
        (Subject.user("alice"), ["system:authenticated"]),
        (Subject.user("system:anonymous"), ["system:unauthenticated"]),
        (Subject.user("system:node:n1"), ["system:nodes", "system:authenticated"]),
        (Subject.group("devs"), ["system:authenticated"]),
        (Subject.group("system:serviceaccounts:shop"), ["system:serviceaccounts", "system:authenticated"]),
        (Subject.group("system:serviceaccounts"), ["system:authenticated"]),
        (Subject.group("system:authenticated"), []),
        (Subject.group("system:unauthenticated"), []),
    ],
    ids=str,
)
def test_groups_kubernetes_adds(subject: Subject, groups: list[str]) -> None:
    assert [member.name for member in subject.groups] == groups


def test_subjects_are_those_bindings_name_and_the_accounts_of_the_set() -> None:
    permissions = Permissions(
        [
            bind("Role/missing", account("web"), user(WEB), user("alice"), namespace="shop"),
            bind_cluster("missing", account("lost"), group("devs"), {"kind": "Robot", "name": "r"}),
            {"apiVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "idle", "namespace": "shop"}},
            {"apiVersion": "example.com/v1", "kind": "ServiceAccount", "metadata": {"name": "foreign"}},
        ]
    )
    expected = ["Group devs", "ServiceAccount shop/idle", "ServiceAccount shop/web", "User alice"]
    assert [str(subject) for subject in permissions.subjects()] == expected
