"""Pods inside custom resources: where they are, what they lack, and that findings lead to the field that is written."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_py import parse, pss
from kubelint_py.data.pod_templates import BUILT_IN, CUSTOM
from kubelint_py.model.assembled import Assembled, implied, overlay
from kubelint_py.model.bundle import Bundle
from kubelint_py.model.pod_template import POD_TEMPLATES, PodTemplates, with_configured
from kubelint_py.model.resource import resources
from kubelint_py.model.workload import Workload, workloads
from kubelint_py.source.document import Document, Node

KINDS = sorted((group, kind) for group, kind in CUSTOM)


def found(text: str, places: PodTemplates = POD_TEMPLATES) -> list[Workload]:
    return [each for document in parse(text) for one in resources(document) for each in workloads(one, places)]


def violated(text: str, level: str = "baseline") -> list[tuple[str, str]]:
    """Return control and JSON Pointer of each violation, and check that each pointer leads where it says."""
    result = []
    for workload in found(text):
        for violation in workload.pod.judged("latest", level):
            node = workload.pod.at(violation)
            here: Any = workload.resource.node
            for key in node.path:
                here = here.child(key)
            assert here.value == node.value
            result.append((violation.control, node.pointer))
    return result


def custom(kind: str, spec: str, group: str, indent: str = "  ") -> str:
    lines = "".join(indent + line + "\n" for line in spec.strip("\n").split("\n"))
    return f"apiVersion: {group}/v1\nkind: {kind}\nmetadata: {{name: it}}\nspec:\n{lines}"


def at_path(path: tuple[Any, ...], value: Any) -> Any:
    for key in reversed(path):
        value = [value] if key == "*" else {key: value}
    return value


@pytest.mark.parametrize("key", [key for key in KINDS if any(not place.shape for place in CUSTOM[key])], ids=str)
def test_plain_templates_are_found_at_every_place(key: tuple[str, str]) -> None:
    group, kind = key
    for place in CUSTOM[key]:
        if place.shape is None:
            pod = {"metadata": {"labels": {"a": "b"}}, "spec": {"hostPID": True, "containers": [{"name": "a"}]}}
            data = {"apiVersion": f"{group}/v1", "kind": kind, **at_path(place.path, pod)}
            (violation,) = pss.violations(data, level="baseline")
            path = tuple(0 if step == "*" else step for step in place.path)
            assert violation.path == (*path, "spec", "hostPID")
            assert pss.level_reached(data) == "privileged"


def test_a_star_also_means_the_values_of_a_mapping() -> None:
    text = custom("PyTorchJob", "pytorchReplicaSpecs:\n  Worker: {template: {spec: {hostIPC: true}}}", "kubeflow.org")
    assert violated(text) == [("hostNamespaces", "/spec/pytorchReplicaSpecs/Worker/template/spec/hostIPC")]


def test_a_group_decides_not_the_kind_alone() -> None:
    assert found(custom("Service", "template: {spec: {containers: []}}", "serving.knative.dev"))
    assert not found(custom("Service", "template: {spec: {containers: []}}", "other.example"))
    assert not found(custom("Rollout", "template: {spec: {containers: []}}", "other.example"))


PROMETHEUS = "monitoring.coreos.com"


def test_pod_level_fields_of_prometheus() -> None:
    text = """
podMetadata: {annotations: {container.apparmor.security.beta.kubernetes.io/prometheus: unconfined}}
hostNetwork: true
volumes: [{name: v, hostPath: {path: /}}]
securityContext: {sysctls: [{name: kernel.msgmax, value: "1"}]}
containers: [{name: prometheus, securityContext: {privileged: true}}]
"""
    assert violated(custom("Prometheus", text, PROMETHEUS)) == [
        ("appArmorProfile", "/spec/podMetadata/annotations/container.apparmor.security.beta.kubernetes.io~1prometheus"),
        ("hostNamespaces", "/spec/hostNetwork"),
        ("hostPathVolumes", "/spec/volumes/0/hostPath"),
        ("privileged", "/spec/containers/0/securityContext/privileged"),
        ("sysctls", "/spec/securityContext/sysctls/0/name"),
    ]


@pytest.mark.parametrize("kind", ["Alertmanager", "Prometheus", "PrometheusAgent", "ThanosRuler"])
def test_containers_of_the_operator_are_confined_but_for_what_the_pod_says(kind: str) -> None:
    assert violated(custom(kind, "replicas: 1", PROMETHEUS), "restricted") == [
        ("runAsNonRoot", "/spec/securityContext/runAsNonRoot"),
        ("seccompProfile_restricted", "/spec/securityContext/seccompProfile/type"),
    ]
    pod = "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"
    assert violated(custom(kind, pod, PROMETHEUS), "restricted") == []


def test_containers_of_the_operator_are_patched_and_others_are_whole() -> None:
    text = """
securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
containers:
  - name: config-reloader
    securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}
  - name: proxy
    securityContext: {capabilities: {drop: [ALL]}}
initContainers:
  - name: init-config-reloader
    securityContext: {allowPrivilegeEscalation: true}
"""
    assert violated(custom("Prometheus", text, PROMETHEUS), "restricted") == [
        ("allowPrivilegeEscalation", "/spec/initContainers/0/securityContext/allowPrivilegeEscalation"),
        ("allowPrivilegeEscalation", "/spec/containers/1/securityContext/allowPrivilegeEscalation"),
    ]


def test_one_container_that_nothing_patches_is_enough_to_lack_something() -> None:
    confined = "{runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"
    names = ("prometheus", "config-reloader")
    patches = "containers:\n" + "".join(f"  - {{name: {name}, securityContext: {confined}}}\n" for name in names)
    (workload,) = found(custom("Prometheus", patches, PROMETHEUS))
    assert [each.name for each in workload.pod.containers] == ["prometheus", "config-reloader", "init-config-reloader"]
    assert {path for _, path in violated(custom("Prometheus", patches, PROMETHEUS), "restricted")} == {
        "/spec/securityContext/runAsNonRoot",
        "/spec/securityContext/seccompProfile/type",
    }
    patches += f"initContainers: [{{name: init-config-reloader, securityContext: {confined}}}]"
    assert violated(custom("Prometheus", patches, PROMETHEUS), "restricted") == []


ARGO = "argoproj.io"
WORKFLOW = """
podMetadata: {annotations: {container.apparmor.security.beta.kubernetes.io/main: unconfined}}
securityContext: {runAsNonRoot: true}
hostNetwork: true
volumes: [{name: used, hostPath: {path: /used}}, {name: idle, hostPath: {path: /idle}}]
templates:
  - name: run
    container: {image: a, volumeMounts: [{name: used, mountPath: /used}], securityContext: {privileged: true}}
    sidecars: [{name: side, securityContext: {procMount: Unmasked}}]
  - name: script
    metadata: {annotations: {container.apparmor.security.beta.kubernetes.io/main: runtime/default}}
    volumes: [{name: own, hostPath: {path: /own}}]
    script: {image: a, source: x}
    initContainers: [{name: first, ports: [{hostPort: 80}]}]
  - name: together
    containerSet: {containers: [{name: one, securityContext: {privileged: true}}]}
  - name: walk
    dag:
      tasks:
        - name: t
          inline: {container: {image: a, securityContext: {privileged: true}}}
  - name: stop
    suspend: {}
"""


def test_each_template_of_a_workflow_is_a_pod() -> None:
    annotation = "container.apparmor.security.beta.kubernetes.io~1main"
    shared = [
        ("appArmorProfile", f"/spec/podMetadata/annotations/{annotation}"),
        ("hostNamespaces", "/spec/hostNetwork"),
    ]
    assert violated(custom("Workflow", WORKFLOW, ARGO)) == [
        *shared,
        ("hostPathVolumes", "/spec/volumes/0/hostPath"),
        ("privileged", "/spec/templates/0/container/securityContext/privileged"),
        ("procMount", "/spec/templates/0/sidecars/0/securityContext/procMount"),
        ("hostNamespaces", "/spec/hostNetwork"),
        ("hostPathVolumes", "/spec/templates/1/volumes/0/hostPath"),
        ("hostPorts", "/spec/templates/1/initContainers/0/ports/0/hostPort"),
        *shared,
        ("privileged", "/spec/templates/2/containerSet/containers/0/securityContext/privileged"),
        *shared,
        ("privileged", "/spec/templates/3/dag/tasks/0/inline/container/securityContext/privileged"),
    ]


def test_the_security_context_of_a_template_replaces_that_of_the_workflow() -> None:
    text = """
securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
templates:
  - container: {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}
  - container: {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}}
    securityContext: {runAsNonRoot: true}
"""
    for kind in ("Workflow", "WorkflowTemplate", "ClusterWorkflowTemplate"):
        assert violated(custom(kind, text, ARGO), "restricted") == [
            ("seccompProfile_restricted", "/spec/templates/1/container/securityContext/seccompProfile/type")
        ]
    nested = "workflowSpec:\n" + "".join(f"  {line}\n" for line in text.strip("\n").split("\n"))
    assert violated(custom("CronWorkflow", nested, ARGO), "restricted") == [
        (
            "seccompProfile_restricted",
            "/spec/workflowSpec/templates/1/container/securityContext/seccompProfile/type",
        )
    ]


def test_defaults_of_a_workflow_fill_in_what_a_container_lacks() -> None:
    text = """
templateDefaults:
  securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
  container: {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [NET_RAW]}}}
templates:
  - container: {image: a, securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}
"""
    assert violated(custom("Workflow", text, ARGO), "restricted") == [
        ("capabilities_restricted", "/spec/templateDefaults/container/securityContext/capabilities/drop")
    ]


def test_a_patch_of_the_pod_may_fill_in_everything() -> None:
    text = "podSpecPatch: '{}'\ntemplates:\n  - container: {securityContext: {privileged: true}}"
    assert violated(custom("Workflow", text, ARGO), "restricted") == [
        ("privileged", "/spec/templates/0/container/securityContext/privileged")
    ]


def test_a_container_without_a_name_has_that_of_its_controller() -> None:
    (workload,) = found(custom("Workflow", "templates: [{container: {image: a}}]", ARGO))
    (container,) = workload.pod.containers
    assert (container.name, container.node.pointer) == ("main", "/spec/templates/0/container")
    assert container.node.at("image").value == "a"


SPARK = "sparkoperator.k8s.io"
APPLICATION = """
volumes: [{name: used, hostPath: {path: /used}}, {name: idle, hostPath: {path: /idle}}]
driver:
  serviceAccount: spark
  labels: {role: driver}
  annotations: {container.apparmor.security.beta.kubernetes.io/a: unconfined}
  podSecurityContext: {sysctls: [{name: kernel.msgmax, value: "1"}]}
  securityContext: {privileged: true}
  volumeMounts: [{name: used, mountPath: /used}]
executor:
  hostNetwork: true
  initContainers: [{name: first, securityContext: {privileged: true}}]
  sidecars: [{name: side, securityContext: {privileged: true}}]
