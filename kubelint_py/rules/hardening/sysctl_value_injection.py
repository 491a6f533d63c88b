"""Value of a sysctl holds a sign that starts another setting.

CRI-O up to 1.23 passed the values on as one text, in which `+` begins the next setting and `=` gives it its value
(CVE-2022-0811). Such a value sets any kernel parameter of the node, `kernel.core_pattern` among them, and so runs
code as root on it. No sysctl needs these signs.

Remedy: write only the value of the named sysctl, and update CRI-O

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: queue
    spec:
      securityContext:
        sysctls:
          - name: kernel.shm_rmid_forced
            value: "1+kernel.core_pattern=|/tmp/run"
      containers:
        - name: queue
          image: registry.example/shop/queue:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: queue
    spec:
      securityContext:
        sysctls:
          - name: kernel.shm_rmid_forced
            value: "1"
      containers:
        - name: queue
          image: registry.example/shop/queue:1.4.2

Sources:
    CVE-2022-0811, published 2022-03-15; CRI-O security advisory GHSA-6x2m-w449-qwx7
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule


@rule(severity="high", since="0.1", tags=("CVE-2022-0811", "kyverno:prevent-cr8escape"))
def check(pod: PodSpec) -> Problems:
    """Yield a problem for each value with such a sign."""
    for sysctl in pod.node.at("securityContext.sysctls").items():
        value = sysctl.at("value")
        if any(sign in (value.as_str or "") for sign in "+="):
            yield Problem(value, "value of a sysctl holds '+' or '=', which starts another setting in CRI-O")
