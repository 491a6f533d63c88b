from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.network import Endpoint, Identity, Isolation

DATA = Path(__file__).parent.parent / "data" / "network" / "flows.jsonl.gz"
WEB = Endpoint("shop", {"app": "web"}, "10.1.2.3")
DB = Endpoint("shop", {"app": "db"}, "10.1.2.9")
OPS = Endpoint("ops", {"app": "web"}, "10.9.9.9")
OUTSIDE = Endpoint("", {}, "8.8.8.8")


def policy(name: str = "p", namespace: str | None = "shop", **spec: Any) -> dict[str, Any]:
    metadata = {"name": name, "namespace": namespace} if namespace else {"name": name}
    return {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata, "spec": spec}


def namespace(name: str, **labels: Any) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}


SET = [namespace("shop", team="a"), namespace("ops", team="b")]


def ingress(rules: Any, source: Endpoint = OPS, port: int | None = 80, name: str = "", protocol: str = "TCP") -> Any:
    """The answer for a connection to DB when all pods of its namespace have these ingress rules."""
    isolation = Isolation([*SET, policy(podSelector={}, ingress=rules)])
    return isolation.allows(source, DB, port, name, protocol).ingress


def from_peer(*peers: Any) -> list[Any]:
    return [{"from": list(peers)}]


def test_flows_agree() -> None:
    count, wrong = 0, []
    for line in gzip.decompress(DATA.read_bytes()).splitlines():
        row = json.loads(line)
        isolation = Isolation(
            [*(namespace(name, **labels) for name, labels in row["namespaces"].items()), *row["policies"]]
        )
        for flow in row["flows"]:
            source, destination = (Endpoint(e["namespace"], e["labels"], e["ip"]) for e in (flow["from"], flow["to"]))
            verdict = isolation.allows(source, destination, flow["port"], flow["portName"], flow["protocol"])
            count += 1
            if (verdict.ingress, verdict.egress) != (flow["ingress"], flow["egress"]):
                wrong.append((row["id"], flow))
    assert count == 2400
    assert wrong == []


# What looks alike


@pytest.mark.parametrize(
    ("spec", "isolated", "classes"),
    [
        ({"podSelector": {}}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "policyTypes": ["Ingress"]}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "policyTypes": ["Egress"]}, (False, True), ("unrestricted", "deny-all")),
        ({"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}, (True, True), ("deny-all", "deny-all")),
        ({}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "policyTypes": []}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "policyTypes": None}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "ingress": []}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "ingress": None}, (True, False), ("deny-all", "unrestricted")),
        ({"podSelector": {}, "ingress": [{}]}, (True, False), ("allow-all", "unrestricted")),
        ({"podSelector": {}, "ingress": [None]}, (True, False), ("allow-all", "unrestricted")),
        ({"podSelector": {}, "ingress": [{"from": []}]}, (True, False), ("allow-all", "unrestricted")),
        ({"podSelector": {}, "ingress": [{"from": None, "ports": []}]}, (True, False), ("allow-all", "unrestricted")),
        ({"podSelector": {}, "ingress": [{"ports": [{"port": 80}]}]}, (True, False), ("wide-open", "unrestricted")),
        ({"ingress": [{"from": [{"podSelector": {}}]}]}, (True, False), ("restricted", "unrestricted")),
        ({"egress": []}, (True, False), ("deny-all", "unrestricted")),
        ({"egress": [{}]}, (True, True), ("deny-all", "allow-all")),
        ({"egress": [None]}, (True, True), ("deny-all", "allow-all")),
        ({"policyTypes": ["Egress"], "ingress": [{}]}, (False, True), ("unrestricted", "deny-all")),
        ({"policyTypes": ["Ingress"], "egress": [{}]}, (True, False), ("deny-all", "unrestricted")),
        ({"policyTypes": ["ingress"]}, (False, False), ("unrestricted", "unrestricted")),
        ({"policyTypes": "Ingress"}, (False, False), ("unrestricted", "unrestricted")),
        ({"podSelector": {"matchLabels": {"app": "web"}}}, (False, False), ("unrestricted", "unrestricted")),
        ({"podSelector": {"matchLabels": {"app": 1}}}, (False, False), ("unrestricted", "unrestricted")),
        ({"podSelector": []}, (False, False), ("unrestricted", "unrestricted")),
        ({"ingress": from_peer({"namespaceSelector": {}})}, (True, False), ("wide-open", "unrestricted")),
        ({"ingress": from_peer({"ipBlock": {"cidr": "0.0.0.0/0"}})}, (True, False), ("wide-open", "unrestricted")),
        ({"ingress": from_peer({})}, (True, False), ("restricted", "unrestricted")),
        ({"ingress": [{"ports": "80"}]}, (True, False), ("restricted", "unrestricted")),
        ({"ingress": {}}, (True, False), ("deny-all", "unrestricted")),
    ],
)
def test_look_alikes(spec: dict[str, Any], isolated: tuple[bool, bool], classes: tuple[str, str]) -> None:
    isolation = Isolation([policy(**spec)])
    assert isolation.isolated(DB) == isolated
    assert isolation.classify(DB) == classes


