"""What fixing does to manifests: which findings it takes up, and what it leaves as it is."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kubelint_py import Config, check_text
from kubelint_py.api_fix import RESTLESS, FixedText, fix_text
from kubelint_py.authoring import Container, Fix, Problem, Problems, rule
from kubelint_py.errors import PluginError
from kubelint_py.inputs.files import Candidate
from kubelint_py.pipeline import Task
from kubelint_py.registry import Registry, load
from kubelint_py.rule import make_rule
from kubelint_py.source.parse import read_documents
from kubelint_py.source.text import Source
from tests.registry import module
from tests.source.written import Writer, json_text

POD = """apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers:
    - name: web
      image: registry.example/shop/web:1.0.0
"""
FIXABLE = tuple(each.id for each in load().rules.values() if each.fix)


def fix(text: str, *rules: str, unsafe: bool = False, name: str = "t.yaml", **config: Any) -> FixedText:
    task = Task(Candidate(None, name, explicit=True))
    return fix_text(text, task, Config(select=rules or FIXABLE, **config), unsafe=unsafe)


def test_rules_with_a_fix() -> None:
    kinds = {each.id: each.fix for each in load().rules.values() if each.category == "pod-security" and each.fix}
    assert kinds == {
        "capabilities-not-dropped": "safe",
        "privilege-escalation-allowed": "safe",
        "privileged-container": "safe",
        "run-as-root-allowed": "unsafe",
        "seccomp-profile-missing": "safe",
        "writable-root-filesystem": "unsafe",
    }


def test_safe_fixes_in_a_block() -> None:
    assert fix(POD) == FixedText(
        POD
        + "      securityContext:\n"
        + "        capabilities:\n          drop: [ALL]\n        allowPrivilegeEscalation: false\n"
        + "  securityContext:\n    seccompProfile:\n      type: RuntimeDefault\n",
        fixed=3,
        unsafe=2,
    )


def test_unsafe_fixes_come_when_asked_for() -> None:
    result = fix(POD, unsafe=True)
    assert result.fixed == 5
    assert result.unsafe == 0
    assert "readOnlyRootFilesystem: true" in result.text
    assert "runAsNonRoot: true" in result.text
    assert check_text(result.text, config=Config(select=FIXABLE)).findings == ()


def test_what_a_stronger_finding_hides_is_fixed_once_that_has_gone() -> None:
    text = POD + "      securityContext: {privileged: true}\n"
    result = fix(text)
    assert result.fixed == 4
    assert "{privileged: false, capabilities: {drop: [ALL]}, allowPrivilegeEscalation: false}" in result.text


def test_what_a_stronger_finding_hides_stays_where_that_stays() -> None:
    text = POD + "      securityContext: {privileged: true}\n  hostPID: true\n"
    assert fix(text).text == text
    assert fix(text, profile="strict").text.count("allowPrivilegeEscalation") == 0


@pytest.mark.parametrize(
    "text",
    [
        POD.replace("- name: web", "- name: web # kubelint: ignore[capabilities-not-dropped] needs them"),
        POD.replace("{name: web}", "{name: web, annotations: {kubelint.io/ignore: 'capabilities-not-dropped: why'}}"),
    ],
)
def test_a_suppressed_finding_is_not_fixed(text: str) -> None:
    assert check_text(text, config=Config(select=("capabilities-not-dropped",))).summary.suppressed == 1
    assert fix(text, "capabilities-not-dropped") == FixedText(text)


def test_a_fix_that_would_mend_a_suppressed_finding_too_is_not_made() -> None:
    text = POD + "    - name: logs # kubelint: ignore[seccomp-profile-missing] traces the others\n"
    assert check_text(text, config=Config(select=("seccomp-profile-missing",))).summary.findings == 1
    assert fix(text, "seccomp-profile-missing") == FixedText(text)


def test_one_change_may_mend_several_findings() -> None:
    text = POD + "    - name: logs\n      image: registry.example/shop/logs:1.0.0\n"
    assert fix(text, "seccomp-profile-missing").fixed == 2


def test_the_standards_offer_the_same_fixes() -> None:
    result = fix_text(POD, Task(Candidate(None, "t.yaml", explicit=True)), Config(pss="restricted"), unsafe=True)
    assert result.fixed == 4
    assert check_text(result.text, config=Config(pss="restricted")).findings == ()


def test_a_pod_that_a_controller_puts_together_is_left_alone() -> None:
    text = "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: a}\nspec: {replicas: 1}\n"
    assert check_text(text, config=Config(select=FIXABLE)).findings
    assert fix(text, unsafe=True) == FixedText(text)


def test_pods_for_windows_nodes_are_left_alone() -> None:
    text = POD + "  nodeSelector: {kubernetes.io/os: windows}\n"
    assert fix(text, unsafe=True) == FixedText(text)


def test_rendered_input_is_refused() -> None:
    text = "---\n# Source: shop/templates/web.yaml\n" + POD
    result = fix(text)
    assert result.text == text
    assert "shop/templates/web.yaml" in result.refused
    harmless = text.replace("kind: Pod", "kind: Service")
    assert fix(harmless) == FixedText(harmless)


def test_a_json_manifest() -> None:
    text = '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"},"spec":{"containers":[{"name":"b","image":"c"}]}}'
    result = fix(text, "privilege-escalation-allowed", name="pod.json")
    assert result.text == text.replace('"c"}', '"c","securityContext":{"allowPrivilegeEscalation":false}}')


def test_shared_containers_are_left_alone() -> None:
    text = POD.replace("- name: web", "- &web\n      name: web") + "  initContainers:\n    - *web\n"
    result = fix(text, unsafe=True)
    assert result.fixed == 4
    assert result.text == text + (
        "  securityContext:\n    runAsNonRoot: true\n    seccompProfile:\n      type: RuntimeDefault\n"
    )


def test_broken_documents_do_not_keep_others_from_being_fixed() -> None:
    text = "a: [\n---\n" + POD + "---\n{{ if }}\n"
    assert fix(text, "seccomp-profile-missing").fixed == 1


@rule(severity="low", since="0.1", fix="safe")
def check_names(container: Container) -> Problems:
    yield Problem(container.node.at("name"), "has a name")


def use(monkeypatch: pytest.MonkeyPatch, fixer: Any) -> None:
    made = make_rule("made-rule", "made", module(check=check_names, fix=fixer))
    registry = Registry((made, *load().rules.values()))
    monkeypatch.setattr("kubelint_py.api_fix.load_rules", lambda: registry)


def test_fixes_that_do_not_come_to_an_end_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    def longer(problem: Problem, _container: Container) -> Fix:
        return Fix(problem.node, f"{problem.node.value}x")

    use(monkeypatch, longer)
    assert fix(POD, "made-rule") == FixedText(POD, refused=RESTLESS)


def test_a_fix_that_crashes_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(_problem: Problem, _container: Container) -> Fix:
        raise RuntimeError("secret")

    use(monkeypatch, crash)
    assert fix(POD, "made-rule") == FixedText(POD)


def test_an_unsafe_rule_has_no_safe_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    def upper(problem: Problem, _container: Container) -> Fix | None:
        return Fix(problem.node, "NAME", safe=False) if problem.node.value != "NAME" else None

    use(monkeypatch, upper)
    assert fix(POD, "made-rule") == FixedText(POD, unsafe=1)
    assert fix(POD, "made-rule", unsafe=True) == FixedText(POD.replace("- name: web", "- name: NAME"), fixed=1)


def test_a_rule_says_that_it_has_a_fix_and_has_one() -> None:
    with pytest.raises(PluginError, match="fix"):
        make_rule("made-rule", "made", module(check=check_names))

    @rule(severity="low", since="0.1", fix="maybe")
    def check(container: Container) -> Problems:
        yield Problem(container.node, "")

    with pytest.raises(PluginError, match="fix"):
        make_rule("made-rule", "made", module(check=check, fix=lambda _: None))


def odd(random: Random) -> Any:
    return random.choice((None, {}, [], "text", 0, True))


def security(random: Random, fields: dict[str, tuple[Any, ...]]) -> Any:
    if random.random() < 0.25:
        return odd(random)
    names = random.sample(sorted(fields), random.randint(0, 3))
    return {name: random.choice((*fields[name], odd(random))) for name in names}


CAPABILITIES = (
    {"drop": ["NET_RAW"]},
    {"drop": ["all"]},
    {"drop": None},
    {"add": ["SYS_ADMIN"]},
    {"add": ["CHOWN"]},
    {},
)
SHARED = {
    "runAsNonRoot": (True, False, None),
    "runAsUser": (0, 1000),
    "seccompProfile": ({"type": "RuntimeDefault"}, {}, {"localhostProfile": "a"}, {"type": "Unconfined"}),
}
OWN = {
    **SHARED,
    "privileged": (True, False, None),
    "allowPrivilegeEscalation": (True, False, None),
    "readOnlyRootFilesystem": (True, False, None),
    "capabilities": CAPABILITIES,
}


def container(random: Random) -> Any:
    if random.random() < 0.1:
        return odd(random)
    found: dict[str, Any] = {"name": random.choice(("a", "b")), "image": "registry.example/a:1"}
    if random.random() < 0.7:
        found["securityContext"] = security(random, OWN)
    return found


def pod(random: Random) -> dict[str, Any]:
    spec: dict[str, Any] = {"containers": [container(random) for _ in range(random.randint(0, 3))]}
    if random.random() < 0.5:
        spec["securityContext"] = security(random, SHARED)
    if random.random() < 0.3:
        spec["initContainers"] = [container(random)]
    if random.random() < 0.2:
        spec[random.choice(("hostPID", "hostNetwork"))] = True
    if random.random() < 0.1:
        spec["os"] = {"name": "windows"}
    template = {"metadata": {"labels": {"app": "a"}}, "spec": spec}
    if random.random() < 0.5:
        return {"apiVersion": "v1", "kind": "Pod", **template}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"template": template}}


def changed(one: Any, other: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Where two values differ."""
    if isinstance(one, dict) and isinstance(other, dict):
        keys = {*one, *other}
        return [at for key in keys for at in changed(one.get(key), other.get(key), (*path, key))]
    if isinstance(one, list) and isinstance(other, list) and len(one) <= len(other):
        longer = [*one, *[None] * (len(other) - len(one))]
        return [at for index, each in enumerate(longer) for at in changed(each, other[index], (*path, index))]
    return [] if type(one) is type(other) and one == other else [path]


