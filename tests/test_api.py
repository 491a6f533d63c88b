"""The library's functions on whole inputs."""

from __future__ import annotations

import pickle
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kubelint_py
from kubelint_py import Config, Report, check_objects, check_paths, check_text
from kubelint_py.api import Run, check
from kubelint_py.errors import ConfigError
from tests.conftest import ROOT, shared

POD = """\
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  hostPID: true
  containers: [{name: a, image: 'a:1'}]
"""


def rules_of(report: Report) -> list[str]:
    return [finding.rule for finding in report.findings]


def test_public_names_exist() -> None:
    for name in kubelint_py.__all__:
        assert getattr(kubelint_py, name) is not None, name
    assert kubelint_py.rules()[0].id
    assert kubelint_py.rules()[0].id, "the package of that name must not hide the function"
    with pytest.raises(AttributeError):
        _ = kubelint_py.nothing


def test_text_gives_findings_with_places() -> None:
    report = check_text(POD, config=Config(select=("host-pid",)))
    (finding,) = report.findings
    assert (finding.file, finding.document, finding.line, finding.column) == ("<stdin>", 0, 5, 12)
    assert finding.object is not None
    assert finding.object.name == "web"
    assert report.summary.objects == 1
    assert report.summary.high == 1


def test_objects_have_no_places() -> None:
    objects = [{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "spec": {"hostPID": True}}]
    (finding,) = check_objects(objects, config=Config(select=("host-pid",))).findings
    assert (finding.document, finding.line, finding.path) == (0, 0, "/spec/hostPID")


def test_objects_may_be_anything() -> None:
    report = check_objects([{}, {"kind": 3}, {"apiVersion": "v1", "kind": "Pod", "spec": [1, {"a": None}]}])
    assert report.summary.failed == 0


def test_an_unknown_rule_is_a_configuration_error() -> None:
    with pytest.raises(ConfigError, match="priviledged"):
        check_text(POD, config=Config(select=("priviledged-container",)))


def test_one_refused_document_does_not_hide_its_neighbours() -> None:
    report = check_text(
        f"{POD}---\napiVersion: v1\nkind: [\n---\n{POD}", config=Config(select=("host-pid", "yaml-syntax"))
    )
    assert [(finding.rule, finding.document) for finding in report.findings] == [
        ("host-pid", 0),
        ("yaml-syntax", 1),
        ("host-pid", 2),
    ]
    assert report.inputs[0].status == "linted"


def test_a_file_that_cannot_be_read_at_all_failed() -> None:
    report = check_text("apiVersion: v1\nkind: [\n")
    assert report.inputs[0].status == "failed"
    assert rules_of(report) == ["yaml-syntax"]


def test_a_misspelled_api_version_is_a_finding() -> None:
    report = check_text(POD.replace("apiVersion", "apiVerson"))
    assert rules_of(report) == ["api-version-missing"]
    assert report.inputs[0].status == "linted"


def test_items_of_a_list_need_an_api_version_of_their_own() -> None:
    items = "".join(
        "- " + text.strip().replace("\n", "\n  ") + "\n" for text in (POD, POD.replace("apiVersion", "apiVerson"))
    )
    report = check_text(f"apiVersion: v1\nkind: List\nitems:\n{items}- x: 1\n")
    missing = [finding for finding in report.findings if finding.rule == "api-version-missing"]
    assert [finding.path for finding in missing] == ["/items/1/apiVerson"]
    assert report.summary.objects == 1
    typed = check_text(f"apiVersion: v1\nkind: PodList\nitems:\n{items.replace('kind: Pod', '')}")
    assert typed.summary.objects == 2


def test_an_unrendered_template_is_one_finding() -> None:
    report = check_text("apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\n")
    assert rules_of(report) == ["unrendered-template"]


def test_braces_in_strings_and_comments_change_nothing() -> None:
    report = check_text("# {{ x }}\n" + POD.replace("web", "'{{ x }}'"), config=Config(select=("host-pid",)))
    assert rules_of(report) == ["host-pid"]


def test_rendered_charts_name_their_template() -> None:
    text = f"---\n# Source: shop/templates/web.yaml\n{POD}---\n# Source: shop/templates/two.yaml\n{POD}"
    report = check_text(text, config=Config(select=("host-pid",)))
    assert [finding.source for finding in report.findings] == ["shop/templates/web.yaml", "shop/templates/two.yaml"]


