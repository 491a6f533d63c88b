"""Views, crash containment, implied findings and where findings point."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py import check_text
from kubelint_py.authoring import Bundle, Container, Document, PodSpec, Problem, Problems, Resource, Workload, rule
from kubelint_py.config import Config
from kubelint_py.engine import make_plan, without_implied
from kubelint_py.finding import Finding
from kubelint_py.inputs.files import Candidate
from kubelint_py.pipeline import FileResult, Task, check_set, lint_text
from kubelint_py.registry import Registry, load
from kubelint_py.rule import Check, Rule, make_rule
from kubelint_py.source.text import Source
from tests.outputs import sample
from tests.registry import module

POD = """apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  initContainers:
    - {name: one, image: a}
    - {name: two, image: a, restartPolicy: Always}
  containers:
    - name: three
      image: a
  ephemeralContainers:
    - {name: four, image: a}
"""


def made(check: Check, name: str = "made-rule") -> Rule:
    return make_rule(name, "made", module(check=check))


def run(text: str, *rules: Rule, config: Config | None = None) -> list[Finding]:
    registry = Registry((*rules, *load().rules.values()))
    config = config or Config(select=tuple(each.id for each in rules))
    plan = make_plan(config, registry)
    result: FileResult = lint_text(text, plan, Task(Candidate(None, "t.yaml", explicit=True)))
    between = check_set([result], plan, lambda _: True, lambda _: Source("t.yaml", text))
    return [*result.findings, *between]


def test_each_container_is_seen_with_its_role() -> None:
    @rule(severity="low", since="0.1")
    def check(container: Container) -> Problems:
        yield Problem(container.node.at("name"), container.role)

    found = run(POD, made(check))
    assert [(each.container, each.message) for each in found] == [
        ("three", "main"),
        ("one", "init"),
        ("two", "sidecar"),
        ("four", "ephemeral"),
    ]


def test_every_view_is_called() -> None:
    seen: list[str] = []

    @rule(severity="low", since="0.1")
    def resource_check(resource: Resource) -> Problems:
        seen.append(f"resource {resource.title}")
        yield from ()

    @rule(severity="low", since="0.1", kinds=("Service",))
    def service_check(resource: Resource) -> Problems:
        seen.append("service")
        yield from ()

    @rule(severity="low", since="0.1")
    def workload_check(workload: Workload) -> Problems:
        seen.append(f"workload {workload.kind}")
        yield from ()

    @rule(severity="low", since="0.1")
    def pod_check(pod: PodSpec) -> Problems:
        seen.append(f"pod of {pod.resource.name}")
        yield from ()

    @rule(severity="low", since="0.1")
    def document_check(document: Document) -> Problems:
        seen.append(f"document {document.index}")
        yield from ()

    @rule(severity="low", since="0.1", kinds=("Pod",))
    def bundle_check(bundle: Bundle) -> Problems:
        seen.append(f"bundle of {len(bundle.resources)}")
        yield from ()

    checks = (resource_check, service_check, workload_check, pod_check, document_check, bundle_check)
    assert run(POD, *(made(check, f"made-{number}") for number, check in enumerate(checks))) == []
    assert seen == ["document 0", "resource Pod/web", "workload Pod", "pod of web", "bundle of 1"]


def test_a_crash_is_a_finding_and_the_others_go_on() -> None:
    @rule(severity="low", since="0.1")
    def crashing(pod: PodSpec) -> Problems:
        yield Problem(pod.node, "before")
        raise ValueError("s3cr3t")

    @rule(severity="low", since="0.1")
    def working(pod: PodSpec) -> Problems:
        yield Problem(pod.node, "works")

    found = run(POD, made(crashing, "crashing-rule"), made(working, "working-rule"))
    assert sorted(each.rule for each in found) == ["crashing-rule", "internal-error", "working-rule"]
    message = next(each.message for each in found if each.rule == "internal-error")
    assert "crashing-rule crashed with ValueError" in message
    assert "s3cr3t" not in message


def test_a_crash_of_a_bundle_rule_is_a_finding() -> None:
    @rule(severity="low", since="0.1")
    def check(bundle: Bundle) -> Problems:
        yield from ()
        raise KeyError(bundle)

    assert [each.rule for each in run(POD, made(check))] == ["internal-error"]


def place(path: str, *, key: bool = False, text: str = POD) -> tuple[int, int, int, str]:
    @rule(severity="low", since="0.1")
    def check(resource: Resource) -> Problems:
        yield Problem(resource.node.at(path), "here", key=key)

    (found,) = run(text, made(check))
    return found.line, found.column, found.end_column, found.path


@pytest.mark.parametrize(
    ("path", "key", "expected"),
    [
        ("spec.containers.0.image", False, (10, 14, 15, "/spec/containers/0/image")),
        ("spec.containers.0.image", True, (10, 7, 12, "/spec/containers/0/image")),
        (
            "spec.containers.0.securityContext.privileged",
            False,
            (9, 13, 18, "/spec/containers/0/securityContext/privileged"),
        ),
        ("spec.hostPID", False, (4, 1, 5, "/spec/hostPID")),
        ("spec.containers", False, (8, 3, 13, "/spec/containers")),
        ("spec.initContainers.0", False, (6, 7, 28, "/spec/initContainers/0")),
        ("metadata.labels.app", False, (3, 1, 9, "/metadata/labels/app")),
        ("status.phase", False, (3, 18, 21, "/status/phase")),
    ],
)
def test_where_a_finding_points(path: str, key: bool, expected: tuple[int, int, int, str]) -> None:
    assert place(path, key=key) == expected


def test_an_aliased_value_points_at_the_anchor_with_the_alias_beside() -> None:
    @rule(severity="low", since="0.1")
    def check(resource: Resource) -> Problems:
        yield Problem(resource.node.at("spec.hostPID"), "here")

    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: web, labels: {a: &t true}}\nspec:\n  hostPID: *t\n"
    (found,) = run(text, made(check))
    assert (found.line, found.column) == (3, 38)
    assert [(each.line, each.column) for each in found.related] == [(5, 12)]


def test_items_of_lists_keep_their_place() -> None:
    text = "apiVersion: v1\nkind: List\nitems:\n  - apiVersion: v1\n    kind: Pod\n    metadata:\n      name: web\n"

    @rule(severity="low", since="0.1")
    def check(resource: Resource) -> Problems:
        yield Problem(resource.node.at("metadata.name"), resource.title)

    (found,) = run(text, made(check))
    assert (found.line, found.column, found.path, found.message) == (7, 13, "/items/0/metadata/name", "Pod/web")
    assert found.object is not None
    assert found.object.kind == "Pod"


def test_typed_lists_give_their_items_a_kind() -> None:
    text = "apiVersion: v1\nkind: PodList\nitems:\n  - metadata: {name: web}\n    spec: {}\n"

    @rule(severity="low", since="0.1")
    def check(resource: Resource) -> Problems:
        yield Problem(resource.node, f"{resource.api_version} {resource.title}")

    assert [each.message for each in run(text, made(check))] == ["v1 Pod/web"]


def implied(strong: tuple[str, str], weak: tuple[str, str]) -> bool:
    @rule(severity="high", since="0.1")
    def strong_check(resource: Resource) -> Problems:
        yield Problem(resource.node.at(strong[1]), "strong", container=strong[0])

    @rule(severity="low", since="0.1", implied_by=("strong-rule",))
    def weak_check(resource: Resource) -> Problems:
        yield Problem(resource.node.at(weak[1]), "weak", container=weak[0])

    rules = made(strong_check, "strong-rule"), made(weak_check, "weak-rule")
    left = without_implied(run(POD, *rules), Registry((*rules, *load().rules.values())))
    assert "strong" in {each.message for each in left}
    return "weak" not in {each.message for each in left}


@pytest.mark.parametrize(
    ("strong", "weak", "hidden"),
    [
        (("a", "spec.x"), ("a", "spec.y"), True),
        (("a", "spec.x"), ("b", "spec.y"), False),
        (("", "spec.x"), ("a", "spec.y"), True),
        (("", "spec.x"), ("", "spec.y"), False),
        (("", "spec.x.deep"), ("", "spec.x"), True),
        (("", "spec.x"), ("", "spec.x.deep"), True),
        (("", "spec.x"), ("", "spec.xy"), False),
        (("a", "spec.x"), ("", "spec.x"), False),
    ],
)
def test_one_cause_gives_one_finding(strong: tuple[str, str], weak: tuple[str, str], hidden: bool) -> None:
    assert implied(strong, weak) is hidden


def made_finding(name: str, container: str, path: str) -> Finding:
    return sample.finding(rule=name, container=container, path=path, object=None)


def implying_rules() -> Registry:
    @rule(severity="low", since="0.1", implied_by=("strong-rule",))
    def weak_check(resource: Resource) -> Problems:
        yield from ()

    @rule(severity="high", since="0.1")
    def strong_check(resource: Resource) -> Problems:
        yield from ()

    return Registry((made(strong_check, "strong-rule"), made(weak_check, "weak-rule")))


PATHS = st.lists(st.sampled_from(["a", "b", "a-b", "0", ""]), max_size=3).map(
    lambda keys: "".join(f"/{k}" for k in keys)
)
PLACES = st.tuples(st.sampled_from(["", "", "web", "job"]), PATHS)


@settings(max_examples=300, deadline=None)
@given(st.lists(PLACES, max_size=6), PLACES)
def test_implied_is_what_a_stronger_finding_on_the_same_container_or_path_says(
    strong: list[tuple[str, str]], weak: tuple[str, str]
) -> None:
    def says(container: str, path: str) -> bool:
        if weak[0]:
            return container in {"", weak[0]}
        return not container and (f"{path}/".startswith(f"{weak[1]}/") or f"{weak[1]}/".startswith(f"{path}/"))

    findings = [*(made_finding("strong-rule", *place) for place in strong), made_finding("weak-rule", *weak)]
    left = without_implied(findings, implying_rules())
    assert [each.rule for each in left].count("strong-rule") == len(strong)
    assert (len(left) == len(strong)) is any(says(*place) for place in strong)


def test_many_findings_on_one_object_are_compared_in_linear_time() -> None:
    strong = [made_finding("strong-rule", f"c{number}", f"/spec/{number}") for number in range(20_000)]
    strong += [made_finding("strong-rule", "", f"/other/{number}") for number in range(20_000)]
    weak = [made_finding("weak-rule", "", f"/spec/{number}") for number in range(20_000)]
    started = time.process_time()
    assert len(without_implied([*strong, *weak], implying_rules())) == 60_000
    assert time.process_time() - started < 3


@pytest.mark.parametrize(
    ("rule_id", "container"),
    [
        ("readiness-probe-missing", "{name: c%d, image: registry.example/web}"),
        ("run-as-root-allowed", "{name: c%d, image: registry.example/web, securityContext: {runAsUser: 1000}}"),
    ],
)
def test_a_pod_of_many_containers_is_judged_in_linear_time(rule_id: str, container: str) -> None:
    containers = "".join(f"        - {container % number}\n" for number in range(16_000))
    root = "        - {name: root, image: registry.example/web}\n"
    text = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n"
    text += f"      containers:\n{containers}{root}"
    started = time.process_time()
    report = check_text(text, config=Config(select=(rule_id,)))
    assert time.process_time() - started < 8
    assert len(report.findings) == (16_001 if rule_id == "readiness-probe-missing" else 1)


def test_a_definition_nobody_asks_for_is_not_built() -> None:
    text = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: a, name: b}\n"
    plan = make_plan(Config(select=("duplicate-key",)), load())
    result = lint_text(text, plan, Task(Candidate(None, "t.yaml", explicit=True)))
    assert [each.rule for each in result.findings] == ["duplicate-key"]
    assert result.objects == 1
    assert not plan.needs("CustomResourceDefinition")
