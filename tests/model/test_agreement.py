"""Odd but valid input: nulls, empty strings, unknown fields, what looks alike, and the answers of Kubernetes itself.

The facts are those of Kubernetes v1.37.2: pod-security-admission after a decode into its types, the RBAC authorizer
with the bootstrap roles left out, LabelSelectorAsSelector and the defaults and validation of NetworkPolicy,
`resource.ParseQuantity`, and distribution/reference v0.6.0 with the pull policy the API server sets.
"""

from __future__ import annotations

import gzip
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kubelint_py import images, pss, quantity
from kubelint_py.network import Endpoint, Isolation
from kubelint_py.rbac import Permissions
from tests.model.test_rbac import FIELDS, KINDS, VERSION

DATA = Path(__file__).parent.parent / "data"


def rows(path: str, count: int) -> list[dict[str, Any]]:
    with gzip.open(DATA / path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    assert len(found) == count
    return found


@pytest.mark.parametrize("level", ["baseline", "restricted"])
def test_pods_and_workloads(level: str) -> None:
    for row in rows("pss/odd.jsonl.gz", 400):
        steps = {int(version.removeprefix("v1.")): failing for version, failing in row[level]}
        expected: list[str] = []
        for minor in range(41):
            expected = steps.get(minor, expected)
            found = pss.violations(row["pod"], level=level, version=(1, minor))
            assert list(dict.fromkeys(each.control for each in found)) == expected, (row, minor)
        assert [each.control for each in pss.violations(row["pod"], level=level)] == [each.control for each in found]


def follow(value: Any, path: tuple[str | int, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else value and value[key]
    return value


def test_violations_point_at_what_they_found() -> None:
    seen = set()
    for row in rows("pss/odd.jsonl.gz", 400):
        for version in ("v1.18", "v1.37"):
            for violation in pss.violations(row["pod"], level="restricted", version=version):
                if violation.value is None:
                    continue
                seen.add(violation.control)
                found = follow(row["pod"], violation.path)
                if isinstance(found, dict):
                    assert violation.value in {found.get("path") or "", violation.path[-1]}, (row, violation)
                else:
                    assert violation.value == ("" if found is None else found), (row, violation)
    assert len(seen) > 12


def test_quantities() -> None:
    for row in rows("api/odd_quantities.jsonl.gz", 650):
        if not row["valid"]:
            with pytest.raises(quantity.InvalidQuantity):
                quantity.parse(row["quantity"])
            continue
        number = quantity.parse(row["quantity"])
        assert number == Decimal(f"{row['unscaled']}E{-row['scale']}"), row
        if "value" in row:
            assert (quantity.value(number), quantity.milli_value(number)) == (row["value"], row["milli"]), row


def test_references() -> None:
    for row in rows("images/odd.jsonl.gz", 700):
        assert images.default_pull_policy(row["image"]) == row["pull"], row
        if not row["valid"]:
            with pytest.raises(images.InvalidReference):
                images.parse(row["image"])
            continue
        expected = tuple(row.get(field) for field in images.ImageReference._fields)
        assert images.parse(row["image"]) == expected, row


def test_permissions() -> None:
    for row in rows("rbac/odd.jsonl.gz", 66):
        permissions = Permissions(
            [{"apiVersion": VERSION, "kind": kind, **item} for field, kind in KINDS.items() for item in row[field]]
        )
        for request in row["requests"]:
            asked = {name: request[field] for field, name in FIELDS.items() if field in request}
            assert permissions.allows(request["user"], request["groups"], **asked) is request["allowed"], (row, request)


def test_flows() -> None:
    for row in rows("network/odd.jsonl.gz", 120):
        namespaces = [
            {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": name, "labels": labels}}
            for name, labels in row["namespaces"].items()
        ]
        isolation = Isolation([*namespaces, *row["policies"]])
        for flow in row["flows"]:
            ends = (Endpoint(end["namespace"], end["labels"], end["ip"]) for end in (flow["from"], flow["to"]))
            verdict = isolation.allows(*ends, flow["port"], flow["portName"], flow["protocol"])
            assert (verdict.ingress, verdict.egress) == (flow["ingress"], flow["egress"]), (row["policies"], flow)
