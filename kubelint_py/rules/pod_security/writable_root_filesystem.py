"""Container can change its own root file system.

Whoever breaks into the process can replace programs, leave tools behind and change what the image was tested
with. With a read-only root only mounted volumes can be written. Containers of Windows pods, where the field is
not allowed, and ephemeral containers, which are there to debug, are left out.

Remedy: set `readOnlyRootFilesystem: true`, and mount an emptyDir where the program has to write

Fix: sets `readOnlyRootFilesystem: true`. Unsafe: a program that writes outside of its volumes fails, and which
    directories need an emptyDir only the image tells.

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: storefront
          image: registry.example/shop/storefront:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: storefront
          image: registry.example/shop/storefront:1.4.2
          securityContext:
            readOnlyRootFilesystem: true

Options:
    allow: names of containers that may write

Sources:
    Kubernetes API, SecurityContext v1, readOnlyRootFilesystem
    Kubernetes documentation, "Configure a Security Context for a Pod or Container"
"""

from kubelint_py.authoring import Container, Fix, Problem, Problems, rule
from kubelint_py.rules.pod_security._fix import is_fixable

NOT_SET = "does not set readOnlyRootFilesystem to true"
TAGS = (
    "nsa-immutable-container-file-systems",
    "CKV_K8S_22",
    "KSV-0014",
    "C-0017",
    "C-0211",
    "kube-linter:no-read-only-root-fs",
    "kube-score:container-security-context-readonlyrootfilesystem",
    "polaris:notReadOnlyRootFilesystem",
    "kubesec:ReadOnlyRootFilesystem",
    "kics:root_container_not_mounted_as_read_only",
)


@rule(severity="medium", since="0.1", tags=TAGS, implied_by=("windows-host-process",), fix="unsafe")
def check(container: Container, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem where the root file system is not read-only."""
    read_only = container.node.at("securityContext.readOnlyRootFilesystem")
    if read_only.as_bool or container.role == "ephemeral" or container.pod.runs_on_windows or container.name in allow:
        return
    says = "sets readOnlyRootFilesystem to false" if read_only.as_bool is False else NOT_SET
    yield Problem(read_only, f"{container.label} {says}")


def fix(problem: Problem, container: Container, **_options: object) -> Fix | None:
    """Return the fix: true."""
    return Fix(problem.node, True, safe=False) if is_fixable(container.pod) else None
