"""`kubelint rbac` as its users run it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from kubelint_py import cli_rbac
from tests.cli.test_check import kubelint
from tests.conftest import ROOT

ACCOUNT = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: web, namespace: shop}\n"
OLD = f"""\
{ACCOUNT}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {{name: reader}}
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [database]
    verbs: [get]
  - apiGroups: ["", apps]
    resources: [pods, deployments]
    verbs: [get, list]
  - nonResourceURLs: [/metrics]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {{name: readers, namespace: shop}}
roleRef: {{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}}
subjects:
  - {{kind: ServiceAccount, name: web}}
  - {{kind: Group, apiGroup: rbac.authorization.k8s.io, name: 'system:serviceaccounts:edge'}}
"""
ADMIN = """\
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: admin}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects:
  - {kind: User, apiGroup: rbac.authorization.k8s.io, name: alice}
"""
NEW = OLD.replace("verbs: [get, list]", "verbs: [get, list, patch]") + ADMIN
DANGLING = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: lost, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: gone}
subjects: [{kind: User, name: bob}]
"""
EXAMPLE = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: reader
  namespace: shop
rules:
  - apiGroups: [""]
    resources: [secrets]
    resourceNames: [database]
    verbs: [get]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: readers
  namespace: shop
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: reader
subjects:
  - kind: ServiceAccount
    name: web
"""
WHO_CAN = """\
3 subjects can get secrets

WHO                                WHERE           ONLY      FROM
Group system:serviceaccounts:edge  namespace shop  database  RoleBinding shop/readers (new.yaml:25) -> R
ServiceAccount shop/web            namespace shop  database  RoleBinding shop/readers (new.yaml:24) -> R
User alice                         whole cluster             ClusterRoleBinding admin (new.yaml:32) -> A
"""
CAN = """\
ServiceAccount edge/web in namespace shop

WHERE           VERBS             WHAT                            DANGEROUS         FROM
namespace shop  get               secrets only database                             G -> R
namespace shop  get, list, patch  pods, deployments (core, apps)  rbac-create-pods  G -> P
"""
DIFF = """\
GAINED

Group system:serviceaccounts:edge
  WHERE           VERBS  WHAT                            DANGEROUS         FROM
  namespace shop  patch  pods, deployments (core, apps)  rbac-create-pods  RoleBinding shop/readers (new.yaml:25) -> P

ServiceAccount shop/web
  WHERE           VERBS  WHAT                            DANGEROUS         FROM
  namespace shop  patch  pods, deployments (core, apps)  rbac-create-pods  RoleBinding shop/readers (new.yaml:24) -> P

User alice
  WHERE          VERBS  WHAT                 DANGEROUS                                               FROM
  whole cluster  *      * (every API group)  rbac-impersonate, rbac-escalate, rbac-bind and 32 more  B -> A
  whole cluster  *      paths *                                                                      B -> A
