"""Pod adds names of its own to /etc/hosts.

A name that is answered inside the pod does not follow DNS any more: it keeps pointing at an address that may
belong to somebody else tomorrow, and it can hide where traffic goes. It is sometimes what a program needs, so this
is opt-in.

Remedy: give the address a name with a Service, or with the DNS of the cluster

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: catalog
    spec:
      hostAliases:
        - ip: 192.0.2.10
          hostnames: [payments.shop.example]
      containers:
        - name: catalog
          image: registry.example/shop/catalog:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: catalog
    spec:
      containers:
        - name: catalog
          image: registry.example/shop/catalog:1.4.2

Sources:
    Kubernetes documentation, "Adding entries to Pod /etc/hosts with HostAliases"
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule


@rule(severity="low", since="0.1", default=False, tags=("KSV-0007", "kubesec:HostAliases"))
def check(pod: PodSpec) -> Problems:
    """Yield a problem for a pod with aliases."""
    aliases = pod.node.at("hostAliases")
    if aliases.as_list:
        yield Problem(aliases, "pod adds names to /etc/hosts", key=True)
