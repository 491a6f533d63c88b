"""Rules that compare policies and Services with pods, on sets of many namespaces."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from kubelint_py import Config, check_objects
from kubelint_py.model.bundle import Bundle
from kubelint_py.model.resource import resources
from kubelint_py.rule import Check
from kubelint_py.rules.network import (
    dangling_network_policy,
    namespace_without_default_deny,
    workload_without_network_policy,
)
from kubelint_py.rules.references import dangling_service
from kubelint_py.source.document import Document
from tests.steps import lines_run

Plain = dict[str, Any]
CLOSED = {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}


def one_chart_in_many_namespaces(size: int) -> list[Plain]:
    """Return the same pod and policies in each namespace, so that what they are called tells nothing apart."""
    shown = {"labels": {"app": "web", "tier": "front"}}
    objects: list[Plain] = []
    for namespace in (f"n{number}" for number in range(size)):
        named = {"name": "web", "namespace": namespace}
        policy = {"podSelector": {"matchLabels": {"tier": "front"}}, "policyTypes": ["Ingress"]}
        objects += [
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": namespace}},
            {"apiVersion": "v1", "kind": "Pod", "metadata": {**named, **shown}, "spec": {"containers": [{}]}},
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": named, "spec": policy},
            {"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": named, "spec": CLOSED},
            {"apiVersion": "v1", "kind": "Service", "metadata": named, "spec": {"selector": {"app": "web"}}},
        ]
    return objects


def work(check: Check, size: int) -> int:
    """Return the work of a rule alone: what the set is read into is there before."""
    documents = [Document.from_data(each, 0) for each in one_chart_in_many_namespaces(size)]
    bundle = Bundle(resource for document in documents for resource in resources(document))
    assert all(workload.pod.labels for workload in bundle.workloads)
    assert len(bundle.isolation.policies) == 2 * size
    return lines_run(lambda: list(check(bundle)))


@pytest.mark.parametrize(
    "rule",
    [dangling_network_policy, dangling_service, namespace_without_default_deny, workload_without_network_policy],
)
def test_twice_as_many_namespaces_are_twice_the_work(rule: ModuleType) -> None:
    assert work(rule.check, 80) < 2.3 * work(rule.check, 40)


def test_the_same_place_is_shown_in_each_run() -> None:
    values = list("hgfedcba")
    asked = {"matchExpressions": [{"key": "app", "operator": "In", "values": values}]}
    policy = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": {"name": "p", "namespace": "b"},
    }
    pods = [{"name": each, "namespace": "a", "labels": {"app": each}} for each in [*values, "other"]]
    objects = [
        {**policy, "spec": {"podSelector": asked}},
        *({"apiVersion": "v1", "kind": "Pod", "metadata": each, "spec": {"containers": [{}]}} for each in pods),
    ]
    [finding] = check_objects(objects, config=Config(select=("dangling-network-policy",))).findings
    assert [place.message for place in finding.related] == ["Pod/a is in namespace 'a'"]