"""
SHORT = {
    "-> R\n": "-> ClusterRole reader (new.yaml:9)\n",
    "-> P\n": "-> ClusterRole reader (new.yaml:13)\n",
    "-> A\n": "-> ClusterRole cluster-admin, built in\n",
    " G ->": " Group system:serviceaccounts:edge: RoleBinding shop/readers (new.yaml:25) ->",
    " B ->": " ClusterRoleBinding admin (new.yaml:32) ->",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    return tmp_path


def full(text: str) -> str:
    for short, words in SHORT.items():
        text = text.replace(short, words)
    return text


def report(*arguments: str, cwd: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(kubelint("rbac", *arguments, "--format", "json", cwd=cwd).stdout)
    return data


@pytest.mark.parametrize(
    ("arguments", "expected", "code"),
    [
        (["who-can", "get", "secrets", "new.yaml"], WHO_CAN, 0),
        (["can", "sa:edge/web", "new.yaml", "-n", "shop"], CAN, 0),
        (["diff", "old.yaml", "new.yaml"], DIFF, 1),
        (["diff", "new.yaml", "old.yaml"], DIFF.replace("GAINED", "LOST"), 0),
        (["diff", "old.yaml", "old.yaml"], "no subject gained or lost a right\n", 0),
        (["who-can", "delete", "nodes", "old.yaml"], "nobody can delete nodes\n", 0),
        (
            ["can", "sa:shop/web", "old.yaml", "-n", "edge"],
            "ServiceAccount shop/web can do nothing in namespace edge\n",
            0,
        ),
    ],
)
def test_text(folder: Path, arguments: list[str], expected: str, code: int) -> None:
    result = kubelint("rbac", *arguments, cwd=folder)
    assert result.stdout == full(expected)
    assert (result.returncode, result.stderr) == (code, "")


def test_who_can_as_json(folder: Path) -> None:
    data = report("who-can", "get", "secrets/database", "new.yaml", "-n", "shop", cwd=folder)
    assert (data["version"], data["question"]) == (1, "get secrets/database in namespace shop")
    assert data["request"] == {
        "verb": "get",
        "apiGroups": [""],
        "resource": "secrets",
        "subresource": "",
        "name": "database",
        "namespace": "shop",
        "path": "",
    }
    assert [each["subject"]["kind"] for each in data["grants"]] == ["Group", "ServiceAccount", "User"]
    assert data["grants"][1] == {
        "subject": {"kind": "ServiceAccount", "namespace": "shop", "name": "web"},
        "namespace": "shop",
        "rules": [{"verbs": ["get"], "apiGroups": [""], "resources": ["secrets"], "resourceNames": ["database"]}],
        "dangerous": [],
        "binding": {
            "object": {"kind": "RoleBinding", "namespace": "shop", "name": "readers"},
            "file": "new.yaml",
            "line": 24,
        },
        "role": {"kind": "ClusterRole", "namespace": "", "name": "reader", "builtIn": False},
        "rule": {"object": {"kind": "ClusterRole", "namespace": "", "name": "reader"}, "file": "new.yaml", "line": 9},
    }


def test_can_as_json(folder: Path) -> None:
    data = report("can", "alice", "new.yaml", cwd=folder)
    assert data["subject"] == {"kind": "User", "namespace": "", "name": "alice"}
    assert data["namespace"] == ""
    everything, paths = data["grants"]
    assert everything["rules"] == [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}]
    assert everything["dangerous"][0] == "rbac-impersonate"
    assert everything["rule"] == {
        "object": {"kind": "ClusterRole", "namespace": "", "name": "cluster-admin"},
        "file": "",
        "line": 0,
    }
    assert paths["rules"] == [{"verbs": ["*"], "nonResourceURLs": ["*"]}]


def test_diff_as_json(folder: Path) -> None:
    data = report("diff", "old.yaml", "new.yaml", cwd=folder)
    assert data["lost"] == []
    assert [(each["subject"]["name"], each["namespace"]) for each in data["gained"]] == [
        ("system:serviceaccounts:edge", "shop"),
        ("web", "shop"),
        ("alice", ""),
        ("alice", ""),
    ]
    rules = [{"verbs": ["patch"], "apiGroups": ["", "apps"], "resources": ["pods", "deployments"]}]
    assert data["gained"][1]["rules"] == rules
    assert data["gained"][1]["dangerous"] == ["rbac-create-pods"]


def test_standard_input_and_directories(folder: Path) -> None:
    both = kubelint("rbac", "diff", "old.yaml", "-", cwd=folder, text=NEW)
    assert (both.returncode, both.stdout.count("<stdin>:")) == (1, 6)
    assert kubelint("rbac", "diff", "-", "new.yaml", cwd=folder, text=NEW).returncode == 0
    twice = kubelint("rbac", "diff", "-", "-", cwd=folder, text=NEW)
    assert (twice.returncode, twice.stdout) == (2, "")
    assert twice.stderr == "kubelint: standard input can be OLD or NEW, not both\n"
    assert "User alice" in kubelint("rbac", "who-can", "get", "nodes", cwd=folder).stdout
    assert "User alice" in kubelint("rbac", "who-can", "get", "nodes", "-", cwd=folder, text=NEW).stdout
    assert kubelint("rbac", "diff", ".", ".", cwd=folder).returncode == 0


def test_an_empty_set_is_told(folder: Path) -> None:
    result = kubelint("rbac", "who-can", "get", "pods", "-", cwd=folder, text=ACCOUNT)
    assert (result.returncode, result.stdout) == (0, "nobody can get pods\n")
    assert result.stderr == "kubelint: no role or binding was found in -\n"
    gained = kubelint("rbac", "diff", "-", "new.yaml", cwd=folder)
    assert gained.returncode == 1
    assert "no role or binding was found in -\n" in gained.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["can", "web"], "these objects do not name User web; did you mean sa:shop/web?"),
        (["can", "shop/web"], "did you mean sa:shop/web?"),
        (["can", "sa:web"], "these objects do not name ServiceAccount default/web; did you mean sa:shop/web?"),
        (["can", "carol"], "these objects do not name User carol\n"),
        (["who-can", "read", "secrets"], "Kubernetes has no verb 'read', and no role of these objects names it"),
        (["who-can", "get", "secretz"], "Kubernetes has no resource 'secretz', and no role of these objects names it"),
    ],
)
def test_a_likely_mistake_is_told(folder: Path, arguments: list[str], words: str) -> None:
    result = kubelint("rbac", *arguments, cwd=folder)
    assert words in result.stderr
    assert result.returncode == 0


def test_a_binding_to_a_role_that_is_not_there_is_told(folder: Path) -> None:
    (folder / "lost.yaml").write_text(DANGLING)
    result = kubelint("rbac", "diff", "old.yaml", "lost.yaml", cwd=folder)
    assert result.stderr == (
        "kubelint: RoleBinding shop/lost refers to the Role shop/gone, which is not among these objects: "
        "it counts for nothing\n"
    )
    several = "---\n".join(DANGLING.replace("lost", f"lost-{number}") for number in range(5))
    told = kubelint("rbac", "who-can", "get", "pods", "-", cwd=folder, text=several).stderr.splitlines()
    assert len(told) == 4
    assert told[-1] == "kubelint: 2 more bindings refer to roles that are not there"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["who-can", "get"], "Missing argument 'RESOURCE'"),
        (["who-can", "", "pods"], "a verb and a resource are needed"),
        (["can", "sa:"], "'sa:' is no service account; write sa:NAMESPACE/NAME"),
        (["can", ""], "'' names nobody"),
        (["diff", "old.yaml"], "Missing argument 'NEW'"),
        (["can", "alice", "--format", "sarif"], "'sarif' is not one of 'text', 'json'"),
        (["can", "alice", "--config", "none.yaml"], "'none.yaml' does not exist"),
        (["nonsense"], "No such command 'nonsense'"),
    ],
)
def test_wrong_usage(folder: Path, arguments: list[str], words: str) -> None:
    result = kubelint("rbac", *arguments, cwd=folder)
    assert (result.returncode, result.stdout) == (2, "")
    assert words in result.stderr


def test_an_input_that_failed_is_told_and_the_rest_counts(folder: Path) -> None:
    (folder / "broken.yaml").write_text("apiVersion: v1\nkind: Pod\nspec: {a: [}\n")
    result = kubelint("rbac", "who-can", "get", "nodes", cwd=folder)
    assert result.returncode == 1
    assert result.stderr.startswith("kubelint: broken.yaml: ")
    assert "User alice" in result.stdout
    missing = kubelint("rbac", "diff", "old.yaml", "none.yaml", cwd=folder)
    assert missing.returncode == 1
    assert "kubelint: none.yaml: does not exist" in missing.stderr


def test_the_configuration_gives_the_default_namespace(folder: Path) -> None:
    bare = OLD.replace(", namespace: shop", "")
    (folder / "bare.yaml").write_text(bare)
    assert "namespace default" in kubelint("rbac", "can", "sa:default/web", "bare.yaml", cwd=folder).stdout
    (folder / "other.yaml").write_text("namespace: store\n")
    result = kubelint("rbac", "can", "sa:web", "bare.yaml", "--config", "other.yaml", cwd=folder)
    assert result.stdout.startswith("ServiceAccount store/web\n")
    assert "namespace store" in result.stdout
    (folder / ".kubelint.yaml").write_text("namespace: [a]\n")
    assert kubelint("rbac", "can", "sa:web", "bare.yaml", cwd=folder).returncode == 2


def test_odd_objects_and_text_of_unknown_origin(folder: Path) -> None:
    odd = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: "\\e[31mred"}
rules: [7, {verbs: get}, {verbs: ["*"], apiGroups: [""], resources: ["\\u202epods"]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: b}
roleRef: {kind: ClusterRole, name: "\\e[31mred"}
subjects: [{kind: User}, {kind: User, name: "\\e[32m"}, {}, null, 3, {kind: ServiceAccount, name: x}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: "\\e[33m"}
roleRef: []
subjects: {}
"""
    for arguments in (["can", "\x1b[32m", "-"], ["who-can", "get", "\u202epods", "-"], ["diff", "old.yaml", "-"]):
        result = kubelint("rbac", *arguments, cwd=folder, text=odd)
        assert "\\x1b[31mred" in result.stdout
        for character in ("\x1b", "\u202e"):
            assert character not in result.stdout + result.stderr
        assert "refers to no role: it counts for nothing" in result.stderr
        assert json.loads(kubelint("rbac", *arguments, "--format", "json", cwd=folder, text=odd).stdout)


