"""Where each kind keeps its pods.

`BUILT_IN` are Kubernetes' own kinds (Kubernetes API reference, "Workload resources"). `CUSTOM` are kinds of
projects whose controllers create pods, at any version of their API group.
Source: the API references of the projects, read in November 2026; for what the Prometheus operator
sets on its own containers also its source, package `pkg/prometheus`.
"""

from __future__ import annotations

from typing import Any, NamedTuple

Path = tuple[str | int, ...]
Key = tuple[str, str]

ANY = "*"
"""In a path: every item of a list, every value of a mapping."""


class Containers(NamedTuple):
    """A place of containers: a list, or with a name the one container that its pods have under that name."""

    path: Path
    name: str = ""


class Shape(NamedTuple):
    """How a mapping that is no pod template says what a pod has.

    Fields of the pod's spec stand in the mapping under their own names, or under those of `renamed` ("" for
    nowhere), else in the mappings at `outer`, which are paths from the object. `containers` and
    `init_containers` are paths from the mapping; without any place of containers it is judged alone. `metadata`
    is a path from the mapping, `outer_metadata` one from the object: labels and annotations of the pod.
    `made` and `made_init` name containers that the controller always makes, `made_sometimes` others, all with the
    security context `made_security`; a container of that name in the mapping is merged into it.
    """

    containers: tuple[Containers, ...] = (Containers(("containers",)),)
    init_containers: tuple[Containers, ...] = (Containers(("initContainers",)),)
    metadata: Path = ("metadata",)
    outer: tuple[Path, ...] = ()
    outer_metadata: Path = ()
    renamed: tuple[tuple[str, str], ...] = ()
    made: tuple[str, ...] = ()
    made_init: tuple[str, ...] = ()
    made_sometimes: tuple[str, ...] = ()
    made_security: tuple[tuple[str, Any], ...] = ()
    patched_by: tuple[str, ...] = ()


class Place(NamedTuple):
    """A path from the object to a pod template, or with a shape to another mapping.

    `partial`: something outside of the object fills in what is missing. A shape's `patched_by` names
    fields that make a pod partial where they are present. `bare`: the pod's spec may stand there itself.
    """

    path: Path
    shape: Shape | None = None
    partial: bool = False
    bare: bool = False


POD_FIELDS = (
    "activeDeadlineSeconds",
    "affinity",
    "automountServiceAccountToken",
    "dnsConfig",
    "dnsPolicy",
    "enableServiceLinks",
    "ephemeralContainers",
    "hostAliases",
    "hostIPC",
    "hostNetwork",
    "hostPID",
    "hostUsers",
    "imagePullSecrets",
    "nodeName",
    "nodeSelector",
    "os",
    "priorityClassName",
    "runtimeClassName",
    "schedulerName",
    "securityContext",
    "serviceAccountName",
    "shareProcessNamespace",
    "terminationGracePeriodSeconds",
    "tolerations",
    "topologySpreadConstraints",
)
"""Fields of a pod's spec that shapes have, besides containers and volumes.

Those that mean something else in custom resources are left out.
"""


def _at(*paths: str) -> tuple[Place, ...]:
    return tuple(Place(tuple(path.split("."))) for path in paths)


