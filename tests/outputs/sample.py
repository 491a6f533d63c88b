"""A report made by hand, and the golden files drawn from it.

`python -m tests.outputs.sample` draws them again; look at the difference before keeping it.
"""

from __future__ import annotations

from typing import Any

from kubelint_py.finding import Finding, Input, ObjectReference, Related, Report, Suppressed, summarize
from kubelint_py.outputs import FORMATS, render
from tests.conftest import ROOT
from tests.registry import rule

GOLDEN = ROOT / "tests" / "golden"

API = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: api
  namespace: shop
spec:
  template:
    spec:
      containers:
        - name: app
          image: shop/api:latest
          securityContext:
            privileged: true
          env:
            - name: DB_PASSWORD
              value: correct-horse-battery
        - name: proxy
          image: shop/proxy:1.4
          securityContext:
            privileged: true
"""
RENDERED = """\
# Source: web/templates/service.yaml
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: wbe
"""
HOSTILE = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "\x1b[31mred\u202e"\t# 商店 here\nspec: {hostPID: true}\n'
WIDE = (
    '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"long"},"spec":{"containers":['
    + ",".join(f'{{"name":"c{number}","image":"shop/part-{number}:1.{number}"}}' for number in range(12))
    + '],"hostNetwork":true,"restartPolicy":"Always"}}\n'
)

TEXTS = {"deploy/api.yaml": API, "charts/web.yaml": RENDERED, "odd/%20 ,:.yaml": HOSTILE, "wide.json": WIDE}


def excerpt(file: str, line: int) -> str:
    """Return a line of the texts above."""
    lines = TEXTS.get(file, "").split("\n")
    return lines[line - 1] if 0 < line <= len(lines) else ""


def remedy(rule: str) -> str:
    """Return a remedy for two of the rules."""
    return {
        "privileged-container": "remove it or set false; add only the capability you need",
        "host-network": "remove hostNetwork",
    }.get(rule, "")


def at(file: str, token: str, turn: int = 1) -> dict[str, Any]:
    """Return the place of the n-th occurrence of a token."""
    start = -1
    for _ in range(turn):
        start = TEXTS[file].index(token, start + 1)
    before = TEXTS[file][:start]
    line, column = before.count("\n") + 1, start - (before.rfind("\n") + 1) + 1
    ending = TEXTS[file][: start + len(token)]
    end_line, end_column = ending.count("\n") + 1, len(ending) - (ending.rfind("\n") + 1) + 1
    return {"file": file, "line": line, "column": column, "end_line": end_line, "end_column": end_column}


def finding(**values: Any) -> Finding:
    """Return a finding on nothing in particular, with some values replaced."""
    values = {
        "rule": "privileged-container",
        "category": "pod-security",
        "severity": "critical",
        "message": "container 'app' runs in privileged mode",
        "file": "deploy/api.yaml",
        "document": 0,
        "line": 1,
        "column": 1,
        "end_line": 1,
        "end_column": 2,
        "object": ObjectReference("apps/v1", "Deployment", "shop", "api"),
        "path": "",
        "container": "",
        "tags": (),
        "docs": "docs/rules/pod-security/privileged-container.md",
        **values,
    }
    return Finding(**values)


def privileged(container: str, index: int, **values: Any) -> Finding:
    """Return the finding that folds."""
    return finding(
        **{
            "message": f"container {container!r} runs in privileged mode",
            "container": container,
            "path": f"/spec/template/spec/containers/{index}/securityContext/privileged",
            "tags": ("pss-baseline", "privileged"),
            **at("deploy/api.yaml", "true", index + 1),
            **values,
        }
    )


def report(*findings: Finding, inputs: tuple[Input, ...] = (), objects: int = 1) -> Report:
    """Return a report with these findings and its summary."""
    inputs = inputs or tuple(Input(file, "linted") for file in sorted({each.file for each in findings}))
    ordered = tuple(sorted(findings, key=lambda each: (each.file, each.line, each.column)))
    return Report(ordered, inputs, summarize(ordered, inputs, objects))


INPUTS = (
    Input("broken.yaml", "failed", "not UTF-8 text: byte 3 cannot be decoded"),
    Input("charts/web.yaml", "linted"),
    Input("charts/web/templates/service.yaml", "skipped", "helm-template"),
    Input("compose.yaml", "skipped", "not-kubernetes: a Compose file"),
    Input("deploy/api.yaml", "linted"),
    Input("odd/%20 ,:.yaml", "linted"),
    Input("values.yaml", "skipped", "helm-values"),
    Input("wide.json", "linted"),
    Input("workflow.yaml", "skipped", "not-kubernetes: a workflow"),
)

FINDINGS = (
    privileged("app", 0),
    privileged("proxy", 1),
    finding(
        rule="image-tag-missing-or-latest",
        category="images",
        severity="medium",
        message="container 'app' uses the moving tag latest",
        container="app",
        path="/spec/template/spec/containers/0/image",
        docs="https://docs.example.com/rules/images/image-tag-missing-or-latest.md",
        suppressed=Suppressed("comment", "pinned by the release job, see README"),
        **at("deploy/api.yaml", "shop/api:latest"),
    ),
    finding(
        rule="literal-secret-in-env-var",
        category="secrets",
        severity="high",
        message="DB_PASSWORD holds a literal secret",
        container="app",
        path="/spec/template/spec/containers/0/env/0/value",
        tags=("masked",),
        docs="docs/rules/secrets/literal-secret-in-env-var.md",
        **at("deploy/api.yaml", "correct-horse-battery"),
    ),
    finding(
        rule="resources-missing",
        category="reliability",
        severity="low",
        message="container 'proxy' requests no memory",
        container="proxy",
        path="/spec/template/spec/containers/1",
        docs="",
        **at("deploy/api.yaml", "name: proxy\n          image: shop/proxy:1.4\n          securityContext:"),
    ),
    finding(
        rule="dangling-service",
        category="networking",
        severity="high",
        message="Service/web selects no pod",
        object=ObjectReference("v1", "Service", "", "web"),
        path="/spec/selector",
        docs="https://docs.example.com/rules/networking/dangling-service.md",
        source="web/templates/service.yaml",
        related=(Related("deploy/api.yaml", 4, 9, "the nearest workload, Deployment/api"),),
        **at("charts/web.yaml", "app: wbe"),
    ),
    finding(
        rule="name-invalid",
        category="validity",
        severity="info",
        message="metadata.name '\x1b[31mred\u202e' is not a DNS label\n| <b>& 100%",
        object=ObjectReference("v1", "Pod", "", "\x1b[31mred\u202e"),
        path="/metadata/name",
        docs="",
        **at("odd/%20 ,:.yaml", "商店"),
    ),
    finding(
        rule="host-network",
        severity="high",
        message="the pod shares the node's network",
        object=ObjectReference("v1", "Pod", "", "long"),
        path="/spec/hostNetwork",
        docs="",
        **at("wide.json", "true"),
    ),
)

SAMPLE = report(*FINDINGS, inputs=INPUTS, objects=4)


def many(count: int) -> Report:
    """Return a report of so many findings over five files."""
    severities = ("critical", "high", "medium", "low", "info")
    return report(
        *(
            finding(
                rule=f"rule-{number % 7}",
                severity=severities[number % 5],
                message=f"problem {number}",
                file=f"dir/{number % 5}.yaml",
                line=number + 1,
                end_line=number + 1,
                path=f"/spec/{number % 3}",
                object=ObjectReference("v1", "Pod", "", f"pod-{number % 10}"),
            )
            for number in range(count)
        ),
        inputs=tuple(Input(f"dir/{number}.yaml", "linted") for number in range(5)),
        objects=10,
    )


def _check() -> None:
    raise AssertionError("only the documentation of this rule is read")


RULE = rule(
    "privileged-container",
    "pod-security",
    "critical",
    check=_check,
    tags=("pss-baseline", "CKV_K8S_16"),
    aliases=("privileged",),
    fix="safe",
    told=lambda: (
        "Container runs in privileged mode.\n\nIt reaches every device of the node.\n\n"
        "Remedy: Remove it.\n\nBad:\n    kind: Pod\n\nGood:\n    kind: Pod\n\nSources:\n    Pod Security Standards\n"
    ),
)

OPTIONS: dict[str, Any] = {
    "excerpt": excerpt,
    "remedy": remedy,
    "width": 80,
    "version": "0.0.0",
    "rules": {RULE.id: RULE}.get,
}


def golden_name(name: str) -> str:
    """Return the golden file of a format."""
    ending = {"human": "txt", "concise": "txt", "github": "txt", "markdown": "md", "junit": "xml", "jsonl": "jsonl"}
    return f"{name}.{ending.get(name, 'json')}"


if __name__ == "__main__":
    GOLDEN.mkdir(exist_ok=True)
    for each in FORMATS:
        (GOLDEN / golden_name(each)).write_bytes(render(each, SAMPLE, **OPTIONS).encode())
