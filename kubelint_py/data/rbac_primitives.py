"""Rights that are worth more than they look: what each allows, how to cut it, and which rules give it.

Sources: Kubernetes documentation, "Role Based Access Control Good Practices", "User Impersonation",
"Certificate Signing Requests", "Kubelet authentication/authorization"; the documentation of the operators
named below. Read November 2026.

A right is written `verbs group resources`, lists joined by commas: holding any of the verbs on any of the
resources is holding it. `core` is the group "", `READ`, `WRITE` (create and change) and `CHANGE` (write and
delete) are verbs. A fourth column names what resourceNames must contain where a rule has them. Rights joined by
`+` are needed together, over all rules of a role; each line is one way.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Right(NamedTuple):
    """Any of these verbs on any of these resources (with subresource) of any of these API groups.

    A rule limited to resourceNames counts only with one of `names` among them, where there are any.
    """

    verbs: tuple[str, ...]
    api_groups: tuple[str, ...]
    resources: tuple[str, ...]
    names: tuple[str, ...] = ()


class Primitive(NamedTuple):
    """A row of the table.

    `id` is that of the rule that reports it; rows without a rule of their own have one without the
    prefix `rbac-`. `allows` follows "may", `cut` is an imperative. Every right of one of `ways` is needed.
    `implied_by` are the stronger rows that say enough where they stand in the same rule of a role.
    `names_limit` is False where resourceNames leave it as dangerous as it is.
    """

    id: str
    severity: str
    allows: str
    cut: str
    ways: tuple[tuple[Right, ...], ...]
    implied_by: tuple[str, ...] = ()
    names_limit: bool = True


_VERBS = {
    "READ": "get,list,watch",
    "WRITE": "create,update,patch",
    "CHANGE": "create,update,patch,delete,deletecollection",
}
_CONTROLLERS = "apps daemonsets,deployments,replicasets,statefulsets"


def _right(text: str) -> Right:
    verbs, groups, resources, *names = text.split()
    return Right(
        tuple(_VERBS.get(verbs, verbs).split(",")),
        tuple("" if group == "core" else group for group in groups.split(",")),
        tuple(resources.split(",")),
        tuple(names[0].split(",")) if names else (),
    )


def _ways(*lines: str) -> tuple[tuple[Right, ...], ...]:
    return tuple(tuple(_right(part) for part in line.split(" + ")) for line in lines)


_SIGN_FOR_CLIENTS = "approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client,kubernetes.io/*"
_APPROVE = "update,patch certificates.k8s.io certificatesigningrequests/approval"

PRIMITIVES: tuple[Primitive, ...] = (
    Primitive(
        "rbac-read-secrets",
        "high",
        "read Secrets",
        "mount what is needed, or name the Secrets in resourceNames and allow get alone",
        _ways("READ core secrets"),
    ),
    Primitive(
        "rbac-write-secrets",
        "high",
        "change Secrets",
        "leave out update and patch, and either create or get: both together make and read service account tokens",
        _ways("update,patch core secrets", "create core secrets + READ core secrets"),
        implied_by=("rbac-read-secrets",),
    ),
    Primitive(
        "rbac-create-pods",
        "high",
        "create or change pods",
        "leave deploying to one controller or pipeline, per namespace, and enforce a Pod Security level there",
        _ways(
            "WRITE core pods,replicationcontrollers",
            f"WRITE {_CONTROLLERS}",
            "WRITE batch cronjobs,jobs",
        ),
        names_limit=False,
    ),
    Primitive(
        "rbac-pod-exec",
        "high",
        "run commands in pods",
        "drop pods/exec; let people debug with a copy of the pod, or bind it for the hour it is needed",
        _ways("create,get core pods/exec"),
    ),
    Primitive(
        "rbac-pod-attach",
        "high",
        "attach to containers",
        "drop pods/attach",
        _ways("create,get core pods/attach"),
        implied_by=("rbac-pod-exec",),
    ),
    Primitive(
        "rbac-ephemeral-containers",
        "high",
        "add containers to running pods",
        "drop pods/ephemeralcontainers; it is worth as much as pods/exec",
        _ways("update,patch core pods/ephemeralcontainers"),
        implied_by=("rbac-pod-exec", "rbac-pod-attach"),
    ),
    Primitive(
        "rbac-port-forward",
        "medium",
        "open tunnels to pods and services",
        "drop pods/portforward, pods/proxy and services/proxy; expose what is needed through a Service",
        _ways("create,get core pods/portforward,pods/proxy,services/proxy"),
        implied_by=("rbac-pod-exec", "rbac-pod-attach"),
    ),
    Primitive(
        "rbac-create-token",
        "high",
        "request tokens of service accounts",
        "name the service accounts in resourceNames",
        _ways("create core serviceaccounts/token"),
    ),
    Primitive(
        "rbac-impersonate",
        "critical",
        "act as others",
        "name the users, groups and service accounts in resourceNames",
        _ways(
            "impersonate core users,groups,serviceaccounts",
            "impersonate authentication.k8s.io uids,userextras",
            "impersonate:user-info,impersonate:serviceaccount,impersonate:arbitrary-node,impersonate:associated-node "
            "authentication.k8s.io users,groups,uids,userextras,serviceaccounts,nodes",
        ),
    ),
    Primitive(
        "rbac-escalate",
        "critical",
        "write rights into roles it does not hold",
        "drop escalate: without it nobody can pass on what they do not hold",
        _ways("escalate rbac.authorization.k8s.io roles,clusterroles"),
    ),
    Primitive(
        "rbac-bind",
        "critical",
        "bind roles it does not hold",
        "name the roles that may be bound in resourceNames",
        _ways("bind rbac.authorization.k8s.io roles,clusterroles"),
        implied_by=("rbac-escalate",),
    ),
    Primitive(
        "rbac-edit-bindings",
        "high",
        "change bindings",
        "keep bindings in the hands of those who review them: who writes them can share every right of their own",
        _ways("WRITE rbac.authorization.k8s.io rolebindings,clusterrolebindings"),
        implied_by=("rbac-escalate", "rbac-bind"),
    ),
    Primitive(
        "rbac-approve-csr",
        "critical",
        "have client certificates issued",
        "name the signers in resourceNames, and kubernetes.io/kube-apiserver-client not among them",
        _ways(f"{_APPROVE} + {_SIGN_FOR_CLIENTS}"),
    ),
    Primitive(
        "rbac-node-proxy",
        "high",
        "reach the kubelet API",
        "ask for nodes/metrics, nodes/stats, nodes/log, nodes/pods, nodes/healthz or nodes/configz instead",
        _ways("get,create,update,patch,delete core nodes/proxy"),
        names_limit=False,
    ),
    Primitive(
        "rbac-create-persistent-volumes",
        "medium",
        "create PersistentVolumes",
        "leave volumes to the provisioner, and ask for PersistentVolumeClaims",
        _ways("create core persistentvolumes"),
    ),
    Primitive(
        "rbac-admission-webhooks",
        "critical",
        "change admission webhooks",
        "name the webhook configurations in resourceNames and allow update or patch alone",
        _ways(
            "CHANGE admissionregistration.k8s.io mutatingwebhookconfigurations,validatingwebhookconfigurations",
        ),
    ),
    Primitive(
        "rbac-policy-objects",
        "high",
        "change admission policies",
        "keep policies with those who review them, or name them in resourceNames",
        _ways(
            "CHANGE admissionregistration.k8s.io validatingadmissionpolicies,validatingadmissionpolicybindings,"
            "mutatingadmissionpolicies,mutatingadmissionpolicybindings",
            "CHANGE kyverno.io clusterpolicies,policies,policyexceptions,cleanuppolicies,clustercleanuppolicies",
            "CHANGE policies.kyverno.io validatingpolicies,mutatingpolicies,generatingpolicies,deletingpolicies,"
            "imagevalidatingpolicies,namespacedvalidatingpolicies,namespacedmutatingpolicies,policyexceptions",
            "CHANGE templates.gatekeeper.sh constrainttemplates",
            "CHANGE constraints.gatekeeper.sh *",
            "CHANGE mutations.gatekeeper.sh assign,assignmetadata,modifyset,assignimage",
            "CHANGE config.gatekeeper.sh configs",
            "CHANGE policies.kubewarden.io clusteradmissionpolicies,admissionpolicies,policyservers",
        ),
        implied_by=("rbac-admission-webhooks",),
    ),
    Primitive(
        "rbac-manage-aws-auth",
        "critical",
        "map cloud identities to groups of the cluster",
        "drop the right to change the ConfigMap aws-auth, and use access entries",
        (),
    ),
    Primitive(
        "rbac-manage-configmaps",
        "medium",
        "change ConfigMaps",
        "name the ConfigMaps in resourceNames: in kube-system they hold the DNS of the cluster",
        _ways("CHANGE core configmaps"),
        implied_by=("rbac-manage-aws-auth",),
    ),
    Primitive(
        "rbac-manage-networking",
        "medium",
        "redirect or open traffic",
        "leave services, ingresses, endpoints and network policies to whoever deploys the application",
        _ways(
            "CHANGE core services,endpoints",
            "CHANGE discovery.k8s.io endpointslices",
            "CHANGE networking.k8s.io ingresses,networkpolicies",
            "CHANGE policy.networking.k8s.io adminnetworkpolicies,baselineadminnetworkpolicies,clusternetworkpolicies",
            "CHANGE gateway.networking.k8s.io gateways,httproutes,grpcroutes,tlsroutes,tcproutes,udproutes",
            "CHANGE cilium.io ciliumnetworkpolicies,ciliumclusterwidenetworkpolicies",
            "CHANGE crd.projectcalico.org,projectcalico.org networkpolicies,globalnetworkpolicies",
        ),
    ),
    Primitive(
        "rbac-service-status",
        "medium",
        "write the status of Services",
        "drop services/status: only the load balancer's controller needs it",
        _ways("update,patch core services/status"),
        implied_by=("rbac-manage-networking",),
    ),
    Primitive(
        "rbac-pod-status",
        "medium",
        "write the status of pods",
        "drop pods/status: only the kubelet needs it",
        _ways("update,patch core pods/status"),
    ),
    Primitive(
        "rbac-node-status",
        "medium",
        "write the status of nodes",
        "drop nodes/status: only the kubelet and a node problem detector need it",
        _ways("update,patch core nodes/status"),
    ),
    Primitive(
        "rbac-steal-pods",
        "medium",
        "move pods to a node of its choice",
        "give the right to remove pods and the right to change nodes to different accounts",
        _ways(
            "delete,deletecollection core pods + update,patch,delete core nodes",
            "create core pods/eviction + update,patch,delete core nodes",
        ),
    ),
    Primitive(
        "rbac-operator-escalation",
        "high",
        "have an operator act for it",
        "name the objects in resourceNames, or leave the custom resources to a reviewed repository",
        _ways(
            "WRITE argoproj.io applications,applicationsets,appprojects,workflows,cronworkflows,workflowtemplates,"
            "clusterworkflowtemplates,rollouts,sensors",
            "WRITE kustomize.toolkit.fluxcd.io kustomizations",
            "WRITE helm.toolkit.fluxcd.io helmreleases",
            "WRITE source.toolkit.fluxcd.io gitrepositories,ocirepositories,buckets,helmrepositories,helmcharts",
            "WRITE tekton.dev tasks,taskruns,pipelines,pipelineruns,clustertasks,customruns",
            "WRITE triggers.tekton.dev eventlisteners,triggertemplates",
            "WRITE kubevirt.io virtualmachines,virtualmachineinstances,virtualmachineinstancereplicasets",
            "WRITE apiextensions.crossplane.io compositions,compositeresourcedefinitions",
            "WRITE pkg.crossplane.io configurations,functions,providers",
            "WRITE kubernetes.crossplane.io objects",
            "WRITE helm.crossplane.io releases",
            "WRITE external-secrets.io secretstores,clustersecretstores,externalsecrets,clusterexternalsecrets",
            "WRITE external-secrets.io pushsecrets,clusterpushsecrets",
            "WRITE cert-manager.io issuers,clusterissuers",
            "WRITE secrets-store.csi.x-k8s.io secretproviderclasses",
            "WRITE secrets.hashicorp.com vaultauths,vaultconnections,vaultdynamicsecrets,vaultpkisecrets",
            "WRITE secrets.hashicorp.com vaultstaticsecrets",
            "WRITE operators.coreos.com subscriptions,clusterserviceversions,operatorgroups,catalogsources",
            "WRITE operators.coreos.com installplans",
            "WRITE helm.cattle.io helmcharts,helmchartconfigs",
            "WRITE fleet.cattle.io bundles,gitrepos",
            "WRITE monitoring.coreos.com alertmanagers,prometheuses,prometheusagents,thanosrulers",
            "WRITE serving.knative.dev services,configurations",
            "WRITE keda.sh scaledjobs",
            "WRITE sparkoperator.k8s.io sparkapplications,scheduledsparkapplications",
            "WRITE ray.io rayclusters,rayjobs,rayservices",
            "WRITE kubeflow.org mpijobs,notebooks,pytorchjobs,tfjobs",
            "WRITE batch.volcano.sh jobs",
            "WRITE jobset.x-k8s.io jobsets",
            "WRITE apps.kruise.io clonesets,daemonsets,statefulsets,advancedcronjobs,broadcastjobs",
            "WRITE actions.github.com autoscalingrunnersets",
            "WRITE opentelemetry.io instrumentations,opentelemetrycollectors",
        ),
    ),
    Primitive(
        "rbac-broad-delete",
        "medium",
        "delete workloads, services or Secrets",
        "drop delete and deletecollection, or name the objects in resourceNames",
        _ways(
            "delete,deletecollection core pods,replicationcontrollers,secrets,services",
            f"delete,deletecollection {_CONTROLLERS}",
            "delete,deletecollection batch cronjobs,jobs",
        ),
    ),
    Primitive(
        "rbac-delete-events",
        "low",
        "erase events",
        "drop delete and deletecollection: events expire by themselves",
        _ways("delete,deletecollection core,events.k8s.io events"),
    ),
    Primitive(
        "rbac-delete-pod-logs",
        "low",
        "delete pod logs",
        "drop the verbs: reading logs takes get",
        _ways("delete,deletecollection core pods/log"),
    ),
    Primitive(
        "namespace-labels",
        "medium",
        "relabel namespaces, and so relax Pod Security and leave policies",
        "name the namespaces in resourceNames",
        _ways("WRITE core namespaces"),
    ),
    Primitive(
        "extend-the-api",
        "high",
        "change API extensions, and so see what is sent to them",
        "name the objects in resourceNames",
        _ways("WRITE apiextensions.k8s.io customresourcedefinitions", "WRITE apiregistration.k8s.io apiservices"),
    ),
    Primitive(
        "steer-the-scheduler",
        "medium",
        "steer which node pods land on",
        "leave nodes and bindings to the scheduler and the node's own controllers",
        _ways("CHANGE core nodes", "create core bindings,pods/binding"),
    ),
    Primitive(
        "sign-certificates",
        "high",
        "issue certificates in the name of a signer",
        "name the signers in resourceNames",
        _ways(
            "sign certificates.k8s.io signers + update,patch certificates.k8s.io certificatesigningrequests/status",
            "WRITE certificates.k8s.io clustertrustbundles + attest certificates.k8s.io signers",
        ),
    ),
    Primitive(
        "service-account-identity",
        "medium",
        "give service accounts another cloud identity",
        "drop update and patch, and leave service accounts to whoever deploys",
        _ways("WRITE core serviceaccounts"),
    ),
    Primitive(
        "lift-quotas",
        "low",
        "lift quotas and limits",
        "leave quotas to whoever sets them",
        _ways("CHANGE core resourcequotas,limitranges"),
    ),
    Primitive(
        "runtime-and-priority",
        "low",
        "define runtime classes and priorities",
        "leave them to the administrators of the cluster",
        _ways("WRITE node.k8s.io runtimeclasses", "WRITE scheduling.k8s.io priorityclasses"),
    ),
    Primitive(
        "openshift-privileged-scc",
        "high",
        "run pods under any security context constraint it may use",
        "use the constraint restricted-v2, or name a narrow one in resourceNames",
        _ways("use security.openshift.io securitycontextconstraints"),
    ),
)

STEPS: dict[str, tuple[str, tuple[Right, ...]]] = {
    name: (does, tuple(map(_right, lines)))
    for name, does, *lines in (
        ("clients", "have client certificates issued", _SIGN_FOR_CLIENTS),
        ("approval", "approve certificate requests", _APPROVE),
        ("requests", "request certificates", "create certificates.k8s.io certificatesigningrequests"),
        ("webhooks", "rewrite what others create", "WRITE admissionregistration.k8s.io mutatingwebhookconfigurations"),
        ("policies", "rewrite what others create", "WRITE admissionregistration.k8s.io mutatingadmissionpolicies"),
        ("policy-bindings", "bind policies", "WRITE admissionregistration.k8s.io mutatingadmissionpolicybindings"),
        ("users", "act as any user", "impersonate core users"),
        ("groups", "act as any group", "impersonate core groups"),
        ("accounts", "act as service accounts", "impersonate core serviceaccounts"),
        ("escalate-cluster", "write any right into a role", "escalate rbac.authorization.k8s.io clusterroles"),
        ("escalate", "write any right into a role", "escalate rbac.authorization.k8s.io roles"),
        ("cluster-roles", "change cluster roles", "update,patch rbac.authorization.k8s.io clusterroles"),
        ("roles", "change roles", "update,patch rbac.authorization.k8s.io roles"),
        ("bind-cluster", "bind any cluster role", "bind rbac.authorization.k8s.io clusterroles"),
        ("bind", "bind any role", "bind rbac.authorization.k8s.io roles"),
        ("cluster-bindings", "change bindings", "WRITE rbac.authorization.k8s.io clusterrolebindings"),
        ("bindings", "change bindings", "WRITE rbac.authorization.k8s.io rolebindings"),
        ("secrets", "read Secrets", "READ core secrets"),
        ("tokens", "request tokens", "create core serviceaccounts/token"),
        (
            "workloads",
            "create pods",
            "create core pods,replicationcontrollers",
            "update,patch core replicationcontrollers",
            f"WRITE {_CONTROLLERS}",
            "WRITE batch cronjobs,jobs",
        ),
        ("volumes", "create PersistentVolumes", "create core persistentvolumes"),
        ("kubelet", "reach the kubelet API", "get,create,update,patch,delete core nodes/proxy"),
        (
            "commands",
            "run commands in pods",
            "create,get core pods/exec,pods/attach",
            "update,patch core pods/ephemeralcontainers",
        ),
        ("images", "replace the images of pods", "update,patch core pods"),
        ("new-secrets", "create Secrets", "create core secrets"),
    )
}
"""The rights that lead from one identity to others, by name: what the holder may then do, and what gives it.