def _below(prefix: str, places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return places that stand below the spec of an object, moved to another place of such a spec."""
    path = tuple(prefix.split("."))
    return tuple(place._replace(path=(*path, *place.path[1:])) for place in places)


_TEMPLATE = _at("spec.template")

BUILT_IN: dict[Key, tuple[Place, ...]] = {
    ("", "Pod"): (Place(()),),
    ("", "PodTemplate"): _at("template"),
    ("", "ReplicationController"): _TEMPLATE,
    ("batch", "Job"): _TEMPLATE,
    ("batch", "CronJob"): _at("spec.jobTemplate.spec.template"),
    **{
        (group, kind): _TEMPLATE
        for group in ("apps", "extensions")
        for kind in ("Deployment", "DaemonSet", "ReplicaSet", "StatefulSet")
    },
}

_CONFINED = (
    ("allowPrivilegeEscalation", False),
    ("capabilities", {"drop": ["ALL"]}),
    ("readOnlyRootFilesystem", True),
)


def _monitoring(*made: str, init: tuple[str, ...] = (), sometimes: tuple[str, ...] = ()) -> tuple[Place, ...]:
    shape = Shape(
        metadata=("podMetadata",), made=made, made_init=init, made_sometimes=sometimes, made_security=_CONFINED
    )
    return (Place(("spec",), shape),)


_RELOADER, _INIT_RELOADER = "config-reloader", ("init-config-reloader",)


def _argo_workflow(spec: str = "spec") -> tuple[Place, ...]:
    base = tuple(spec.split("."))
    shape = Shape(
        containers=(
            Containers(("container",), "main"),
            Containers(("script",), "main"),
            Containers(("containerSet", "containers")),
            Containers(("sidecars",)),
        ),
        outer=((*base, "templateDefaults"), base),
        outer_metadata=(*base, "podMetadata"),
        patched_by=("podSpecPatch",),
    )
    templates = (*base, "templates", ANY)
    inline = ((), ("dag", "tasks", ANY, "inline"), ("steps", ANY, ANY, "inline"))
    return tuple(Place((*templates, *path), shape) for path in inline)


_ANALYSIS = _at("spec.metrics.*.provider.job.spec.template")
_TASK = Shape(
    containers=(Containers(("steps",)), Containers(("stepTemplate",), "stepTemplate"), Containers(("sidecars",))),
    init_containers=(),
)
_STEP = Shape(
    containers=(Containers((), "step"),),
    init_containers=(),
    renamed=(("securityContext", ""),),
)
_POD_LEVEL = Shape(containers=(), init_containers=())


def _tekton(shape: Shape, *paths: str) -> tuple[Place, ...]:
    """Return places that each say a part of a pod: runs, tasks and the cluster's defaults are put together."""
    return tuple(Place(tuple(path.split(".")), shape, partial=True) for path in paths)


def _ray(spec: str) -> tuple[Place, ...]:
    return _at(f"{spec}.headGroupSpec.template", f"{spec}.workerGroupSpecs.*.template")


_RAY_JOB = (*_ray("spec.rayClusterSpec"), *_at("spec.submitterPodTemplate"))


def _spark_pod(role: str) -> tuple[Place, ...]:
    shape = Shape(
        containers=(Containers((), f"spark-kubernetes-{role}"), Containers(("sidecars",))),
        metadata=(),
        outer=(("spec",),),
        renamed=(("securityContext", "podSecurityContext"), ("serviceAccountName", "serviceAccount")),
        patched_by=("template",),
    )
    return (Place(("spec", role), shape), Place(("spec", role, "template"), partial=True))


def _scheduled(places: tuple[Place, ...]) -> tuple[Place, ...]:
    """Return the places of an application, for the template of applications that a schedule has."""
    moved = []
    for place in _below("spec.template", places):
        shape = place.shape and place.shape._replace(outer=(("spec", "template"),))
        moved.append(place._replace(shape=shape))
    return tuple(moved)


_SPARK = (*_spark_pod("driver"), *_spark_pod("executor"))
_REPLICATED_JOBS = _at("spec.replicatedJobs.*.template.spec.template")


def _training(replicas: str) -> tuple[Place, ...]:
    return _at(f"spec.{replicas}.*.template")


CUSTOM: dict[Key, tuple[Place, ...]] = {
    ("actions.github.com", "AutoscalingRunnerSet"): _TEMPLATE,
    ("agents.x-k8s.io", "Sandbox"): _at("spec.podTemplate"),
    ("apps.kruise.io", "AdvancedCronJob"): _at(
        "spec.template.jobTemplate.spec.template", "spec.template.broadcastJobTemplate.spec.template"
    ),
    ("apps.kruise.io", "BroadcastJob"): _TEMPLATE,
    ("apps.kruise.io", "CloneSet"): _TEMPLATE,
    ("apps.kruise.io", "DaemonSet"): _TEMPLATE,
    ("apps.kruise.io", "StatefulSet"): _TEMPLATE,
    ("apps.kruise.io", "UnitedDeployment"): _at(
        "spec.template.advancedStatefulSetTemplate.spec.template",
        "spec.template.cloneSetTemplate.spec.template",
        "spec.template.deploymentTemplate.spec.template",
        "spec.template.statefulSetTemplate.spec.template",
    ),
    ("apps.openshift.io", "DeploymentConfig"): _TEMPLATE,
    ("argoproj.io", "AnalysisRun"): _ANALYSIS,
    ("argoproj.io", "AnalysisTemplate"): _ANALYSIS,
    ("argoproj.io", "ClusterAnalysisTemplate"): _ANALYSIS,
    ("argoproj.io", "ClusterWorkflowTemplate"): _argo_workflow(),
    ("argoproj.io", "CronWorkflow"): _argo_workflow("spec.workflowSpec"),
    ("argoproj.io", "Experiment"): _at("spec.templates.*.template"),
    ("argoproj.io", "Rollout"): _TEMPLATE,
    ("argoproj.io", "Workflow"): _argo_workflow(),
    ("argoproj.io", "WorkflowTemplate"): _argo_workflow(),
    ("batch.volcano.sh", "Job"): _at("spec.tasks.*.template"),
    ("extensions.agents.x-k8s.io", "SandboxTemplate"): _at("spec.podTemplate"),
    ("jobset.x-k8s.io", "JobSet"): _REPLICATED_JOBS,
    ("keda.sh", "ScaledJob"): _at("spec.jobTargetRef.template"),
    ("kubeflow.org", "JAXJob"): _training("jaxReplicaSpecs"),
    ("kubeflow.org", "MPIJob"): _training("mpiReplicaSpecs"),
    ("kubeflow.org", "MXJob"): _training("mxReplicaSpecs"),
    ("kubeflow.org", "Notebook"): _TEMPLATE,
    ("kubeflow.org", "PaddleJob"): _training("paddleReplicaSpecs"),
    ("kubeflow.org", "PyTorchJob"): _training("pytorchReplicaSpecs"),
    ("kubeflow.org", "TFJob"): _training("tfReplicaSpecs"),
    ("kubeflow.org", "XGBoostJob"): _training("xgbReplicaSpecs"),
    ("leaderworkerset.x-k8s.io", "LeaderWorkerSet"): _at(
        "spec.leaderWorkerTemplate.leaderTemplate", "spec.leaderWorkerTemplate.workerTemplate"
    ),
    ("monitoring.coreos.com", "Alertmanager"): _monitoring("alertmanager", _RELOADER, init=_INIT_RELOADER),
    ("monitoring.coreos.com", "Prometheus"): _monitoring(
        "prometheus", _RELOADER, init=_INIT_RELOADER, sometimes=("thanos-sidecar",)
    ),
    ("monitoring.coreos.com", "PrometheusAgent"): _monitoring("prometheus", _RELOADER, init=_INIT_RELOADER),
    ("monitoring.coreos.com", "ThanosRuler"): _monitoring("thanos-ruler", sometimes=(_RELOADER,)),
    ("ray.io", "RayCluster"): _ray("spec"),
    ("ray.io", "RayCronJob"): _below("spec.jobTemplate", _RAY_JOB),
    ("ray.io", "RayJob"): _RAY_JOB,
    ("ray.io", "RayService"): _ray("spec.rayClusterConfig"),
    ("serving.knative.dev", "Configuration"): _TEMPLATE,
    ("serving.knative.dev", "Revision"): (Place(()),),
    ("serving.knative.dev", "Service"): _TEMPLATE,
    ("sparkoperator.k8s.io", "ScheduledSparkApplication"): _scheduled(_SPARK),
    ("sparkoperator.k8s.io", "SparkApplication"): _SPARK,
    ("tekton.dev", "ClusterTask"): _tekton(_TASK, "spec"),
    ("tekton.dev", "Pipeline"): _tekton(_TASK, "spec.tasks.*.taskSpec", "spec.finally.*.taskSpec"),
    ("tekton.dev", "PipelineRun"): (
        *_tekton(_TASK, "spec.pipelineSpec.tasks.*.taskSpec", "spec.pipelineSpec.finally.*.taskSpec"),
        *_tekton(_POD_LEVEL, "spec.podTemplate", "spec.taskRunTemplate.podTemplate"),
        *_tekton(_POD_LEVEL, "spec.taskRunSpecs.*.podTemplate", "spec.taskRunSpecs.*.taskPodTemplate"),
    ),
    ("tekton.dev", "StepAction"): _tekton(_STEP, "spec"),
    ("tekton.dev", "Task"): _tekton(_TASK, "spec"),
    ("tekton.dev", "TaskRun"): (*_tekton(_TASK, "spec.taskSpec"), *_tekton(_POD_LEVEL, "spec.podTemplate")),
    ("trainer.kubeflow.org", "ClusterTrainingRuntime"): _below("spec.template.spec", _REPLICATED_JOBS),
    ("trainer.kubeflow.org", "TrainingRuntime"): _below("spec.template.spec", _REPLICATED_JOBS),
}
