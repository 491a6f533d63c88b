"""The resources the API server serves, as RBAC rules name them.

Source: Kubernetes API reference and the discovery documents of Kubernetes 1.16 to 1.37, read November 2026.
Older and alpha kinds are in it too: a rule about them says nothing wrong, only something old.

A line without indent is an API group (`core` is the group ""). Below it stand, one resource a line: plural
name, kind, scope (N namespaced, C cluster), short names and subresources, each joined by commas, `-` for none.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class ApiResource(NamedTuple):
    """One resource. `short_names` are kubectl's, `subresources` without the resource's own name."""

    group: str
    name: str
    kind: str
    namespaced: bool
    short_names: tuple[str, ...]
    subresources: tuple[str, ...]


@cache
def api_resources() -> dict[str, tuple[ApiResource, ...]]:
    """Return the resources by plural name; of one name the group kubectl prefers comes first."""
    found: dict[str, tuple[ApiResource, ...]] = {}
    group = ""
    for line in _TABLE.strip().split("\n"):
        if not line.startswith(" "):
            group = "" if line == "core" else line
            continue
        name, kind, scope, short, subresources = line.split()
        each = ApiResource(group, name, kind, scope == "N", _items(short), _items(subresources))
        found[name] = (*found.get(name, ()), each)
    return found


@cache
def api_groups() -> frozenset[str]:
    """Return the API groups whose resources are all in the table."""
    return frozenset(each.group for several in api_resources().values() for each in several)


@cache
def resource_names() -> dict[str, ApiResource]:
    """Return the resources by every name kubectl takes: plural, singular and short."""
    names: dict[str, ApiResource] = {}
    every = [several[0] for several in api_resources().values()]
    for each in every:
        names.setdefault(each.name, each)
    for each in every:
        for name in (each.kind.lower(), *each.short_names):
            names.setdefault(name, each)
    return names


def _items(text: str) -> tuple[str, ...]:
    return () if text == "-" else tuple(text.split(","))


VIRTUAL = frozenset({"users", "groups", "uids", "userextras", "signers"})
"""Resources no API serves: the authorizer is asked about them before something else happens."""

READING = frozenset({"get", "list", "watch"})
WRITING = frozenset({"create", "update", "patch", "delete", "deletecollection"})
SPECIAL = frozenset({"approve", "attest", "bind", "escalate", "impersonate", "sign", "use"})
ANCIENT = frozenset({"proxy", "redirect"})
VERBS = READING | WRITING | SPECIAL | ANCIENT
"""Verbs on resources; the ancient ones were used by the first servers."""

URL_VERBS = frozenset({"get", "head", "post", "put", "patch", "delete", "options"})

_TABLE = """
core
 bindings Binding N - -
 componentstatuses ComponentStatus C cs -
 configmaps ConfigMap N cm -
 endpoints Endpoints N ep -
 events Event N ev -
 limitranges LimitRange N limits -
 namespaces Namespace C ns finalize,status
 nodes Node C no checkpoint,configz,healthz,log,metrics,pods,proxy,spec,stats,status
 persistentvolumeclaims PersistentVolumeClaim N pvc status
 persistentvolumes PersistentVolume C pv status
 pods Pod N po attach,binding,ephemeralcontainers,eviction,exec,finalizers,log,portforward,proxy,resize,status
 podtemplates PodTemplate N - -
 replicationcontrollers ReplicationController N rc scale,status
 resourcequotas ResourceQuota N quota status
 secrets Secret N - -
 serviceaccounts ServiceAccount N sa token
 services Service N svc proxy,status
 users User C - -
 groups Group C - -
apps
 controllerrevisions ControllerRevision N - -
 daemonsets DaemonSet N ds status
 deployments Deployment N deploy rollback,scale,status
 replicasets ReplicaSet N rs scale,status
 statefulsets StatefulSet N sts scale,status
batch
 cronjobs CronJob N cj status
 jobs Job N - status
autoscaling
 horizontalpodautoscalers HorizontalPodAutoscaler N hpa status
