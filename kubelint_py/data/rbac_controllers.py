"""The ClusterRoles of the controllers inside the controller manager.

Nobody else is meant to be bound to them, yet a binding to one hands its rights out: that of the
aggregation controller alone is worth cluster-admin. Source, date and notation: see `rbac_built_in`.
Each name is preceded by `system:controller:`; each role may also write events (create, patch, update)
unless it stands under NO_EVENTS.
"""

from __future__ import annotations

NO_EVENTS = frozenset(
    {
        "clusterrole-aggregation-controller",
        "legacy-service-account-token-cleaner",
        "namespace-controller",
        "pod-garbage-collector",
        "podcertificaterequestcleaner",
        "storage-version-migrator-controller",
    }
)

CONTROLLERS = """
attachdetach-controller
 list,watch core persistentvolumeclaims,persistentvolumes,pods
 READ core nodes
 patch,update core nodes/status
 create,delete,get,list,watch storage.k8s.io volumeattachments
 READ storage.k8s.io csidrivers,csinodes
certificate-controller
 delete,get,list,watch certificates.k8s.io certificatesigningrequests
 update certificates.k8s.io certificatesigningrequests/approval,certificatesigningrequests/status
 approve certificates.k8s.io signers kubernetes.io/kube-apiserver-client-kubelet
 sign certificates.k8s.io signers kubernetes.io/kube-apiserver-client,kubernetes.io/kube-apiserver-client-kubelet
 sign certificates.k8s.io signers kubernetes.io/kubelet-serving,kubernetes.io/legacy-unknown
 create authorization.k8s.io subjectaccessreviews
clusterrole-aggregation-controller
 escalate,get,list,patch,update,watch rbac.authorization.k8s.io clusterroles
cronjob-controller
 get,list,update,watch batch cronjobs
 create,delete,get,list,patch,update,watch batch jobs
 update batch cronjobs/finalizers,cronjobs/status
 delete,list,watch core pods
daemon-set-controller
 READ apps,extensions daemonsets
 update apps,extensions daemonsets/finalizers,daemonsets/status
 list,watch core nodes
 create,delete,list,patch,watch core pods
 create core pods/binding
 create,delete,get,list,patch,update,watch apps controllerrevisions
deployment-controller
 get,list,update,watch apps,extensions deployments
 update apps,extensions deployments/finalizers,deployments/status
 create,delete,get,list,patch,update,watch apps,extensions replicasets
 get,list,update,watch core pods
device-taint-eviction-controller
 delete,get,list,watch core pods
 patch,update core pods/status
 READ resource.k8s.io deviceclasses,devicetaintrules,resourceclaims,resourceslices
 patch,update resource.k8s.io devicetaintrules/status
disruption-controller
 READ apps,extensions deployments,replicasets
 READ core replicationcontrollers
 READ policy poddisruptionbudgets
 READ apps statefulsets
 update policy poddisruptionbudgets/status
 patch,update core pods/status
 get * */scale
endpoint-controller
 READ core pods,services
 create,delete,get,list,update,watch core endpoints
 create core endpoints/restricted
endpointslice-controller
 READ core nodes,pods,services
 update core services/finalizers
 create,delete,get,list,update,watch discovery.k8s.io endpointslices
endpointslicemirroring-controller
 READ core endpoints,services
 update core endpoints/finalizers,services/finalizers
 create,delete,get,list,update,watch discovery.k8s.io endpointslices
ephemeral-volume-controller
 READ core pods
 update core pods/finalizers
 create,get,list,watch core persistentvolumeclaims
expand-controller
 get,list,patch,update,watch core persistentvolumes
 patch,update core persistentvolumeclaims/status
 READ core persistentvolumeclaims
generic-garbage-collector
 delete,get,list,patch,update,watch * *
horizontal-pod-autoscaler
 READ autoscaling horizontalpodautoscalers
 update autoscaling horizontalpodautoscalers/status
 get,update * */scale
 list,watch core,metrics.k8s.io pods
 READ custom.metrics.k8s.io,external.metrics.k8s.io *
job-controller
 get,list,patch,update,watch batch jobs
 update batch jobs/finalizers,jobs/status
 create,delete,list,patch,watch core pods
kube-apiserver-serving-clustertrustbundle-publisher
 attest certificates.k8s.io signers kubernetes.io/kube-apiserver-serving
 create,delete,list,update,watch certificates.k8s.io clustertrustbundles
legacy-service-account-token-cleaner
 get core configmaps kube-apiserver-legacy-service-account-token-tracking
 delete,patch core secrets
namespace-controller
 delete,get,list,watch core namespaces
 update core namespaces/finalize,namespaces/status
 delete,deletecollection,get,list,watch * *
node-controller
 delete,get,list,patch,update,watch core nodes
 patch,update core nodes/status,pods/status
 delete,get,list,watch core pods
 READ coordination.k8s.io leases
persistent-volume-binder
 create,delete,get,list,update,watch core persistentvolumes
 update core persistentvolumeclaims/status,persistentvolumes/status
 get,list,update,watch core persistentvolumeclaims
 create,delete,get,list,watch core pods
 READ storage.k8s.io storageclasses
 list,watch core nodes
 watch core events
pod-garbage-collector
 delete,list,watch core pods
 READ core nodes
 patch core pods/status
podcertificaterequestcleaner
 delete,get,list,watch certificates.k8s.io podcertificaterequests
pv-protection-controller
 get,list,update,watch core persistentvolumes
pvc-protection-controller
 get,list,update,watch core persistentvolumeclaims
 update core persistentvolumeclaims/status
 READ core pods
replicaset-controller
 get,list,update,watch apps,extensions replicasets
 update apps,extensions replicasets/finalizers,replicasets/status
 create,delete,list,patch,watch core pods
replication-controller
 get,list,update,watch core replicationcontrollers
 update core replicationcontrollers/finalizers,replicationcontrollers/status
 create,delete,list,patch,watch core pods
resource-claim-controller
 READ core pods
 update core pods/finalizers
 create,delete,get,list,watch resource.k8s.io resourceclaims
 patch,update resource.k8s.io resourceclaims,resourceclaims/binding,resourceclaims/status
 patch,update core pods/status
resourcequota-controller
 list,watch * *
 update core resourcequotas/status
root-ca-cert-publisher
 create,update core configmaps
route-controller
 list,watch core nodes
 patch core nodes/status
selinux-warning-controller
 READ core persistentvolumeclaims,persistentvolumes,pods
 READ storage.k8s.io csidrivers
service-account-controller
 create core serviceaccounts
service-cidrs-controller
 get,list,patch,update,watch networking.k8s.io servicecidrs
 patch,update networking.k8s.io servicecidrs/finalizers,servicecidrs/status
 READ networking.k8s.io ipaddresses
service-controller
 READ core services
 patch,update core services/status
 list,watch core nodes
statefulset-controller
 list,watch core pods
 READ apps statefulsets
 update apps statefulsets/finalizers,statefulsets/status
 create,delete,get,patch,update core pods
 create,delete,get,list,patch,update,watch apps controllerrevisions
 create,delete,get,list,update,watch core persistentvolumeclaims
 update core pods/finalizers
storage-version-migrator-controller
 list,patch * *
 get apiextensions.k8s.io customresourcedefinitions
 patch apiextensions.k8s.io customresourcedefinitions/status
 update storagemigration.k8s.io storageversionmigrations/status
ttl-after-finished-controller
 delete,get,list,watch batch jobs
ttl-controller
 list,patch,update,watch core nodes
validatingadmissionpolicy-status-controller
 READ admissionregistration.k8s.io validatingadmissionpolicies
 get,patch,update admissionregistration.k8s.io validatingadmissionpolicies/status
volumeattributesclass-protection-controller
 READ core persistentvolumeclaims,persistentvolumes
 get,list,update,watch storage.k8s.io volumeattributesclasses
"""
