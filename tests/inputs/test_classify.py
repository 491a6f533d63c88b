"""Every sample of `tests/data/not_manifests` lies in a directory named after the reason it must get."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.inputs.classify import FileRoles, classify, looks_like_manifest, skip_reason
from kubelint_py.inputs.near_miss import misspelled_api_version
from tests.conftest import ROOT, shared
from tests.inputs.reading import documents

SAMPLES = ROOT / "tests" / "data" / "not_manifests"


def sample_names() -> list[str]:
    return sorted(path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*") if path.is_file())


@pytest.mark.parametrize("name", sample_names())
def test_what_is_no_manifest_gets_its_reason(name: str) -> None:
    expected, _, shown = name.partition("/")
    path = SAMPLES / name
    unread = FileRoles().reason(path)
    reasons = [classify(data, shown) for data in documents(path.read_text(), shown)]
    assert unread in {None, expected}
    assert None not in reasons
    assert skip_reason(str(reason) for reason in reasons) == expected or unread == expected


def test_there_are_enough_samples_of_every_format() -> None:
    reasons = {name.partition("/")[0] for name in sample_names()}
    assert len(sample_names()) >= 140
    wanted = "compose github-workflow gitlab-ci helm-values helm-chart kustomization kind-config kubeadm-config openapi"
    assert reasons >= set(wanted.split()) | {"ansible", "cloudformation", "backstage", "datadog", "skaffold", "mkdocs"}


def test_the_name_of_a_file_alone_hides_no_object() -> None:
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": {}}
    for name in ("values.yaml", "docker-compose-pod.yaml", "kustomization.yaml", "playbook.yml", "action.yml"):
        assert classify(pod, name) is None


OBJECTS = [
    ("v1", "Pod"),
    ("v1", "Deploymnt"),
    ("v1", "List"),
    ("apps/v1", "deployment"),
    ("app/v1", "Deployment"),
    ("v1beta1", "Deployment"),
    ("v2", "Service"),
    ("1.0", "Pod"),
    ("a/b/c", "Pod"),
    ("example.com/v1", "Widget"),
    ("example/v1", "Widget"),
    ("example.com/2021-01-01", "Widget"),
    ("argoproj.io/v1alpha1", "Application"),
    ("argoproj.io/v1alpha1", "Workflow"),
    ("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
    ("helm.toolkit.fluxcd.io/v2", "HelmRelease"),
    ("cluster.x-k8s.io/v1beta1", "Cluster"),
    ("bootstrap.cluster.x-k8s.io/v1beta1", "KubeadmConfig"),
    ("gateway.networking.k8s.io/v1", "Gateway"),
    ("config.gatekeeper.sh/v1alpha1", "Config"),
    ("config.openshift.io/v1", "OAuth"),
    ("config.concierge.pinniped.dev/v1alpha1", "CredentialIssuer"),
    ("datadoghq.com/v2alpha1", "DatadogAgent"),
    ("kwok.x-k8s.io/v1alpha1", "Stage"),
    ("pkg.crossplane.io/v1", "Provider"),
    ("kappctrl.k14s.io/v1alpha1", "App"),
    ("template.openshift.io/v1", "Template"),
    ("admissionregistration.k8s.io/v1", "ValidatingWebhookConfiguration"),
    ("apiextensions.k8s.io/v1", "CustomResourceDefinition"),
]


@pytest.mark.parametrize(("api_version", "kind"), OBJECTS)
def test_objects_and_custom_resources_stay_objects(api_version: str, kind: str) -> None:
    assert classify({"apiVersion": api_version, "kind": kind, "metadata": {"name": "a"}}) is None


def test_a_lost_group_is_no_reason_to_skip() -> None:
    data = {"apiVersion": "v1alpha1", "kind": "Widget", "metadata": {"name": "a", "labels": {}}, "spec": {}}
    assert classify(data) is None
    assert classify({**data, "metadata": {"name": "a"}}) == "not-kubernetes"


def test_every_object_of_the_corpus_is_one() -> None:
    for row in shared("api", "mutations.jsonl").read_text().splitlines():
        assert classify(json.loads(row)["object"], "values.yaml") is None
    for file in sorted(shared("corpus").rglob("*.yaml")):
        for line in file.read_text().splitlines():
            if line.startswith("apiVersion: "):
                assert classify({"apiVersion": line[12:].strip("\"'"), "kind": "Any"}) is None, (file, line)


CONTAINERS = {"containers": [{"name": "a", "image": "nginx"}]}
NEAR_MISSES: list[tuple[dict[str, Any], str]] = [
    ({"kind": "Pod", "metadata": {"name": "a"}, "spec": CONTAINERS}, ""),
    ({"kind": "pod", "spec": CONTAINERS}, ""),
    ({"kind": "Whatever", "spec": {"template": {"spec": CONTAINERS}}}, ""),
    ({"kind": "CronJob", "spec": {"jobTemplate": {"spec": {"template": {"spec": CONTAINERS}}}}}, ""),
    ({"apiVerson": "v1", "kind": "Pod", "metadata": {"name": "a"}, "spec": CONTAINERS}, "apiVerson"),
    ({"apiversion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {}}, "apiversion"),
    ({"api_version": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}, "data": {}}, "api_version"),
    ({"api-version": "v1", "kind": "Secret", "metadata": {"name": "a"}, "stringData": {}}, "api-version"),
    ({"ApiVersion": "v1", "kind": "Namespace", "metadata": {"name": "a"}}, "ApiVersion"),
    ({"APIVersion": "v1", "kind": "ServiceAccount", "metadata": {"name": "a"}}, "APIVersion"),
    ({"apiVersions": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {}}, "apiVersions"),
    ({"apiVresion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {}}, "apiVresion"),
    ({"apVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {}}, "apVersion"),
    ({"apiVersion ": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {}}, "apiVersion "),
    ({"apiVerson": "example.com/v1", "kind": "Widget", "metadata": {"name": "a"}}, "apiVerson"),
    ({"apiVersion": None, "kind": "Pod", "metadata": {"name": "a"}, "spec": {}}, "apiVersion"),
    ({"apiVersion": "", "kind": "Pod", "metadata": {"name": "a"}, "spec": {}}, "apiVersion"),
    ({"apiVersion": 1, "kind": "Pod", "metadata": {"name": "a"}, "spec": {}}, "apiVersion"),
    ({"kind": "Role", "metadata": {"name": "a"}, "rules": []}, ""),
    ({"kind": "RoleBinding", "metadata": {"name": "a"}, "roleRef": {}, "subjects": []}, ""),
    ({"kind": "ServiceMonitor", "metadata": {"name": "a", "labels": {"x": "y"}}, "spec": {}}, ""),
    ({"kind": "List", "items": [{"apiVersion": "v1", "kind": "Pod"}]}, ""),
]


@pytest.mark.parametrize(("data", "key"), NEAR_MISSES)
def test_a_near_miss_is_told_with_the_key_at_fault(data: dict[str, Any], key: str) -> None:
    assert misspelled_api_version(data) == key
    assert classify(data, "any.yaml") == "api-version-missing"


@pytest.mark.parametrize(
    "data",
    [
        {"kind": "Pod"},
        {"kind": "Deployment", "replicaCount": 1, "image": {"tag": "1"}},
        {"kind": "Service", "metadata": {}},
        {"kind": "pipeline", "type": "kubernetes", "metadata": {"namespace": "ci"}, "steps": []},
        {"kind": "Dashboard", "metadata": {"name": "a", "project": "p"}, "spec": {}},
        {"kind": "Secret", "metadata": {"name": "a", "project": "p"}, "spec": {}},
        {"apiversion": "kustomize.config.k8s.io/v1beta1", "kind": "Kustomization", "metadata": {"name": "a"}},
        {"appVersion": "1.0", "kind": "Chart", "metadata": {"name": "a"}},
        {"api_version": "v1/config", "kind": "Collection", "spec": {}},
        {"apiVersion": "v1", "kind": "Pod"},
        {"apiVersion": "v1", "metadata": {"name": "a"}, "spec": CONTAINERS},
        {"kind": ["Pod"], "spec": CONTAINERS},
        {"kind": "List", "items": ["a"]},
        {"kind": "", "spec": CONTAINERS},
        [],
        "kind: Pod",
        None,
    ],
)
def test_other_things_with_a_kind_are_no_near_misses(data: Any) -> None:
    assert misspelled_api_version(data) is None


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=10,
)
KEYS = st.sampled_from(
    [
        *("apiVersion", "apiVerson", "kind", "metadata", "spec", "data", "items", "services", "jobs", "on", "steps"),
        *("releases", "Resources", "groups", "all", "dependencies", "$schema", "type", "op", "path", "template"),
    ]
)


@given(data=st.dictionaries(KEYS, PLAIN) | st.lists(st.dictionaries(KEYS, PLAIN)) | PLAIN, name=st.text())
def test_nothing_makes_it_raise(data: Any, name: str) -> None:
    if classify(data, name) is None:
        assert data["apiVersion"]
        assert data["kind"]
    assert isinstance(misspelled_api_version(data), str | None)


def test_the_most_telling_reason_of_a_file() -> None:
    assert skip_reason([]) == "empty"
    assert skip_reason(["empty", "empty"]) == "empty"
    assert skip_reason(["empty", "not-kubernetes"]) == "not-kubernetes"
    assert skip_reason(["empty", "kubeadm-config", "component-config", "not-kubernetes"]) == "kubeadm-config"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("apiVersion: v1\nkind: Pod\nmetadata: {\n", True),
        ('{"apiVersion":"v1","kind":"Pod"', True),
        ("- kind: Pod\n  spec: {", True),
        ("kind: Pod\nmetadata:\n\tname: a\n", True),
        ("# apiVersion: v1\n# kind: Pod\n# spec: 1\ncompilerOptions: {\n", False),
        ("kind: pipeline\nsteps: [\n", False),
        ("{ // tsconfig\n", False),
        ("", False),
    ],
)
def test_a_refused_text_seems_meant_as_a_manifest(text: str, expected: bool) -> None:
    assert looks_like_manifest(text) is expected


def chart(tmp_path: Path) -> Path:
    for name in ("Chart.yaml", "templates/deployment.yaml", "templates/tests/t.yaml", "crds/crd.yaml", "values.yaml"):
        (tmp_path / "shop" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / name).touch()
    for name in ("charts/sub/Chart.yaml", "charts/sub/templates/x.yaml", "ci/tls-values.yaml", "values.schema.json"):
        (tmp_path / "shop" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "shop" / name).touch()
    return tmp_path / "shop"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("templates/deployment.yaml", "helm-template"),
        ("templates/tests/t.yaml", "helm-template"),
        ("templates/not-there-yet.yaml", "helm-template"),
        ("charts/sub/templates/x.yaml", "helm-template"),
        ("Chart.yaml", "helm-chart"),
        ("requirements.yaml", "helm-chart"),
        ("values.yaml", "helm-values"),
        ("values-prod.yaml", "helm-values"),
        ("prod.values.yml", "helm-values"),
        ("values.schema.json", "helm-values"),
        ("ci/tls-values.yaml", "helm-values"),
        ("crds/crd.yaml", None),
        ("files/extra.yaml", None),
        ("templated/x.yaml", None),
        ("charts/other/templates/x.yaml", None),
    ],
)
def test_files_of_a_chart_are_known_by_their_place(tmp_path: Path, name: str, reason: str | None) -> None:
    assert FileRoles().reason(chart(tmp_path) / name) == reason


def test_a_template_is_known_from_within_its_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(chart(tmp_path) / "templates" / "tests")
    assert FileRoles().reason(Path("t.yaml")) == "helm-template"


def test_a_directory_named_templates_without_a_chart_holds_manifests(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert FileRoles().reason(tmp_path / "templates" / "pod.yaml") is None
    assert FileRoles().reason(tmp_path / "values.yaml") is None


def test_the_file_system_is_asked_once_for_each_directory(tmp_path: Path) -> None:
    asked: list[Path] = []
    roles = FileRoles(lambda path: bool(asked.append(Path(path))))
    for number in range(5):
        roles.reason(tmp_path / "templates" / f"{number}.yaml")
    assert asked == [tmp_path / "Chart.yaml"]
