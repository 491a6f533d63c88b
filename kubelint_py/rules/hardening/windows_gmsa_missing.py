"""Windows container has no group managed service account.

A container that uses Active Directory, a database with Windows logins or a file share needs an identity there. A gMSA
gives it one whose password nobody knows; without, such passwords end up in Secrets. Most containers need neither, so
this is opt-in.

Remedy: set `windowsOptions.gmsaCredentialSpecName` in the securityContext of the pod

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
          gmsaCredentialSpecName: shop-storefront
      containers:
        - name: web
          image: registry.example/shop/storefront:1.4.2

Options:
    allow: names of containers that need none

Sources:
    Kubernetes documentation, "Configure GMSA for Windows Pods and containers"
"""

from kubelint_py.authoring import Container, Problem, Problems, rule
from kubelint_py.rules.hardening._windows import windows_option

FIELDS = ("gmsaCredentialSpecName", "gmsaCredentialSpec")


@rule(severity="info", since="0.1", default=False, tags=("C-0211",), implied_by=("windows-host-process",))
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for a Windows container that names no credential spec."""
    if not container.pod.runs_on_windows or container.name in allow:
        return
    specs = [windows_option(container, field) for field in FIELDS]
    if not any(spec.as_str for spec in specs):
        yield Problem(specs[0], f"{container.label} names no gMSA credential spec")