def test_too_long_an_answer_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli_rbac, "_MOST", 1)
    monkeypatch.chdir(folder)
    refused = CliRunner().invoke(cli_rbac.rbac_group, ["can", "alice", "new.yaml"])
    assert refused.exit_code == 2
    assert "User alice holds more than 1 rights; ask for one namespace, or for fewer files" in refused.output
    assert CliRunner().invoke(cli_rbac.rbac_group, ["can", "bob", "new.yaml"]).exit_code == 0


def test_the_commands_are_listed(folder: Path) -> None:
    assert "rbac " in kubelint("--help", cwd=folder).stdout
    listed = kubelint("rbac", "--help", cwd=folder).stdout
    assert all(name in listed for name in ("who-can", "can", "diff"))


def test_the_documentation_shows_what_is_printed(tmp_path: Path) -> None:
    wider = EXAMPLE.replace("    resourceNames: [database]\n", "").replace("[get]", "[get, list]")
    for name, text in {"deploy": EXAMPLE + ADMIN, "old": EXAMPLE, "new": wider}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "rbac.yaml").write_text(text, encoding="utf-8")
    page = (ROOT / "docs" / "rbac.md").read_text(encoding="utf-8")
    commands = [line.split("$ kubelint ")[1].split() for line in page.splitlines() if "$ kubelint rbac" in line]
    assert [command[1] for command in commands] == ["who-can", "can", "diff"]
    for command in commands:
        printed = kubelint(*command, cwd=tmp_path).stdout.rstrip()
        assert "\n".join(f"    {line}".rstrip() for line in printed.splitlines()) in page


def test_the_configuration_of_the_documentation_is_valid(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "rbac.md").read_text(encoding="utf-8")
    example = page[page.index("    rules:\n") :].split("\n\n", maxsplit=1)[0]
    (tmp_path / ".kubelint.yaml").write_text(example.replace("\n    ", "\n").removeprefix("    ") + "\n")
    result = kubelint("config", "check", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
