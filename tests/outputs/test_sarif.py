"""Structure of SARIF 2.1.0: which members each object may and must have, and what consumers ask for beyond it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from kubelint_py.finding import Finding, Input, ObjectReference, Related, Report, Suppressed
from kubelint_py.outputs import render
from tests.outputs.sample import OPTIONS, RULE, SAMPLE, finding, many, privileged, report

Data = dict[str, Any]

# Object -> (members it must have, members it may have), as far as they are written here (SARIF 2.1.0, section 3).
MEMBERS: dict[str, tuple[set[str], set[str]]] = {
    "log": ({"version", "runs"}, {"$schema"}),
    "run": ({"tool", "results"}, {"invocations", "columnKind", "originalUriBaseIds", "properties"}),
    "driver": ({"name"}, {"version", "informationUri", "rules"}),
    "rule": (
        {"id"},
        {
            "deprecatedIds",
            "shortDescription",
            "fullDescription",
            "help",
            "helpUri",
            "defaultConfiguration",
            "properties",
        },
    ),
    "invocation": ({"executionSuccessful"}, {"toolExecutionNotifications"}),
    "notification": ({"message"}, {"descriptor", "level", "locations"}),
    "result": (
        {"message"},
        {
            "ruleId",
            "ruleIndex",
            "kind",
            "level",
            "locations",
            "relatedLocations",
            "partialFingerprints",
            "suppressions",
            "properties",
        },
    ),
    "location": (set(), {"id", "physicalLocation", "logicalLocations", "message"}),
    "physical": ({"artifactLocation"}, {"region"}),
    "artifact": ({"uri"}, {"uriBaseId"}),
    "region": ({"startLine"}, {"startColumn", "endLine", "endColumn"}),
    "logical": (set(), {"name", "fullyQualifiedName", "kind"}),
    "suppression": ({"kind"}, {"status", "justification"}),
    "message": ({"text"}, {"markdown"}),
}
# RFC 3986: what may stand in a relative path whose first segment has no colon, or in a file address.
RELATIVE = re.compile(r"(?:[A-Za-z0-9._~-]|%[0-9A-F]{2}|/)+")
FILE = re.compile(r"file:///(?:[A-Za-z]:/)?(?:[A-Za-z0-9._~/-]|%[0-9A-F]{2})*")


def members(kind: str, value: Data) -> Data:
    required, optional = MEMBERS[kind]
    assert required <= set(value) <= required | optional, (kind, sorted(value))
    return value


def nothing_empty(value: object, name: str = "") -> None:
    if isinstance(value, dict | list):
        assert value or name in {"results", "rules"}, f"{name} is empty"
        children = value.items() if isinstance(value, dict) else (("", each) for each in value)
        for key, each in children:
            nothing_empty(each, key)
    else:
        assert value not in ("", None), f"{name} is empty"


def check_location(value: Data) -> None:
    members("location", value)
    if "physicalLocation" in value:
        physical = members("physical", value["physicalLocation"])
        artifact = members("artifact", physical["artifactLocation"])
        assert "\\" not in artifact["uri"]
        if "uriBaseId" in artifact:
            assert RELATIVE.fullmatch(artifact["uri"]), artifact
            assert not artifact["uri"].startswith("/")
        else:
            assert FILE.fullmatch(artifact["uri"]), artifact
        if "region" in physical:
            check_region(physical["region"])
    for each in value.get("logicalLocations", ()):
        members("logical", each)
    if "message" in value:
        members("message", value["message"])


def check_region(region: Data) -> None:
    members("region", region)
    assert all(isinstance(number, int) and number >= 1 for number in region.values())
    end = (region.get("endLine", region["startLine"]), region.get("endColumn", 1 << 60))
    assert end >= (region["startLine"], region.get("startColumn", 1))


def check_rule(rule: Data) -> None:
    members("rule", rule)
    for name in ("shortDescription", "fullDescription", "help"):
        members("message", rule[name])
    assert rule["defaultConfiguration"]["level"] in {"none", "note", "warning", "error"}
    assert re.fullmatch(r"https?://\S+", rule.get("helpUri", "https://example.com"))
    tags = rule["properties"]["tags"]
    assert len(tags) == len(set(tags)) <= 20
    assert isinstance(rule["properties"]["security-severity"], str)
    assert 0 <= float(rule["properties"]["security-severity"]) <= 10


def check_result(result: Data, rules: list[Data]) -> None:
    members("result", result)
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["level"] in {"none", "note", "warning", "error"}
    members("message", result["message"])
    for each in (*result.get("locations", ()), *result.get("relatedLocations", ())):
        check_location(each)
    assert all(isinstance(each, str) for each in result["partialFingerprints"].values())
    for each in result.get("suppressions", ()):
        members("suppression", each)
        assert each["kind"] in {"inSource", "external"}
        assert each["status"] in {"accepted", "underReview", "rejected"}


def check(text: str) -> Data:
    """Return the run after looking at all of it."""
    log = json.loads(text)
    nothing_empty(log)
    members("log", log)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    members("run", run)
    driver = members("driver", run["tool"]["driver"])
    rules = driver.get("rules", [])
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        check_rule(rule)
    for invocation in run["invocations"]:
        members("invocation", invocation)
        for notification in invocation.get("toolExecutionNotifications", ()):
            members("notification", notification)
            members("message", notification["message"])
            for each in notification.get("locations", ()):
                check_location(each)
    assert isinstance(run["results"], list)
    for result in run["results"]:
        check_result(result, rules)
    found: Data = run
    return found


def sarif(*findings: Finding, **options: Any) -> Data:
    return check(render("sarif", report(*findings), **options))


def prints(run: Data) -> Iterator[str]:
    return (result["partialFingerprints"]["kubelint/v1"] for result in run["results"])


@pytest.mark.parametrize("count", [0, 1, 500])
def test_structure(count: int) -> None:
    run = check(render("sarif", many(count), version="1.2.3", information_uri="https://example.com/"))
    assert len(run["results"]) == count
    assert run["tool"]["driver"]["name"] == "kubelint"
    assert run["tool"]["driver"]["version"] == "1.2.3"
    assert run["tool"]["driver"]["informationUri"] == "https://example.com/"
    assert run["properties"]["linted"] == 5
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert len(set(prints(run))) == count


def test_sample() -> None:
    run = check(render("sarif", SAMPLE, **OPTIONS))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    levels = [each["level"] for each in invocation["toolExecutionNotifications"]]
    assert levels == ["error", "note", "note", "note", "note"]


def test_help_comes_from_the_rule() -> None:
    run = sarif(privileged("app", 0), rules={RULE.id: RULE}.get)
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == "Container runs in privileged mode"
    assert "```yaml\nkind: Pod\n```" in rule["help"]["markdown"]
    assert "Remedy: Remove it" in rule["help"]["text"]
    assert rule["deprecatedIds"] == ["privileged"]
    assert "CKV_K8S_16" in rule["properties"]["tags"]


@pytest.mark.parametrize(
    ("severity", "level", "number"),
    [
        ("critical", "error", "9.5"),
        ("high", "error", "8.0"),
        ("medium", "warning", "5.5"),
        ("low", "note", "3.0"),
        ("info", "note", "0.0"),
    ],
)
def test_severities(severity: str, level: str, number: str) -> None:
    run = sarif(finding(severity=severity))
    assert run["results"][0]["level"] == level
    assert run["tool"]["driver"]["rules"][0]["properties"]["security-severity"] == number


def test_a_rule_has_its_worst_severity() -> None:
    run = sarif(finding(severity="low"), finding(severity="high", line=2), finding(severity="info", line=3))
    (rule,) = run["tool"]["driver"]["rules"]
    assert rule["properties"]["security-severity"] == "8.0"


def test_fingerprints_survive_inserted_lines() -> None:
    moved = tuple(
        each._replace(line=each.line + 10, end_line=each.end_line + 10, message=each.message + "!")
        for each in SAMPLE.findings
    )
    after = check(render("sarif", Report(moved, SAMPLE.inputs, SAMPLE.summary)))
    assert list(prints(after)) == list(prints(check(render("sarif", SAMPLE))))


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a/b.yaml", "a/b.yaml"),
        ("./a//b.yaml", "a/b.yaml"),
        ("a b%.yaml", "a%20b%25.yaml"),
        ("c:d?e#f.yaml", "c%3Ad%3Fe%23f.yaml"),
        ("商.yaml", "%E5%95%86.yaml"),
        ("bad\udcff.yaml", "bad%FF.yaml"),
        ("<stdin>", "%3Cstdin%3E"),
        ("../up.yaml", "../up.yaml"),
        ("back\\slash.yaml", "back%5Cslash.yaml"),
        ("/abs/a b.yaml", "file:///abs/a%20b.yaml"),
        ("C:\\dir\\a.yaml", "file:///C:/dir/a.yaml"),
    ],
)
def test_addresses(file: str, uri: str) -> None:
    (result,) = sarif(finding(file=file))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_located() -> None:
    (result,) = sarif(finding(file="/home/repo/a.yaml"), locate=lambda file: file.removeprefix("/home/repo/"))[
        "results"
    ]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a.yaml"


@pytest.mark.parametrize(
    ("by", "kind"), [("comment", "inSource"), ("annotation", "inSource"), ("configuration", "external")]
)
def test_suppressions(by: str, kind: str) -> None:
    (result,) = sarif(finding(suppressed=Suppressed(by, "known = good # really")))["results"]
    assert result["suppressions"] == [{"kind": kind, "status": "accepted", "justification": "known = good # really"}]


def test_without_positions_names_or_files() -> None:
    nowhere = {"line": 0, "column": 0, "end_line": 0, "end_column": 0}
    run = sarif(
        finding(**nowhere, file="", object=None, message="", docs=""),
        finding(**nowhere, object=ObjectReference("", "", "", "")),
        finding(line=3, column=2, end_line=1, end_column=1, related=(Related("", 1, 1, ""), Related("x", 0, 0, ""))),
    )
    first, second, third = run["results"]
    assert "locations" not in first
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert third["locations"][0]["physicalLocation"]["region"] == {"startLine": 3, "startColumn": 2}
    assert len(third["relatedLocations"]) == 1


def test_messages_make_no_links() -> None:
    (result,) = sarif(finding(message="see [here](https://evil.example)"))["results"]
    assert "](" not in result["message"]["text"]


def test_a_crashed_rule_is_not_a_success() -> None:
    assert sarif(finding(rule="internal-error"))["invocations"][0]["executionSuccessful"] is False


def test_failed_without_a_reason() -> None:
    run = check(render("sarif", report(inputs=(Input("", "failed", ""),))))
    assert run["invocations"][0]["toolExecutionNotifications"][0]["message"] == {"text": "failed"}