def test_every_input_ends_in_one_way(tmp_path: Path) -> None:
    files = {
        "pod.yaml": POD,
        "broken.yaml": "apiVersion: v1\nkind: [\n",
        "docker-compose.yml": "services: {web: {image: a}}\n",
        "notes.yaml": "- one\n- two\n",
        "empty.yaml": "# nothing\n",
        "chart/Chart.yaml": "apiVersion: v2\nname: shop\n",
        "chart/values.yaml": "a: 1\n",
        "chart/templates/web.yaml": "{{ if }}\n",
        "kustomization.yaml": "resources: [pod.yaml]\n",
        "one.json": '{"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}}',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\xff")
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nowhere")
    summary = check_paths([tmp_path]).summary
    assert summary.inputs == summary.linted + summary.skipped + summary.failed == len(files) + 2
    assert (summary.linted, summary.failed) == (2, 2)


def patched(tmp_path: Path) -> Config:
    (tmp_path / "kustomization.yaml").write_text("patches: [{path: patch.yaml}]\n", encoding="utf-8")
    (tmp_path / "patch.yaml").write_text(POD, encoding="utf-8")
    return Config(select=("host-pid", "writable-root-filesystem"))


def test_a_patch_is_not_blamed_for_what_it_lacks(tmp_path: Path) -> None:
    assert rules_of(check_paths([tmp_path], config=patched(tmp_path))) == ["host-pid"]


def test_a_patch_is_known_when_only_it_is_named(tmp_path: Path) -> None:
    assert rules_of(check_paths([tmp_path / "patch.yaml"], config=patched(tmp_path))) == ["host-pid"]


def test_a_patch_is_one_however_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("base", "overlay"):
        (tmp_path / folder).mkdir()
    config = patched(tmp_path / "base")
    monkeypatch.chdir(tmp_path / "overlay")
    assert rules_of(check_paths(["../base/patch.yaml"], config=config)) == ["host-pid"]


SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec: {selector: {app: web}}\n"
DEPLOYMENT = """apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: LABEL}}, spec: {containers: [{name: a, image: "a:1"}]}}}
"""


def shop(tmp_path: Path, label: str) -> tuple[Path, Path]:
    service, deployment = tmp_path / "service.yaml", tmp_path / "other" / "deployment.yaml"
    deployment.parent.mkdir()
    service.write_text(SERVICE, encoding="utf-8")
    deployment.write_text(DEPLOYMENT.replace("LABEL", label), encoding="utf-8")
    return service, deployment


def test_context_is_looked_at_and_not_reported(tmp_path: Path) -> None:
    service, deployment = shop(tmp_path, "other")
    config = Config(select=("dangling-service", "writable-root-filesystem"))
    report = check_paths([service], config=config, context=[str(deployment)])
    assert rules_of(report) == ["dangling-service"]
    assert report.summary.inputs == 1
    assert report.findings[0].related[0].file == str(deployment)
    assert (
        rules_of(check_paths([deployment], config=Config(select=("dangling-service",)), context=[str(service)])) == []
    )


def test_references_into_context_are_found(tmp_path: Path) -> None:
    service, deployment = shop(tmp_path, "web")
    assert (
        rules_of(check_paths([service], config=Config(select=("dangling-service",)), context=[str(deployment)])) == []
    )


def test_sets_know_nothing_of_each_other(tmp_path: Path) -> None:
    shop(tmp_path, "other")
    run = Run([str(tmp_path)], Config(select=("dangling-service",)))
    assert rules_of(check(run).report) == ["dangling-service"]
    assert rules_of(check(run._replace(set_per="file")).report) == []
    assert rules_of(check(run._replace(set_per="directory")).report) == []
    sets = Config(select=("dangling-service",), sets=("other",), root=str(tmp_path))
    assert rules_of(check(run._replace(config=sets)).report) == []


@pytest.mark.parametrize("seed", range(4))
def test_order_does_not_matter(tmp_path: Path, seed: int) -> None:
    files = sorted((ROOT / "examples").rglob("*.yaml"))
    expected = check_paths(files)
    shuffled = files[:]
    random.Random(seed).shuffle(shuffled)  # noqa: S311
    assert check_paths(shuffled).findings == expected.findings


def test_batches_give_what_one_run_gives(tmp_path: Path) -> None:
    examples = Path(shutil.copytree(ROOT / "examples", tmp_path / "examples"))
    files = [str(path) for path in sorted(examples.rglob("*.yaml"))]
    whole = check_paths(files).findings
    parts = [finding for file in files for finding in check_paths([file], context=files).findings]
    assert sorted(parts) == sorted(whole)


def test_processes_give_what_one_process_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kubelint_py.parallel.PAYS_FROM", 0)
    monkeypatch.setattr("kubelint_py.parallel._CHUNK", 1)
    run = Run([str(ROOT / "examples")])
    assert check(run._replace(jobs=2)).report == check(run).report


def test_what_is_nested_too_deeply_to_travel_is_judged_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kubelint_py.parallel.PAYS_FROM", 0)
    monkeypatch.setattr("kubelint_py.parallel._CHUNK", 1)
    deep = "[" * 9_000 + "]" * 9_000
    (tmp_path / "deep.json").write_text(f'{{"apiVersion": "v1", "kind": "Pod", "spec": {deep}}}', encoding="utf-8")
    (tmp_path / "pod.yaml").write_text(POD, encoding="utf-8")
    run = Run([str(tmp_path)], Config(select=("host-pid", "workload-without-network-policy")))
    report = check(run._replace(jobs=2)).report
    assert (report.summary.linted, report.summary.failed) == (2, 0)
    assert report == check(run).report


def test_reports_travel() -> None:
    report = check_text(POD)
    assert pickle.loads(pickle.dumps(report)) == report  # noqa: S301


def test_the_corpus_is_read_whole() -> None:
    report = check(Run([str(shared("corpus"))], Config(), set_per="file")).report
    assert report.summary.failed == 0
    assert report.summary.linted > 100
    assert [
        finding for finding in report.findings if finding.rule in {"internal-error", "yaml-syntax", "input-limit"}
    ] == []
    assert [finding for finding in report.findings if finding.line < 1 or finding.column < 1] == []
    assert [finding for finding in report.findings if "api-validity" in finding.tags] == []


def spans_lie_inside(report: Report, text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for finding in report.findings:
        assert 1 <= finding.line <= finding.end_line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert 1 <= finding.end_column <= len(lines[finding.end_line - 1]) + 1
        assert (finding.line, finding.column) <= (finding.end_line, finding.end_column)


@given(st.text(max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_gives_a_report(text: str) -> None:
    spans_lie_inside(check_text(text), text)


EXAMPLES = "---\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "examples").rglob("*.yaml")))


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_mutilated_manifests_give_a_report(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(EXAMPLES) - 900))
    text = EXAMPLES[start : start + data.draw(st.integers(1, 900))]
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from([*"{}[]&*!|>'\"%@`#:,-?\t\r\n \0", "<<: *a", "---\n"])) + text[at:]
    spans_lie_inside(check_text(text), text)


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
KEYS = st.sampled_from(
    [
        "spec",
        "template",
        "metadata",
        "labels",
        "containers",
        "initContainers",
        "securityContext",
        "capabilities",
        "drop",
        "add",
        "name",
        "namespace",
        "volumes",
        "hostPath",
        "path",
        "env",
        "value",
        "valueFrom",
        "image",
        "rules",
        "verbs",
        "resources",
        "subjects",
        "roleRef",
        "selector",
        "podSelector",
        "data",
        "stringData",
        "annotations",
        "automountServiceAccountToken",
        "kind",
        "apiVersion",
        "items",
        "policyTypes",
        "ingress",
        "ports",
    ]
)
TREES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=4), inner, max_size=5)
)
KINDS = [("v1", "Pod"), ("apps/v1", "Deployment"), ("batch/v1", "CronJob"), ("v1", "Service"), ("v1", "List")]
KINDS += [("v1", "Secret"), ("v1", "ConfigMap"), ("v1", "Namespace"), ("networking.k8s.io/v1", "NetworkPolicy")]
KINDS += [
    ("rbac.authorization.k8s.io/v1", kind) for kind in ("Role", "ClusterRole", "RoleBinding", "ClusterRoleBinding")
]


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.dictionaries(KEYS, TREES, max_size=6)), max_size=3))
@settings(max_examples=200, deadline=None)
def test_any_plain_data_gives_a_report(drawn: list[tuple[tuple[str, str], dict[str, object]]]) -> None:
    objects = [{**body, "apiVersion": version, "kind": kind} for (version, kind), body in drawn]
    report = check_objects(objects, config=Config(profile="strict"))
    assert [finding.message for finding in report.findings if finding.rule == "internal-error"] == []


def test_nothing_opens_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket", refuse)
    assert check_paths([ROOT / "examples"]).summary.failed == 0


def test_start_up_is_lean() -> None:
    # What the libraries import differs between the versions of Python.
    libraries = "import sys, pathlib, click, yaml; own = set(sys.modules)"
    code = f"{libraries}; import kubelint_py.cli; print(*set(sys.modules) - own)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    heavy = {"ruamel.yaml", "jsonschema", "jsonschema_rs", "multiprocessing", "subprocess", "ipaddress", "pathspec"}
    assert heavy & set(loaded) == set()
