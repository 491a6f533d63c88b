"""The table of dangerous rights, and what of it rules and roles give."""

from __future__ import annotations

import re

import pytest

from kubelint_py.data.rbac_primitives import PRIMITIVES, STEPS, Right, by_id
from kubelint_py.data.rbac_resources import VERBS, api_groups, api_resources, resource_names
from kubelint_py.model.rbac_primitive import is_limited, rights, ways
from kubelint_py.model.rbac_rights import Rights, is_namespaced, works_in_namespace
from kubelint_py.model.rbac_rule import Rule
from kubelint_py.registry import load
from tests.conftest import ROOT
from tools.rbac_table import table

EVERYTHING = Rule(("*",), ("*",), ("*",))
RULES = load().rules
WITH_RULE = [row for row in PRIMITIVES if row.id in RULES]


def given(rule: Rule, *, cluster: bool = True) -> set[str]:
    return {part.primitive for part in rights(rule, cluster)}


def every_right() -> list[Right]:
    rows = [right for row in PRIMITIVES for way in row.ways for right in way]
    return rows + [right for _, several in STEPS.values() for right in several]


def test_rows_have_one_id_each_and_say_what_to_cut() -> None:
    assert len(by_id()) == len(PRIMITIVES)
    for row in PRIMITIVES:
        assert row.allows
        assert row.cut
        assert all(by_id()[stronger].id != row.id for stronger in row.implied_by)


def test_rights_name_what_the_api_server_serves() -> None:
    for right in every_right():
        for group in set(right.api_groups) & api_groups():
            for resource in right.resources:
                plain, _, subresource = resource.partition("/")
                found = [each for each in api_resources()[plain] if each.group == group]
                assert found or len(right.api_groups) > 1, right
                assert not subresource or subresource in found[0].subresources, right
        assert all(verb in VERBS or verb.startswith("impersonate:") for verb in right.verbs), right


@pytest.mark.parametrize("row", WITH_RULE, ids=lambda row: row.id)
def test_rules_agree_with_their_row(row: object) -> None:
    assert isinstance(row, type(PRIMITIVES[0]))
    rule = RULES[row.id]
    assert rule.severity == row.severity
    assert set(row.implied_by) <= set(rule.implied_by)


def test_every_row_that_is_named_like_a_rule_has_one() -> None:
    assert [row.id for row in PRIMITIVES if row.id.startswith("rbac-") and row.id not in RULES] == []


def test_everything_gives_every_row() -> None:
    assert given(EVERYTHING) == {row.id for row in PRIMITIVES if row.ways}


def test_in_one_namespace_cluster_scoped_resources_do_not_count() -> None:
    there = given(EVERYTHING, cluster=False)
    assert {"rbac-read-secrets", "rbac-bind", "rbac-pod-exec", "namespace-labels"} <= there
    assert there.isdisjoint({"rbac-node-proxy", "rbac-admission-webhooks", "rbac-create-persistent-volumes"})
    assert "rbac-approve-csr" not in there


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(("create",), ("",), ("pods",)), {"rbac-create-pods"}),
        (Rule(("create",), ("",), ("pods",), ("a",)), set()),
        (Rule(("get",), ("*",), ("*/proxy",)), {"rbac-node-proxy", "rbac-port-forward"}),
        (Rule(("get",), ("",), ("pods/*",)), set()),
        (Rule(("GET",), ("",), ("secrets",)), set()),
        (Rule(("create",), ("",), ("pods/exec",), ("a",)), {"rbac-pod-exec"}),
        (Rule(("update",), ("constraints.gatekeeper.sh",), ("anything",)), {"rbac-policy-objects"}),
        (Rule(("approve",), ("certificates.k8s.io",), ("signers",), ("example.com/x",)), set()),
        (Rule(("approve",), ("certificates.k8s.io",), ("signers",)), {"rbac-approve-csr"}),
        (Rule(("impersonate",), ("authentication.k8s.io",), ("userextras/scopes",)), {"rbac-impersonate"}),
        (Rule(("get",), non_resource_urls=("*",)), set()),
    ],
)
def test_what_a_rule_gives(rule: Rule, expected: set[str]) -> None:
    assert given(rule) == expected


