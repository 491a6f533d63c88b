"""What the rules about namespaces say besides message and place: severity, tags, related places, files."""

from __future__ import annotations

from pathlib import Path

from kubelint_py import Config, Finding, check_objects, check_paths, check_text, parse

NAMESPACE = """\
apiVersion: v1
kind: Namespace
metadata:
  name: shop
  labels:
    pod-security.kubernetes.io/enforce: MODE
---
"""
POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  hostPID: true
  containers:
    - name: web
      image: web:1.0
      securityContext: {privileged: true}
"""


def found(text: str, rule: str = "pss-namespace-mismatch") -> Finding:
    (finding,) = check_text(text, name="set.yaml", config=Config(select=(rule,))).findings
    return finding


def test_what_is_refused_is_high_and_names_controls_and_label() -> None:
    finding = found(NAMESPACE.replace("MODE", "baseline") + POD)
    assert (finding.severity, finding.path, finding.container) == ("high", "/spec/hostPID", "")
    assert finding.tags[-2:] == ("hostNamespaces", "privileged")
    assert finding.object is not None
    assert finding.object.name == "web"
    assert [(each.file, each.line, each.column, each.message) for each in finding.related] == [
        ("set.yaml", 6, 41, "the namespace asks for baseline here")
    ]


def test_a_container_is_named_where_the_first_field_is_one_of_it() -> None:
    finding = found(NAMESPACE.replace("MODE", "baseline") + POD.replace("  hostPID: true\n", ""))
    assert (finding.container, finding.path) == ("web", "/spec/containers/0/securityContext/privileged")


def test_what_is_warned_about_is_low() -> None:
    warns = NAMESPACE.replace("enforce: MODE", "warn: baseline")
    finding = found(warns + POD)
    assert finding.severity == "low"
    assert finding.message.startswith("namespace 'shop' warns about this Pod, which is below baseline (v1.37): ")
    assert finding.related[0].line == 6


def test_a_warning_that_comes_with_enforcing_leads_to_that_label() -> None:
    template = (
        "apiVersion: v1\nkind: PodTemplate\nmetadata: {name: t, namespace: shop}\ntemplate: {spec: {hostPID: true}}\n"
    )
    finding = found(NAMESPACE.replace("MODE", "baseline") + template)
    assert (finding.severity, finding.related[0].line) == ("low", 6)


def test_a_wrong_label_is_about_validity_and_an_unknown_name_is_not() -> None:
    wrong = found(NAMESPACE.replace("MODE", "strict"), "pss-label-invalid")
    assert (wrong.severity, wrong.tags) == ("high", ("api-validity",))
    unknown = found(NAMESPACE.replace("enforce: MODE", "enforced: baseline"), "pss-label-invalid")
    assert (unknown.severity, unknown.tags) == ("high", ())
    alone = found(NAMESPACE.replace("enforce: MODE", "audit-version: v1.30"), "pss-label-invalid")
    assert (alone.severity, alone.tags) == ("low", ())


def test_namespace_and_workload_may_be_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(NAMESPACE.replace("MODE", "baseline"), encoding="utf-8")
    (tmp_path / "b.yaml").write_text(POD, encoding="utf-8")
    (finding,) = check_paths([tmp_path], config=Config(select=("pss-namespace-mismatch",))).findings
    assert Path(finding.file).name == "b.yaml"
    assert (finding.line, Path(finding.related[0].file).name) == (5, "a.yaml")


def test_configured_kinds_are_in_the_set(tmp_path: Path) -> None:
    farm = "apiVersion: example.org/v1\nkind: Farm\nmetadata: {name: f, namespace: shop}\nspec: "
    farm += "{hostPID: true, containers: []}\n"
    config = Config(select=("pss-namespace-mismatch",), pod_templates={"example.org/Farm": ["spec"]})
    text = NAMESPACE.replace("MODE", "baseline") + farm
    (finding,) = check_text(text, config=config).findings
    assert (finding.path, finding.severity) == ("/spec/hostPID", "high")
    assert check_text(text, config=config._replace(pod_templates={})).findings == ()


def test_plain_objects_are_a_set_as_well() -> None:
    objects = [document.data for document in parse(NAMESPACE.replace("MODE", "baseline") + POD)]
    (finding,) = check_objects(objects, config=Config(select=("pss-namespace-mismatch",))).findings
    assert (finding.document, finding.line, finding.path) == (1, 0, "/spec/hostPID")