def test_rules_of_a_direction_without_effect_do_not_count() -> None:
    isolation = Isolation([policy(policyTypes=["Egress"], ingress=[])])
    verdict = isolation.allows(OPS, DB, 80)
    assert (verdict.ingress, verdict.egress, verdict.allowed) == (True, True, True)
    assert isolation.allows(DB, OPS, 80).egress is False


def test_policies_add_up() -> None:
    closed, opened = policy("closed", podSelector={}), policy("open", ingress=from_peer({"namespaceSelector": {}}))
    assert Isolation([closed]).allows(OPS, DB, 80).ingress is False
    assert Isolation([closed, opened]).allows(OPS, DB, 80).ingress is True
    assert Isolation([opened, closed]).classify(DB).ingress == "wide-open"


# Peers


@pytest.mark.parametrize(
    ("peers", "web", "other_namespace", "outside"),
    [
        ([{"podSelector": {"matchLabels": {"app": "web"}}}], True, False, False),
        ([{"podSelector": {"matchLabels": {"app": "api"}}}], False, False, False),
        ([{"podSelector": {}}], True, False, False),
        ([{"namespaceSelector": {"matchLabels": {"team": "b"}}}], False, True, False),
        ([{"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "ops"}}}], False, True, False),
        ([{"namespaceSelector": {"matchLabels": {"name": "ops"}}}], False, False, False),
        ([{"namespaceSelector": {}}], True, True, False),
        ([{"namespaceSelector": {}, "podSelector": {}}], True, True, False),
        ([{"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "web"}}}], True, True, False),
        ([{"namespaceSelector": {"matchLabels": {"team": "b"}}, "podSelector": {}}], False, True, False),
        (
            [{"namespaceSelector": {"matchLabels": {"team": "b"}}, "podSelector": {"matchLabels": {"app": "api"}}}],
            False,
            False,
            False,
        ),
        (
            [{"namespaceSelector": {"matchLabels": {"team": "b"}}}, {"podSelector": {"matchLabels": {"app": "web"}}}],
            True,
            True,
            False,
        ),
        ([{"namespaceSelector": {}, "podSelector": None, "ipBlock": None}], True, True, False),
        ([{"ipBlock": {"cidr": "0.0.0.0/0"}}], True, True, True),
        ([{"ipBlock": {"cidr": "8.8.8.0/24"}}], False, False, True),
        ([{"ipBlock": {"cidr": "10.1.0.0/16"}}], True, False, False),
        ([{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.2.3/32"]}}], False, True, False),
        ([{"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.1.2.3/32"]}}, {"podSelector": {}}], True, True, False),
        ([], True, True, True),
        (None, True, True, True),
        # Nobody
        ([{}], False, False, False),
        ([None], False, False, False),
        (["web"], False, False, False),
        ("web", False, False, False),
        ({"podSelector": {}}, False, False, False),
        ([{"podSelector": {}, "ipBlock": {"cidr": "0.0.0.0/0"}}], False, False, False),
        ([{"podSelector": []}], False, False, False),
        ([{"podSelector": {"matchLabels": {"app": True}}}], False, False, False),
        ([{"namespaceSelector": {}, "podSelector": {"matchLabels": []}}], False, False, False),
        ([{"namespaceSelector": [], "podSelector": {}}], False, False, False),
        ([{"ipBlock": "0.0.0.0/0"}], False, False, False),
        ([{"ipBlock": {}}], False, False, False),
    ],
)
def test_peers(peers: Any, web: bool, other_namespace: bool, outside: bool) -> None:
    rules = [{"from": peers}]
    assert [ingress(rules, source) for source in (WEB, OPS, OUTSIDE)] == [web, other_namespace, outside]


def test_the_labels_of_a_namespace_decide_not_those_of_the_policy() -> None:
    rules = [{"to": [{"namespaceSelector": {"matchLabels": {"team": "b"}}}]}]
    isolation = Isolation([*SET, policy(policyTypes=["Egress"], egress=rules)])
    assert isolation.allows(DB, OPS, 80).egress is True
    assert isolation.allows(DB, WEB, 80).egress is False
    assert isolation.allows(DB, OUTSIDE, 80).egress is False


def test_the_direction_of_an_external_end_is_allowed() -> None:
    isolation = Isolation([policy(policyTypes=["Ingress", "Egress"])])
    verdict = isolation.allows(OUTSIDE, DB, 80)
    assert (verdict.ingress, verdict.egress, verdict.allowed) == (False, True, False)
    verdict = isolation.allows(DB, OUTSIDE, 80)
    assert (verdict.ingress, verdict.egress, verdict.allowed) == (True, False, False)
    assert isolation.isolated(OUTSIDE) == (False, False)


@pytest.mark.parametrize(
    ("block", "address", "inside"),
    [
        ({"cidr": "10.1.2.9/24"}, "10.1.2.200", True),
        ({"cidr": "010.1.2.0/24"}, "10.1.2.200", True),
        ({"cidr": "10.1.2.0/24"}, "10.1.3.0", False),
        ({"cidr": "0.0.0.0/0"}, "255.255.255.255", True),
        ({"cidr": "0.0.0.0/0"}, "2001:db8::1", False),
        ({"cidr": "::/0"}, "2001:db8::1", True),
        ({"cidr": "::/0"}, "10.0.0.1", False),
        ({"cidr": "2001:DB8::/32"}, "2001:db8:1::5", True),
        ({"cidr": "2001:db8::/32", "except": ["2001:db8:1::/48"]}, "2001:db8:1::5", False),
        ({"cidr": "::ffff:10.0.0.0/104"}, "10.1.2.3", True),
        ({"cidr": "10.0.0.0/8"}, "::ffff:10.1.2.3", True),
        ({"cidr": "10.0.0.0/8", "except": ["0.0.0.0/0"]}, "10.1.2.3", False),
        ({"cidr": "10.0.0.0/8", "except": ["::/0"]}, "10.1.2.3", True),
        ({"cidr": "10.0.0.0/8", "except": None}, "10.1.2.3", True),
        ({"cidr": "10.0.0.0/8", "except": ["nonsense", None, 5]}, "10.1.2.3", True),
        ({"cidr": "10.0.0.0/8", "except": "10.1.0.0/16"}, "10.1.2.3", True),
        ({"cidr": "10.1.2.3/32"}, "10.1.2.3", True),
        ({"cidr": "10.1.2.3"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.3/"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.3/33"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.3/-1"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.3/255.255.255.255"}, "10.1.2.3", False),
        ({"cidr": "10.1.2/24"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.256/24"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.x/24"}, "10.1.2.3", False),
        ({"cidr": "10.1.2.3/24 "}, "10.1.2.3", False),
        ({"cidr": "::1/129"}, "::1", False),
        ({"cidr": "fe80::1%eth0/64"}, "fe80::1", False),
        ({"cidr": ":::/0"}, "::1", False),
        ({"cidr": 10}, "10.1.2.3", False),
        ({"cidr": ["0.0.0.0/0"]}, "10.1.2.3", False),
        ({"cidr": "0.0.0.0/0"}, "", False),
        ({"cidr": "0.0.0.0/0"}, "host", False),
        ({"cidr": "0.0.0.0/0"}, "10.0.0.1/32", False),
        ({"cidr": "::/0"}, "fe80::1%eth0", False),
    ],
)
def test_blocks(block: Any, address: str, inside: bool) -> None:
    rules = from_peer({"ipBlock": block})
    assert ingress(rules, Endpoint("", {}, address)) is inside
    assert ingress(rules, Endpoint("ops", {}, address)) is inside


# Ports


@pytest.mark.parametrize(
    ("item", "port", "name", "protocol", "allowed"),
    [
        ({"port": 80}, 80, "", "TCP", True),
        ({"port": 80}, 81, "", "TCP", False),
        ({"port": 80}, 80, "", "UDP", False),
        ({"port": 80}, None, "", "TCP", False),
        ({"port": 53, "protocol": "UDP"}, 53, "dns", "UDP", True),
        ({"port": 53, "protocol": "UDP"}, 53, "dns", "TCP", False),
        ({"port": 80, "protocol": "SCTP"}, 80, "", "SCTP", True),
        ({"port": 80, "protocol": None}, 80, "", "TCP", True),
        ({"port": 80, "endPort": 90}, 80, "", "TCP", True),
        ({"port": 80, "endPort": 90}, 90, "", "TCP", True),
        ({"port": 80, "endPort": 90}, 91, "", "TCP", False),
        ({"port": 80, "endPort": 80}, 80, "", "TCP", True),
        ({"port": 80, "endPort": None}, 80, "", "TCP", True),
        ({"port": "http"}, 8080, "http", "TCP", True),
        ({"port": "http"}, None, "http", "TCP", True),
        ({"port": "http"}, 80, "", "TCP", False),
        ({"port": "http"}, 80, "web", "TCP", False),
        ({"port": "http", "protocol": "UDP"}, 80, "http", "TCP", False),
        ({}, 9, "", "TCP", True),
        ({}, None, "", "TCP", True),
        ({}, 9, "", "UDP", False),
        (None, 9, "", "TCP", True),
        ({"protocol": "UDP"}, 9, "", "UDP", True),
        ({"port": None}, 9, "", "TCP", True),
        # No port at all
        ({"port": ""}, 80, "", "TCP", False),
        ({"port": "80"}, 80, "80", "TCP", False),
        ({"port": "Http"}, 80, "Http", "TCP", False),
        ({"port": "a--b"}, 80, "a--b", "TCP", False),
        ({"port": "a" * 16}, 80, "a" * 16, "TCP", False),
        ({"port": True}, 1, "", "TCP", False),
        ({"port": 80.5}, 80, "", "TCP", False),
        ({"port": [80]}, 80, "", "TCP", False),
        ({"port": 0}, 0, "", "TCP", False),
        ({"port": 65536}, 65536, "", "TCP", False),
        ({"port": 80, "endPort": 79}, 80, "", "TCP", False),
        ({"port": 80, "endPort": 65536}, 80, "", "TCP", False),
        ({"port": 80, "endPort": "90"}, 80, "", "TCP", False),
        ({"port": "http", "endPort": 90}, 80, "http", "TCP", False),
        ({"endPort": 90}, 80, "", "TCP", False),
        ({"port": 80, "protocol": "tcp"}, 80, "", "TCP", False),
        ({"port": 80, "protocol": ""}, 80, "", "TCP", False),
        ({"port": 80, "protocol": 6}, 80, "", "TCP", False),
        ({"port": 80, "protocol": ["TCP"]}, 80, "", "TCP", False),
        ("80", 80, "", "TCP", False),
        (80, 80, "", "TCP", False),
    ],
)
def test_ports(item: Any, port: int | None, name: str, protocol: str, allowed: bool) -> None:
    assert ingress([{"ports": [item]}], OPS, port, name, protocol) is allowed
    assert ingress([{"ports": ["nonsense", item]}], OPS, port, name, protocol) is allowed


@pytest.mark.parametrize("ports", [[], None])
def test_no_ports_are_every_port(ports: Any) -> None:
    assert ingress([{"ports": ports}], OPS, None, "", "SCTP") is True


@pytest.mark.parametrize("ports", ["80", {"port": 80}, 80])
def test_ports_that_are_no_list_are_no_port(ports: Any) -> None:
    assert ingress([{"ports": ports}], OPS, 80) is False


# Unknown labels


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({"matchLabels": {"team": "b"}}, None),
        ({"matchLabels": {"kubernetes.io/metadata.name": "far"}}, True),
        ({"matchLabels": {"kubernetes.io/metadata.name": "shop"}}, False),
        ({"matchLabels": {"kubernetes.io/metadata.name": "shop", "team": "b"}}, False),
        ({"matchExpressions": [{"key": "team", "operator": "DoesNotExist"}]}, None),
        ({"matchExpressions": [{"key": "kubernetes.io/metadata.name", "operator": "Exists"}]}, True),
        ({}, True),
    ],
)
def test_labels_of_a_namespace_that_is_not_in_the_set(selector: Any, expected: bool | None) -> None:
    far = Endpoint("far", {"app": "web"})
    assert ingress(from_peer({"namespaceSelector": selector}), far) is expected
    both = {"namespaceSelector": selector, "podSelector": {"matchLabels": {"app": "api"}}}
    assert ingress(from_peer(both), far) is False
    assert ingress(from_peer({"namespaceSelector": selector}, {"namespaceSelector": {}}), far) is True


def test_allowed_is_unknown_only_where_nothing_forbids() -> None:
    rules = from_peer({"namespaceSelector": {"matchLabels": {"team": "b"}}})
    far, objects = Endpoint("far", {}), [policy(ingress=rules)]
    assert Isolation(objects).allows(far, DB, 80).allowed is None
    closed = policy("closed", "far", policyTypes=["Egress"])
    assert Isolation([*objects, closed]).allows(far, DB, 80).allowed is False


@pytest.mark.parametrize("labels", [["team"], "team", {"team": 1}, {"team": ["b"]}])
def test_labels_that_cannot_be_read_are_unknown(labels: Any) -> None:
    broken = {"kind": "Namespace", "apiVersion": "v1", "metadata": {"name": "ops", "labels": labels}}
    rule = from_peer({"namespaceSelector": {"matchLabels": {"team": "b"}}})
    assert Isolation([broken, policy(ingress=rule)]).allows(OPS, DB, 80).ingress is None


def test_the_name_label_of_a_namespace_is_its_name() -> None:
    objects = [namespace("ops", **{"kubernetes.io/metadata.name": "shop"})]
    rule = from_peer({"namespaceSelector": {"matchLabels": {"kubernetes.io/metadata.name": "shop"}}})
    assert Isolation([*objects, policy(ingress=rule)]).allows(OPS, DB, 80).ingress is False


@pytest.mark.parametrize(
    ("policies", "expected"),
    [
        # Only a policy that may select: the pod is free, or the policy speaks.
        ([{"podSelector": {"matchLabels": {"pod-template-hash": "x"}}}], None),
        ([{"podSelector": {"matchLabels": {"pod-template-hash": "x"}}, "ingress": [{}]}], True),
        ([{"podSelector": {"matchLabels": {"pod-template-hash": "x", "app": "api"}}}], True),
        # Beside one that does select, it can only add.
        ([{"podSelector": {}}, {"podSelector": {"matchLabels": {"job-name": "x"}}}], False),
        ([{"podSelector": {}}, {"podSelector": {"matchLabels": {"job-name": "x"}}, "ingress": [{}]}], None),
        ([{"ingress": [{}]}, {"podSelector": {"matchLabels": {"job-name": "x"}}}], True),
    ],
)
def test_labels_a_controller_adds(policies: list[dict[str, Any]], expected: bool | None) -> None:
    isolation = Isolation([policy(f"p{i}", **spec) for i, spec in enumerate(policies)])
    template = Endpoint("shop", {"app": "db"}, template=True)
    assert isolation.allows(OPS, template, 80).ingress is expected
    assert isolation.allows(OPS, DB, 80).ingress is not None


def test_a_peer_may_hang_on_labels_a_controller_adds() -> None:
    rules = from_peer({"podSelector": {"matchLabels": {"job-name": "x"}}})
    assert ingress(rules, Endpoint("shop", {}, template=True)) is None
    assert ingress(rules, Endpoint("shop", {})) is False
    assert ingress(rules, Endpoint("shop", {"job-name": "x"}, template=True)) is True
    assert ingress(rules, Endpoint("ops", {}, template=True)) is False


def test_a_policy_that_may_select_isolates_a_template() -> None:
    isolation = Isolation([policy(podSelector={"matchLabels": {"job-name": "x"}})])
    assert isolation.isolated(Endpoint("shop", {}, template=True)) == (True, False)
    assert isolation.isolated(Endpoint("shop", {})) == (False, False)
    assert len(isolation.policies_selecting("shop", {}, template=True)) == 1
    assert isolation.policies_selecting("shop", {}) == ()


# The set


def test_identities_of_the_policies_that_select_the_ends() -> None:
    objects = [
        None,
        policy("in", podSelector={"matchLabels": {"app": "db"}}),
        policy("out", policyTypes=["Egress"]),
        policy("other", podSelector={"matchLabels": {"app": "api"}}),
        policy("far", "ops"),
    ]
    isolation = Isolation(objects)
    policies = isolation.allows(WEB, DB, 80).policies
    assert policies.ingress == (Identity("shop", "in", 1),)
    assert policies.egress == (Identity("shop", "out", 2),)
    assert [found.identity.name for found in isolation.policies_selecting("shop", {"app": "db"})] == ["in", "out"]
    assert [found.identity.object_index for found in isolation.policies] == [1, 2, 3, 4]


@pytest.mark.parametrize(
    ("written", "default", "isolated"),
    [
        (None, "shop", True),
        ("", "shop", True),
        ("shop", "default", True),
        (None, "default", False),
        ("ops", "shop", False),
    ],
)
def test_default_namespace(written: str | None, default: str, isolated: bool) -> None:
    item = policy()
    item["metadata"]["namespace"] = written
    assert Isolation([item], namespace=default).isolated(DB).ingress is isolated


def test_default_namespace_is_named_default() -> None:
    assert Isolation([policy(namespace=None)]).isolated(Endpoint("default")).ingress


@pytest.mark.parametrize(
    ("version", "kind", "counts"),
    [
        ("networking.k8s.io/v1", "NetworkPolicy", True),
        ("networking.k8s.io/v1beta1", "NetworkPolicy", True),
        ("projectcalico.org/v3", "NetworkPolicy", False),
        ("crd.projectcalico.org/v1", "NetworkPolicy", False),
        ("crd.antrea.io/v1beta1", "NetworkPolicy", False),
        ("extensions/v1beta1", "NetworkPolicy", False),
        ("v1", "NetworkPolicy", False),
        (None, "NetworkPolicy", False),
        (5, "NetworkPolicy", False),
        ("networking.k8s.io/v1", "Ingress", False),
        ("networking.k8s.io/v1", ["NetworkPolicy"], False),
    ],
)
def test_the_api_group_tells_a_network_policy(version: Any, kind: Any, counts: bool) -> None:
    item = {**policy(), "apiVersion": version, "kind": kind}
    assert Isolation([item]).isolated(DB).ingress is counts


def test_a_namespace_of_another_group_is_none() -> None:
    other = {"apiVersion": "example.com/v1", "kind": "Namespace", "metadata": {"name": "ops", "labels": {"team": "b"}}}
    rule = from_peer({"namespaceSelector": {"matchLabels": {"team": "b"}}})
    assert Isolation([other, policy(ingress=rule)]).allows(OPS, DB, 80).ingress is None


@pytest.mark.parametrize(
    "wrap",
    [
        lambda item: {"apiVersion": "v1", "kind": "List", "items": [None, item]},
        lambda item: {
            "apiVersion": "v1",
            "kind": "List",
            "items": [{"apiVersion": "v1", "kind": "List", "items": [item]}],
        },
        lambda item: {
            "apiVersion": "networking.k8s.io/v1",
            "kind": "NetworkPolicyList",
            "items": [{"metadata": item["metadata"], "spec": item["spec"]}],
        },
    ],
)
def test_lists_are_expanded(wrap: Any) -> None:
    isolation = Isolation([{}, wrap(policy())])
    assert isolation.isolated(DB).ingress
    assert isolation.policies[0].identity == Identity("shop", "p", 1)


def test_nested_lists_end_somewhere() -> None:
    item: Any = policy()
    for _ in range(10_000):
        item = {"kind": "List", "apiVersion": "v1", "items": [item]}
    assert not Isolation([item]).isolated(DB).ingress


@pytest.mark.parametrize("value", ["text", [], 5, True])
def test_a_policy_that_cannot_be_decoded_is_none(value: Any) -> None:
    assert Isolation([{**policy(), "spec": value}]).policies == ()


@pytest.mark.parametrize("value", [[], {}, 5, True])
def test_a_policy_whose_namespace_cannot_be_decoded_is_none(value: Any) -> None:
    assert Isolation([{**policy(), "metadata": {"name": "p", "namespace": value}}]).policies == ()


@pytest.mark.parametrize("spec", [None, {}])
def test_a_policy_without_a_spec_closes_ingress(spec: Any) -> None:
    assert Isolation([{**policy(), "spec": spec}]).classify(DB) == ("deny-all", "unrestricted")


# Default deny


@pytest.mark.parametrize(
    ("specs", "loose", "exact"),
    [
        ([], (False, False), (False, False)),
        ([{"podSelector": {}}], (True, False), (True, False)),
        ([{"policyTypes": ["Egress"]}], (False, True), (False, True)),
        ([{"policyTypes": ["Ingress", "Egress"]}], (True, True), (True, True)),
        ([{"podSelector": {}}, {"policyTypes": ["Egress"]}], (True, True), (True, True)),
        ([{"podSelector": {"matchLabels": {"app": "db"}}}], (False, False), (False, False)),
        ([{"podSelector": {"matchLabels": []}}], (False, False), (False, False)),
        ([{"ingress": [{}]}], (False, False), (False, False)),
        ([{"ingress": from_peer({"podSelector": {}})}], (True, False), (False, False)),
        ([{"ingress": from_peer({"namespaceSelector": {}})}], (False, False), (False, False)),
        ([{"ingress": from_peer({"ipBlock": {"cidr": "0.0.0.0/0"}})}], (False, False), (False, False)),
        ([{"policyTypes": ["Egress"], "egress": [{"ports": [{"port": 53}]}]}], (False, True), (False, False)),
        ([{"ingress": [{}]}, {"podSelector": {}}], (True, False), (True, False)),
    ],
)
def test_default_deny(specs: list[Any], loose: tuple[bool, bool], exact: tuple[bool, bool]) -> None:
    isolation = Isolation([policy(f"p{i}", **spec) for i, spec in enumerate(specs)])
    assert isolation.default_deny("shop") == loose
    assert isolation.default_deny("shop", exact=True) == exact
    assert isolation.default_deny("ops") == (False, False)


# Classes


def blocks(*cidrs: str, holes: tuple[str, ...] = ()) -> list[Any]:
    return [{"ipBlock": {"cidr": cidr, "except": list(holes)}} for cidr in cidrs]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([{"from": blocks("0.0.0.0/1", "128.0.0.0/1")}], "wide-open"),
        ([{"from": blocks("128.0.0.0/1", "64.0.0.0/2", "0.0.0.0/2")}], "wide-open"),
        ([{"from": blocks("0.0.0.0/1")}, {"from": blocks("128.0.0.0/1")}], "wide-open"),
        ([{"from": blocks("::/1", "8000::/1")}], "wide-open"),
        ([{"from": blocks("0.0.0.0/1", "128.0.0.0/2")}], "restricted"),
        ([{"from": blocks("0.0.0.0/0", holes=("169.254.169.254/32",))}], "restricted"),
        ([{"from": blocks("0.0.0.0/0", holes=("0.0.0.0/32",))}], "restricted"),
        ([{"from": blocks("0.0.0.0/0", holes=("255.255.255.255/32",))}], "restricted"),
        ([{"from": blocks("0.0.0.0/0", holes=("10.0.0.0/8", "10.1.0.0/16", "9.0.0.0/8"))}], "restricted"),
        ([{"from": blocks("0.0.0.0/0", holes=("10.0.0.0/8", "10.1.0.0/16")) + blocks("10.0.0.0/15")}], "restricted"),
        # A hole that another item closes is none.
        ([{"from": blocks("0.0.0.0/0", holes=("10.0.0.0/8",)) + blocks("10.0.0.0/8")}], "wide-open"),
        ([{"from": blocks("0.0.0.0/0", holes=("::/0",))}], "wide-open"),
        # Halves for different ports are not a whole.
        ([{"from": blocks("0.0.0.0/1"), "ports": [{"port": 80}]}, {"from": blocks("128.0.0.0/1")}], "restricted"),
        (
            [{"from": blocks(half), "ports": [{"port": 80}]} for half in ("0.0.0.0/1", "128.0.0.0/1")],
            "wide-open",
        ),
        ([{"from": blocks("0.0.0.0/0"), "ports": [{"port": "80"}]}, {"from": [{}], "ports": [5]}], "restricted"),
        ([{"from": blocks("0.0.0.0/0"), "ports": [5]}], "restricted"),
        ([{"from": [{"namespaceSelector": {}, "podSelector": {}}]}], "wide-open"),
        ([{"from": [{"namespaceSelector": {}, "podSelector": {"matchLabels": {"a": "b"}}}]}], "restricted"),
        ([{"from": blocks("0.0.0.0/0")}, {}], "allow-all"),
        ([{"ports": [{}]}, {"from": [{"podSelector": {}}]}], "wide-open"),
    ],
)
def test_classes(rules: list[Any], expected: str) -> None:
    assert Isolation([policy(ingress=rules)]).classify(DB).ingress == expected


# Hostile input

WORDS = """
apiVersion kind metadata spec items namespace name labels podSelector namespaceSelector policyTypes ingress egress from
to ports port endPort protocol ipBlock cidr except matchLabels matchExpressions key operator values app shop ops db List
networking.k8s.io/v1 NetworkPolicy Namespace v1 Ingress Egress 10.0.0.0/8 ::/0 TCP
"""
NAMES = st.sampled_from(WORDS.split())
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | NAMES | st.text(max_size=4)
GARBAGE = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.integers(), inner, max_size=5),
    max_leaves=20,
)


def maybe(**fields: Any) -> Any:
    return GARBAGE | st.fixed_dictionaries({}, optional=fields)


SELECTORS = maybe(matchLabels=GARBAGE, matchExpressions=st.lists(maybe(key=NAMES, operator=NAMES, values=GARBAGE)))
PEERS = maybe(podSelector=SELECTORS, namespaceSelector=SELECTORS, ipBlock=maybe(cidr=SCALARS, **{"except": GARBAGE}))
RULES = maybe(
    **{"from": st.lists(PEERS, max_size=3) | GARBAGE, "to": st.lists(PEERS, max_size=3)},
    ports=st.lists(maybe(port=SCALARS, endPort=SCALARS, protocol=SCALARS), max_size=3) | GARBAGE,
)
SPECS = maybe(
    podSelector=SELECTORS,
    policyTypes=GARBAGE | st.lists(st.sampled_from(["Ingress", "Egress"]), max_size=2),
    ingress=st.lists(RULES, max_size=3) | GARBAGE,
    egress=st.lists(RULES, max_size=3) | GARBAGE,
)
OBJECTS = GARBAGE | st.fixed_dictionaries(
    {
        "apiVersion": st.sampled_from(["networking.k8s.io/v1", "v1"]) | SCALARS,
        "kind": st.sampled_from(["NetworkPolicy", "Namespace", "List"]) | GARBAGE,
    },
    optional={
        "metadata": maybe(name=NAMES, namespace=NAMES, labels=GARBAGE),
        "spec": SPECS,
        "items": st.lists(GARBAGE),
    },
)


@given(st.lists(OBJECTS, max_size=4), GARBAGE)
def test_nothing_raises(objects: list[Any], labels: Any) -> None:
    isolation = Isolation(objects, namespace="shop")
    ends = [DB, OPS, OUTSIDE, Endpoint("shop", labels), Endpoint("shop", {}, "::1", template=True)]
    for source in ends:
        classes = isolation.classify(source)
        isolated = isolation.isolated(source)
        assert [name == "unrestricted" for name in classes] == [not closed for closed in isolated]
        verdict = isolation.allows(source, DB, 80, "http", "TCP")
        assert {verdict.ingress, verdict.egress, verdict.allowed} <= {True, False, None}
        assert isolated.egress or verdict.egress is True
    assert len(isolation.policies_selecting("shop", labels)) <= len(isolation.policies)
    assert set(isolation.default_deny("shop")) <= {True, False}
