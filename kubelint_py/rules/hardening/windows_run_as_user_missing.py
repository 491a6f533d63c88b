"""Windows container runs as administrator.

Most Windows images run as ContainerAdministrator, who may change the whole container and load drivers into it, unless
somebody says otherwise. ContainerUser may do what a service needs.

Remedy: set `windowsOptions.runAsUserName: ContainerUser` in the securityContext of the pod

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      os: {name: windows}
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      os: {name: windows}
      securityContext:
        windowsOptions:
          runAsUserName: ContainerUser
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers that may run as any user

Sources:
    Kubernetes documentation, "Configure RunAsUserName for Windows pods and containers"
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._windows import windows_option

ADMINISTRATOR = "containeradministrator"


@rule(severity="low", since="0.1", default=False, tags=("C-0211",), implied_by=("windows-host-process",))
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a Windows container with no user, or the administrator."""
    if not container.pod.runs_on_windows or container.name in allow:
        return
    user = windows_option(container, "runAsUserName")
    if not user.as_str:
        yield Problem(user, f"{container.label} leaves its Windows user to the image")
    elif user.as_str.lower() == ADMINISTRATOR:
        yield Problem(user, f"{container.label} runs as ContainerAdministrator")
