"""The roles every cluster has from the start.

Source: the bootstrap policy of the API server (Kubernetes source, plugin/pkg/auth/authorizer/rbac/bootstrappolicy)
at v1.37.2, features that are on by default, read November 2026.

One line a rule: verbs, API groups, resources and, where limited, resource names, each joined by commas;
`core` is the group "". `URL` as the group marks nonResourceURLs. `READ`, `WRITE` and `ALL` are verbs.
A line without indent names the role, with a namespace before it when it is a Role.
"""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_py.data.rbac_controllers import CONTROLLERS, NO_EVENTS

RuleFields = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...], tuple[str, ...]]
"""Verbs, API groups, resources, resource names, non-resource URLs."""

_READ = "get,list,watch"
_WRITE = "create,delete,deletecollection,patch,update"
_VERBS = {"READ": _READ, "WRITE": _WRITE, "ALL": f"{_READ},{_WRITE}", "EVENTS": "create,patch,update"}

_AGGREGATE = "rbac.authorization.k8s.io/aggregate-to-"
AGGREGATED = {name: {f"{_AGGREGATE}{name}": "true"} for name in ("admin", "edit", "view")}
"""The labels by which each aggregated built-in role picks the roles it is made of."""

_MEMBER_OF = {
    "edit": "admin",
    "view": "edit",
    "system:aggregate-to-admin": "admin",
    "system:aggregate-to-edit": "edit",
    "system:aggregate-to-view": "view",
}
BOOTSTRAP_LABEL = {"kubernetes.io/bootstrapping": "rbac-defaults"}


def labels(name: str) -> dict[str, str]:
    """Return the labels of a built-in role."""
    return {**BOOTSTRAP_LABEL, **AGGREGATED.get(_MEMBER_OF.get(name, ""), {})}


def bootstrap_roles() -> Iterator[tuple[str, str, tuple[RuleFields, ...]]]:
    """Yield namespace ("" for a ClusterRole), name and rules of each built-in role."""
    for title, rules in _blocks(_ROLES):
        namespace, _, name = title.rpartition(" ")
        yield namespace, name, rules
    for title, rules in _blocks(CONTROLLERS):
        events = () if title in NO_EVENTS else (_EVENTS,)
        yield "", f"system:controller:{title}", rules + events


def _blocks(table: str) -> Iterator[tuple[str, tuple[RuleFields, ...]]]:
    for block in table.strip().replace("\n ", "\t").split("\n"):
        title, *lines = block.split("\t")
        yield title, tuple(_rule(line.split()) for line in lines)


def _rule(columns: list[str]) -> RuleFields:
    verbs, groups, what, *names = columns
    expanded = tuple(_VERBS.get(verbs, verbs).split(","))
    items = tuple(what.split(","))
    if groups == "URL":
        return expanded, (), (), (), items
    group_names = tuple("" if group == "core" else group for group in groups.split(","))
    return expanded, group_names, items, tuple(names[0].split(",")) if names else (), ()


_EVENTS = _rule(["EVENTS", "core,events.k8s.io", "events"])