The order is that in which equally short and certain paths are preferred.
"""

POWERFUL_NAMES = frozenset(
    {"*", "admin", "cluster-admin", "edit", "system:masters", "kubernetes.io/kube-apiserver-client", "kubernetes.io/*"}
)
"""Names in resourceNames that limit nothing worth limiting."""

PRODUCTS = {
    "argoproj.io": "argo",
    "fluxcd.io": "flux",
    "tekton.dev": "tekton",
    "kubevirt.io": "kubevirt",
    "crossplane.io": "crossplane",
    "external-secrets.io": "external-secrets",
    "cert-manager.io": "cert-manager",
    "secrets-store.csi.x-k8s.io": "secrets-store",
    "secrets.hashicorp.com": "vault",
    "operators.coreos.com": "olm",
    "helm.cattle.io": "helm-controller",
    "fleet.cattle.io": "fleet",
    "monitoring.coreos.com": "prometheus",
    "knative.dev": "knative",
    "keda.sh": "keda",
    "sparkoperator.k8s.io": "spark",
    "ray.io": "ray",
    "kubeflow.org": "kubeflow",
    "volcano.sh": "volcano",
    "jobset.x-k8s.io": "jobset",
    "kruise.io": "kruise",
    "actions.github.com": "actions-runner",
    "opentelemetry.io": "opentelemetry",
    "kyverno.io": "kyverno",
    "gatekeeper.sh": "gatekeeper",
    "kubewarden.io": "kubewarden",
}
"""What the objects of an operator are labelled with, by the end of its API group: its own roles are no surprise."""


@cache
def by_id() -> dict[str, Primitive]:
    """Return the rows by id."""
    return {each.id: each for each in PRIMITIVES}
