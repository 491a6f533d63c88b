"""AppArmor is switched off.

On nodes with AppArmor the runtime confines each container with its default profile. `Unconfined`, or a profile
type that does not exist, takes that away. Fields count as well as the older annotations.

Remedy: remove the profile, or set its type to RuntimeDefault or Localhost

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: mailer
    spec:
      containers:
        - name: mailer
          image: registry.example/shop/mailer:1.4.2
          securityContext:
            appArmorProfile:
              type: Unconfined

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: mailer
    spec:
      containers:
        - name: mailer
          image: registry.example/shop/mailer:1.4.2
          securityContext:
            appArmorProfile:
              type: RuntimeDefault

Options:
    allow: names of containers that may do without

Sources:
    Pod Security Standards, baseline, "AppArmor"
    Kubernetes documentation, "Restrict a Container's Access to Resources with AppArmor"
"""

from kubelint_py.authoring import PodSpec, Problems, Version, rule
from kubelint_py.rules.pod_security._controls import control_problems

TAGS = ("pss-baseline", "nsa-hardening-container-environments", "KSV-0002", "kubesec:ApparmorUnconfined")


@rule(severity="medium", since="0.1", tags=TAGS)
def check(pod: PodSpec, kubernetes: Version, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each AppArmor profile that is not allowed."""
    yield from control_problems(pod, "apparmor-overridden", kubernetes, allow)