_ROLES = """
cluster-admin
 * * *
 * URL *
admin
edit
view
system:aggregate-to-admin
 create authorization.k8s.io localsubjectaccessreviews
 ALL rbac.authorization.k8s.io rolebindings,roles
system:aggregate-to-edit
 READ core pods/attach,pods/exec,pods/portforward,pods/proxy,secrets,services/proxy
 impersonate core serviceaccounts
 WRITE core pods,pods/attach,pods/exec,pods/portforward,pods/proxy
 create core pods/eviction
 WRITE core configmaps,persistentvolumeclaims,replicationcontrollers,replicationcontrollers/scale
 WRITE core secrets,serviceaccounts,services,services/proxy
 create core serviceaccounts/token
 WRITE core,events.k8s.io events
 WRITE apps daemonsets,deployments,deployments/rollback,deployments/scale
 WRITE apps replicasets,replicasets/scale,statefulsets,statefulsets/scale
 WRITE autoscaling horizontalpodautoscalers
 WRITE batch cronjobs,jobs
 WRITE extensions daemonsets,deployments,deployments/rollback,deployments/scale,ingresses,networkpolicies
 WRITE extensions replicasets,replicasets/scale,replicationcontrollers/scale
 WRITE policy poddisruptionbudgets
 WRITE networking.k8s.io ingresses,networkpolicies
 ALL coordination.k8s.io leases
 WRITE resource.k8s.io resourceclaims,resourceclaimtemplates
system:aggregate-to-view
 READ core configmaps,endpoints,persistentvolumeclaims,persistentvolumeclaims/status,pods
 READ core replicationcontrollers,replicationcontrollers/scale,serviceaccounts,services,services/status
 READ core bindings,limitranges,namespaces/status,pods/log,pods/status
 READ core replicationcontrollers/status,resourcequotas,resourcequotas/status
 READ core namespaces
 READ core,events.k8s.io events
 READ discovery.k8s.io endpointslices
 READ apps controllerrevisions,daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status
 READ apps replicasets,replicasets/scale,replicasets/status,statefulsets,statefulsets/scale,statefulsets/status
 READ autoscaling horizontalpodautoscalers,horizontalpodautoscalers/status
 READ batch cronjobs,cronjobs/status,jobs,jobs/status
 READ extensions daemonsets,daemonsets/status,deployments,deployments/scale,deployments/status
 READ extensions ingresses,ingresses/status,networkpolicies,replicasets,replicasets/scale,replicasets/status
 READ extensions replicationcontrollers/scale
 READ policy poddisruptionbudgets,poddisruptionbudgets/status
 READ networking.k8s.io ingresses,ingresses/status,networkpolicies
 READ resource.k8s.io resourceclaims,resourceclaims/status,resourceclaimtemplates
system:auth-delegator
 create authentication.k8s.io tokenreviews
 create authorization.k8s.io subjectaccessreviews
system:basic-user
 create authorization.k8s.io selfsubjectaccessreviews,selfsubjectrulesreviews
 create authentication.k8s.io selfsubjectreviews
system:discovery
 get URL /api,/api/*,/apis,/apis/*,/healthz,/livez,/openapi,/openapi/*,/readyz,/version,/version/
system:public-info-viewer
 get URL /healthz,/livez,/readyz,/version,/version/
system:monitoring
 get URL /flagz,/healthz,/healthz/*,/livez,/livez/*,/metrics,/metrics/slis,/readyz,/readyz/*,/statusz
 get core nodes/metrics
system:service-account-issuer-discovery
 get URL /.well-known/openid-configuration,/.well-known/openid-configuration/
 get URL /openid/v1/jwks,/openid/v1/jwks/
system:certificates.k8s.io:certificatesigningrequests:nodeclient
 create certificates.k8s.io certificatesigningrequests/nodeclient
system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
 create certificates.k8s.io certificatesigningrequests/selfnodeclient
system:certificates.k8s.io:kube-apiserver-client-approver
 approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client
system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
 approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet
system:certificates.k8s.io:kubelet-serving-approver
 approve certificates.k8s.io signers kubernetes.io/kubelet-serving
system:certificates.k8s.io:legacy-unknown-approver
 approve certificates.k8s.io signers kubernetes.io/legacy-unknown
system:cluster-trust-bundle-discovery
 READ certificates.k8s.io clustertrustbundles
system:heapster
 READ core events,namespaces,nodes,pods
 READ extensions deployments
system:kube-aggregator
 READ core endpoints,services
system:kube-controller-manager
 EVENTS core,events.k8s.io events
 create coordination.k8s.io leases
 get,update coordination.k8s.io leases kube-controller-manager
 create,get,update core secrets,serviceaccounts
 delete core secrets
 get core configmaps,namespaces
 create authentication.k8s.io tokenreviews
 create authorization.k8s.io subjectaccessreviews
 list,watch * *
 create core serviceaccounts/token
system:kube-dns
 list,watch core endpoints,services
system:kube-scheduler
 EVENTS core,events.k8s.io events
 create coordination.k8s.io leases
 READ coordination.k8s.io leases kube-scheduler
 update coordination.k8s.io leases kube-scheduler
 ALL coordination.k8s.io leasecandidates
 READ core namespaces,nodes,persistentvolumeclaims,persistentvolumes,replicationcontrollers,services
 delete,get,list,watch core pods
 create core bindings,pods/binding
 patch,update core pods/status
 update core pods/finalizers
 READ apps,extensions replicasets
 READ apps statefulsets
 READ policy poddisruptionbudgets
 create authentication.k8s.io tokenreviews
 create authorization.k8s.io subjectaccessreviews
 READ storage.k8s.io csidrivers,csinodes,csistoragecapacities,volumeattachments
 READ resource.k8s.io deviceclasses,devicetaintrules,resourceslices
 get,list,patch,update,watch resource.k8s.io resourceclaims,resourceclaims/status
 create,delete resource.k8s.io resourceclaims
 patch,update resource.k8s.io resourceclaims/binding
system:kubelet-api-admin
 READ core nodes
 proxy core nodes
 * core nodes/configz,nodes/healthz,nodes/log,nodes/metrics,nodes/pods,nodes/proxy,nodes/stats
system:node
 create authentication.k8s.io tokenreviews
 create authorization.k8s.io localsubjectaccessreviews,subjectaccessreviews
 READ core configmaps,pods,secrets,services
 create,get,list,patch,update,watch core nodes
 patch,update core nodes/status,pods/status
 EVENTS core,events.k8s.io events
 create,delete core pods
 create core pods/eviction,serviceaccounts/token
 get core endpoints,persistentvolumeclaims,persistentvolumes,serviceaccounts
 get,patch,update core persistentvolumeclaims/status
 create,get,list,watch certificates.k8s.io certificatesigningrequests,podcertificaterequests
 READ certificates.k8s.io clustertrustbundles
 create,delete,get,patch,update coordination.k8s.io leases
 get storage.k8s.io volumeattachments
 READ storage.k8s.io csidrivers
 create,delete,get,patch,update storage.k8s.io csinodes
 READ node.k8s.io runtimeclasses
 get resource.k8s.io resourceclaims
 deletecollection resource.k8s.io resourceslices
system:node-bootstrapper
 create,get,list,watch certificates.k8s.io certificatesigningrequests
system:node-problem-detector
 get core nodes
 patch core nodes/status
 EVENTS core,events.k8s.io events
system:node-proxier
 list,watch core endpoints,services
 READ core nodes
 EVENTS core,events.k8s.io events
 list,watch discovery.k8s.io endpointslices
 list,watch networking.k8s.io servicecidrs
system:persistent-volume-provisioner
 create,delete,get,list,watch core persistentvolumes
 get,list,update,watch core persistentvolumeclaims
 READ storage.k8s.io storageclasses
 watch core events
 EVENTS core,events.k8s.io events
system:volume-scheduler
 get,list,patch,update,watch core persistentvolumeclaims,persistentvolumes
 READ storage.k8s.io storageclasses
kube-public system:controller:bootstrap-signer
 READ core configmaps
 update core configmaps cluster-info
 EVENTS core,events.k8s.io events
kube-system extension-apiserver-authentication-reader
 READ core configmaps extension-apiserver-authentication
kube-system system::leader-locking-kube-controller-manager
 create,get,list,update,watch coordination.k8s.io leasecandidates,leases
kube-system system::leader-locking-kube-scheduler
 create,get,list,update,watch coordination.k8s.io leasecandidates,leases
kube-system system:controller:bootstrap-signer
 READ core secrets
kube-system system:controller:cloud-provider
 create,get,list,watch core configmaps
kube-system system:controller:token-cleaner
 delete,get,list,watch core secrets
 EVENTS core,events.k8s.io events
"""