def test_rights_that_are_needed_together_come_from_several_rules() -> None:
    approve = Rule(("approve",), ("certificates.k8s.io",), ("signers",))
    update = Rule(("update",), ("certificates.k8s.io",), ("certificatesigningrequests/approval",))
    assert list(ways([rights(approve)], "rbac-approve-csr")) == []
    (way,) = ways([rights(approve), rights(update)], "rbac-approve-csr")
    assert [[index for index, _ in part] for part in way] == [[1], [0]]


@pytest.mark.parametrize(
    ("primitive", "rule", "limited"),
    [
        ("rbac-read-secrets", Rule(("get",), ("",), ("secrets",), ("a",)), True),
        ("rbac-read-secrets", Rule(("get",), ("",), ("secrets",)), False),
        ("rbac-bind", Rule(("bind",), ("rbac.authorization.k8s.io",), ("clusterroles",), ("view",)), True),
        ("rbac-bind", Rule(("bind",), ("rbac.authorization.k8s.io",), ("clusterroles",), ("cluster-admin",)), False),
        ("rbac-create-pods", Rule(("patch",), ("apps",), ("deployments",), ("a",)), False),
    ],
)
def test_names_limit_what_a_name_can_limit(primitive: str, rule: Rule, limited: bool) -> None:
    (way,) = ways([rights(rule)], primitive)
    assert is_limited(way, primitive) is limited


@pytest.mark.parametrize(
    ("resource", "verb", "works"),
    [
        ("pods", "get", True),
        ("pods/exec", "create", True),
        ("nodes", "get", False),
        ("nodes/proxy", "get", False),
        ("namespaces", "get", True),
        ("namespaces", "list", False),
        ("namespaces", "create", False),
        ("clusterroles", "bind", True),
        ("clusterroles", "escalate", False),
        ("podsecuritypolicies", "use", True),
        ("podsecuritypolicies", "get", False),
        ("orders", "sell", True),
    ],
)
def test_what_a_role_binding_can_give(resource: str, verb: str, works: bool) -> None:
    assert works_in_namespace(resource, verb) is works


def test_users_and_signers_are_not_in_namespaces() -> None:
    assert not any(map(is_namespaced, ("users", "groups", "userextras/scopes", "signers")))


def test_kubectl_names_lead_to_resources() -> None:
    names = resource_names()
    assert {short: names[short].name for short in ("po", "deploy", "netpol", "pod", "ingress", "sa", "ev")} == {
        "po": "pods",
        "deploy": "deployments",
        "netpol": "networkpolicies",
        "pod": "pods",
        "ingress": "ingresses",
        "sa": "serviceaccounts",
        "ev": "events",
    }
    assert names["deployments"].group == "apps"
    assert names["ingresses"].group == "networking.k8s.io"


def test_a_table_of_ones_own() -> None:
    table = Rights([("sell", Right(("sell",), ("shop.example.com",), ("orders",)))])
    found = table.given_by(Rule(("sell", "get"), ("shop.example.com",), ("orders", "baskets"), ("a",)))
    assert found["sell"] == (("orders",), ("sell",), ("a",))


def test_the_documentation_shows_the_table() -> None:
    text = (ROOT / "docs" / "rbac.md").read_text(encoding="utf-8")
    shown = table()
    assert shown in text, "run python -m tools.rbac_table and put the table into docs/rbac.md"
    assert all(row.allows in shown and row.cut in shown for row in PRIMITIVES)
    linked = set(re.findall(r"\(rules/([a-z-]+)\.md\)", text))
    assert {row.id for row in WITH_RULE} < linked <= set(RULES)