"""


def test_driver_and_executor_of_spark_have_names_of_their_own() -> None:
    found_there = violated(custom("SparkApplication", APPLICATION, SPARK))
    assert found_there == [
        ("appArmorProfile", "/spec/driver/annotations/container.apparmor.security.beta.kubernetes.io~1a"),
        ("hostPathVolumes", "/spec/volumes/0/hostPath"),
        ("privileged", "/spec/driver/securityContext/privileged"),
        ("sysctls", "/spec/driver/podSecurityContext/sysctls/0/name"),
        ("hostNamespaces", "/spec/executor/hostNetwork"),
        ("privileged", "/spec/executor/initContainers/0/securityContext/privileged"),
        ("privileged", "/spec/executor/sidecars/0/securityContext/privileged"),
    ]
    nested = "template:\n" + "".join(f"  {line}\n" for line in APPLICATION.strip("\n").split("\n"))
    assert violated(custom("ScheduledSparkApplication", nested, SPARK)) == [
        (control, path.replace("/spec", "/spec/template", 1)) for control, path in found_there
    ]
    driver, executor = found(custom("SparkApplication", APPLICATION, SPARK))
    assert (driver.pod.service_account, driver.pod.labels) == ("spark", {"role": "driver"})
    assert [each.name for each in driver.pod.containers] == ["spark-kubernetes-driver"]
    assert [each.name for each in executor.pod.containers] == ["spark-kubernetes-executor", "side", "first"]


def test_what_a_spark_pod_lacks_is_missing_under_its_own_name_unless_a_template_may_have_it() -> None:
    driver = "driver: {securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}, X}"
    plain = custom("SparkApplication", driver.replace(", X", ", podSecurityContext: {runAsNonRoot: false}"), SPARK)
    assert violated(plain, "restricted") == [
        ("runAsNonRoot", "/spec/driver/podSecurityContext/runAsNonRoot"),
        ("seccompProfile_restricted", "/spec/driver/securityContext/seccompProfile/type"),
    ]
    template = custom("SparkApplication", driver.replace("X", "template: {spec: {containers: [{name: a}]}}"), SPARK)
    assert violated(template, "restricted") == []
    assert [each.pod.partial for each in found(template)] == [True, True]


TEKTON = "tekton.dev"
TASK = """
stepTemplate: {securityContext: {privileged: true}}
steps: [{name: one, image: a}, {image: b, securityContext: {runAsUser: 0}}]
sidecars: [{name: side, securityContext: {privileged: true}}]
volumes: [{name: v, hostPath: {path: /}}]
"""


def test_parts_of_tekton_are_judged_by_what_they_say() -> None:
    assert violated(custom("Task", TASK, TEKTON), "restricted") == [
        ("privileged", "/spec/stepTemplate/securityContext/privileged"),
        ("privileged", "/spec/sidecars/0/securityContext/privileged"),
        ("restrictedVolumes", "/spec/volumes/0/hostPath"),
        ("runAsUser", "/spec/steps/1/securityContext/runAsUser"),
    ]
    run = "podTemplate: {hostNetwork: true}\ntaskSpec: {steps: [{image: a}]}"
    assert violated(custom("TaskRun", run, TEKTON), "restricted") == [
        ("hostNamespaces", "/spec/podTemplate/hostNetwork")
    ]
    pipeline = "finally:\n  - taskSpec: {steps: [{securityContext: {privileged: true}}]}"
    assert violated(custom("Pipeline", pipeline, TEKTON)) == [
        ("privileged", "/spec/finally/0/taskSpec/steps/0/securityContext/privileged")
    ]
    step = "image: a\nsecurityContext: {privileged: true, runAsNonRoot: false}"
    assert violated(custom("StepAction", step, TEKTON), "restricted") == [
        ("privileged", "/spec/securityContext/privileged"),
        ("runAsNonRoot", "/spec/securityContext/runAsNonRoot"),
    ]


def test_a_partial_pod_is_not_blamed_for_what_it_lacks() -> None:
    task = {"apiVersion": "tekton.dev/v1", "kind": "Task", "spec": {"steps": [{"name": "a", "image": "a"}]}}
    assert pss.violations(task, level="restricted") == []
    assert pss.level_reached(task) == "restricted"


def test_configured_kinds_replace_known_ones() -> None:
    places = with_configured({"example.org/Farm": ["spec.pools.*.template", "spec.leader"], "argoproj.io/Rollout": []})
    farm = custom(
        "Farm", "pools: [{template: {spec: {hostPID: true}}}]\nleader: {hostPID: true, containers: []}", "example.org"
    )
    assert [each.pod.node.pointer for each in found(farm, places)] == ["/spec/pools/0/template/spec", "/spec/leader"]
    assert found(custom("Rollout", "template: {spec: {}}", ARGO), places) == []
    assert with_configured({}) is POD_TEMPLATES


def test_a_position_in_a_configured_path_is_a_number() -> None:
    places = with_configured({"example.org/Farm": ["spec.pools.0"]})
    farm = custom("Farm", "pools: [{containers: []}, {containers: []}]", "example.org")
    assert [each.pod.node.pointer for each in found(farm, places)] == ["/spec/pools/0"]


ODD: list[Any] = [None, 0, "x", [], {}, [None], [[]], {"spec": []}, {"spec": None}, [{"name": []}], {"a": {"b": 1}}]


@pytest.mark.parametrize("key", KINDS, ids=str)
def test_nothing_raises_on_values_of_any_shape(key: tuple[str, str]) -> None:
    group, kind = key
    fields = (
        "metadata",
        "securityContext",
        "containers",
        "steps",
        "volumes",
        "template",
        "container",
        "spec",
        "sidecars",
    )
    for place in CUSTOM[key]:
        for odd in ODD:
            for inner in (odd, *(dict.fromkeys(fields, odd), *({field: odd} for field in fields))):
                data = {"apiVersion": f"{group}/v1", "kind": kind, **at_path(place.path or ("spec",), inner)}
                pss.violations(data, level="restricted")
                pss.level_reached(data)
    for odd in ODD:
        pss.violations({"apiVersion": f"{group}/v1", "kind": kind, "spec": odd}, level="restricted")


def test_built_in_kinds_are_not_custom() -> None:
    assert not set(BUILT_IN) & set(CUSTOM)
    with pytest.raises(pss.PolicyError):
        pss.violations({"apiVersion": "argoproj.io/v1", "kind": "Rollout"}, level="high")


def test_a_set_tells_the_pods_of_controllers_apart() -> None:
    for group, kind in [*CUSTOM, *BUILT_IN]:
        data = {"apiVersion": f"{group}/v1" if group else "v1", "kind": kind, "metadata": {"name": "a"}}
        place = POD_TEMPLATES[group, kind][0]
        data |= at_path(place.path, {"spec": {"containers": []}, "containers": [], "steps": [{}], "container": {}})
        bundle = Bundle(resources(Document.from_data(data, 0)))
        assert len(bundle.all_workloads) >= 1, (group, kind)
        assert len(bundle.workloads) == ((group, kind) in BUILT_IN), (group, kind)


def root(data: Any) -> Node:
    return Document.from_data(data, 0).root


def test_assembled_nodes_lead_to_their_places() -> None:
    node = root({"a": {"x": {"y": 1}, "l": [1, 2]}, "b": {"x": {"z": 2}}})
    merged = overlay(node.child("a"), node.child("b"))
    assert merged.value == {"x": {"y": 1, "z": 2}, "l": [1, 2]}
    assert merged.at("x.z").pointer == "/b/x/z"
    assert merged.at("x", "y").pointer == "/a/x/y"
    assert (merged.at("x.q.r").pointer, merged.at("x.q.r").present) == ("/a/x/q/r", False)
    assert [(key, child.pointer) for key, child in merged.entries()] == [("x", "/a/x"), ("l", "/a/l")]
    assert merged.at("l.1").pointer == "/a/l/1"
    both = Assembled(node.child("list"), [node.at("b.x"), node.at("a.x")])
    assert both.value == [{"z": 2}, {"y": 1}]
    assert [each.pointer for each in both.items()] == ["/b/x", "/a/x"]
    assert (both.at(1, "y").pointer, both.present, both.at(2).present) == ("/a/x/y", False, False)
    assert list(both.entries()) == list(merged.items()) == []


def test_null_lacks_and_other_values_replace() -> None:
    node = root({"a": {"x": None, "y": [1]}, "b": {"x": 3, "y": [2]}, "n": None})
    merged = overlay(node.child("a"), node.child("b"))
    assert merged.value == {"x": 3, "y": [1]}
    assert merged.at("x").pointer == "/b/x"
    assert overlay(node.child("n"), node.child("q")).pointer == "/n"
    assert overlay(node.child("q"), node.child("b")).pointer == "/b"


def test_implied_values_are_not_present() -> None:
    made = implied(root({}).child("securityContext"), {"drop": ["ALL"], "flag": False})
    assert made.value == {"drop": ["ALL"], "flag": False}
    assert (made.at("flag").as_bool, made.at("flag").present) == (False, False)
    assert made.at("other").pointer == "/securityContext/other"