FIELDS = set(OWN) - {"runAsUser"}
EDITED = ("{", "securityContext", "- ", "drop", "all", "type", *FIELDS)
"""A line without these is no place for an edit, save for a comma in JSON."""


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False), st.booleans(), st.sampled_from(("default", "strict")))
def test_any_manifest(random: Random, unsafe: bool, profile: str) -> None:
    data = pod(random)
    text = json_text(random, data) if random.random() < 0.2 else Writer(random, block_scalars=False).text(data)
    result = fix(text, unsafe=unsafe, profile=profile)
    assert not result.refused
    assert (result.fixed > 0) == (result.text != text)
    before, after = (read_documents(Source("t.yaml", each))[0] for each in (text, result.text))
    assert before.data == data
    for path in changed(before.data, after.data):
        assert "securityContext" in path
        at = path.index("securityContext")
        assert len(path) == at + 1 or path[at + 1] in FIELDS, path
    again = fix(result.text, unsafe=unsafe, profile=profile)
    assert again == FixedText(result.text, unsafe=again.unsafe)
    lines = iter([line.rstrip(",\r") for line in result.text.split("\n")])
    unedited = [line.rstrip(",\r") for line in text.split("\n") if not any(word in line for word in EDITED)]
    assert all(line in lines for line in unedited)
    left, had = (
        check_text(each, config=Config(select=FIXABLE, profile="strict")).summary.findings
        for each in (result.text, text)
    )
    assert left <= had - (result.fixed if profile == "strict" else 0)