policy
 poddisruptionbudgets PodDisruptionBudget N pdb status
 podsecuritypolicies PodSecurityPolicy C psp -
 evictions Eviction N - -
networking.k8s.io
 ingressclasses IngressClass C - -
 ingresses Ingress N ing status
 ipaddresses IPAddress C ip -
 networkpolicies NetworkPolicy N netpol status
 servicecidrs ServiceCIDR C - status
 clustercidrs ClusterCIDR C - -
rbac.authorization.k8s.io
 clusterrolebindings ClusterRoleBinding C - -
 clusterroles ClusterRole C - -
 rolebindings RoleBinding N - -
 roles Role N - -
storage.k8s.io
 csidrivers CSIDriver C - -
 csinodes CSINode C - -
 csistoragecapacities CSIStorageCapacity N - -
 storageclasses StorageClass C sc -
 volumeattachments VolumeAttachment C - status
 volumeattributesclasses VolumeAttributesClass C vac -
storagemigration.k8s.io
 storageversionmigrations StorageVersionMigration C - status
admissionregistration.k8s.io
 mutatingadmissionpolicies MutatingAdmissionPolicy C - -
 mutatingadmissionpolicybindings MutatingAdmissionPolicyBinding C - -
 mutatingwebhookconfigurations MutatingWebhookConfiguration C - -
 validatingadmissionpolicies ValidatingAdmissionPolicy C - status
 validatingadmissionpolicybindings ValidatingAdmissionPolicyBinding C - -
 validatingwebhookconfigurations ValidatingWebhookConfiguration C - -
apiextensions.k8s.io
 customresourcedefinitions CustomResourceDefinition C crd,crds status
apiregistration.k8s.io
 apiservices APIService C - status
authentication.k8s.io
 selfsubjectreviews SelfSubjectReview C - -
 tokenreviews TokenReview C - -
 tokenrequests TokenRequest N - -
 uids UID C - -
 userextras UserExtra C - -
 users User C - -
 groups Group C - -
 serviceaccounts ServiceAccount N - -
 nodes Node C - -
authorization.k8s.io
 localsubjectaccessreviews LocalSubjectAccessReview N - -
 selfsubjectaccessreviews SelfSubjectAccessReview C - -
 selfsubjectrulesreviews SelfSubjectRulesReview C - -
 subjectaccessreviews SubjectAccessReview C - -
certificates.k8s.io
 certificatesigningrequests CertificateSigningRequest C csr approval,nodeclient,selfnodeclient,status
 clustertrustbundles ClusterTrustBundle C - -
 podcertificaterequests PodCertificateRequest N - status
 signers Signer C - -
coordination.k8s.io
 leases Lease N - -
 leasecandidates LeaseCandidate N - -
discovery.k8s.io
 endpointslices EndpointSlice N - -
events.k8s.io
 events Event N ev -
extensions
 daemonsets DaemonSet N - scale,status
 deployments Deployment N - rollback,scale,status
 ingresses Ingress N - status
 networkpolicies NetworkPolicy N - -
 podsecuritypolicies PodSecurityPolicy C - -
 replicasets ReplicaSet N - scale,status
 replicationcontrollers ReplicationController N - scale
flowcontrol.apiserver.k8s.io
 flowschemas FlowSchema C - status
 prioritylevelconfigurations PriorityLevelConfiguration C - status
internal.apiserver.k8s.io
 storageversions StorageVersion C - status
node.k8s.io
 runtimeclasses RuntimeClass C - -
resource.k8s.io
 deviceclasses DeviceClass C - -
 devicetaintrules DeviceTaintRule C - status
 podschedulingcontexts PodSchedulingContext N - status
 resourceclaimparameters ResourceClaimParameters N - -
 resourceclaims ResourceClaim N - binding,driver,status
 resourceclaimtemplates ResourceClaimTemplate N - -
 resourceclasses ResourceClass C - -
 resourceclassparameters ResourceClassParameters N - -
 resourceslices ResourceSlice C - -
scheduling.k8s.io
 podgroups PodGroup N - status
 priorityclasses PriorityClass C pc -
 workloads Workload N - -
"""
