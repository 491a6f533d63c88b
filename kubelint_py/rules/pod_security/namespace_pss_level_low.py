"""Namespace enforces a lower Pod Security level than wanted.

Only what is enforced keeps a pod out. Audit and warn labels tell who looks at them, which is a step on the way, not
the end of it. Namespaces of node agents need privileged; name them in the options or suppress this with a reason.

Remedy: raise `pod-security.kubernetes.io/enforce` to the wanted level, after a time of `warn`

Bad:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: privileged

Good:
    apiVersion: v1
    kind: Namespace
    metadata:
      name: shop
      labels:
        pod-security.kubernetes.io/enforce: baseline

Options:
    level: the level every namespace should enforce, baseline or restricted
    exclude_namespaces: namespaces that may enforce less

Sources:
    Kubernetes documentation, "Pod Security Standards"
    Kubernetes documentation, "Pod Security Admission labels for namespaces"
"""

from kubelint_py.authoring import Problem, Problems, Resource, rule, show
from kubelint_py.rules.pod_security._namespace import BASELINE, LEVELS, MODES, SYSTEM, label, labels, policy

TAGS = (
    "C-0193",
    "C-0194",
    "C-0195",
    "C-0196",
    "C-0197",
    "C-0198",
    "C-0199",
    "C-0200",
    "C-0201",
    "C-0202",
    "C-0203",
    "C-0204",
)


@rule(severity="medium", since="0.1", kinds=("Namespace",), tags=TAGS)
def check(namespace: Resource, *, level: str = BASELINE, exclude_namespaces: tuple[str, ...] = SYSTEM) -> Problems:
    """Yield a problem for a labelled namespace whose enforced level is below the wanted one."""
    if namespace.group or namespace.name in exclude_namespaces or level not in LEVELS:
        return
    if not any(label(namespace, mode).present for mode in MODES):
        return
    enforced = policy(namespace).enforce.level
    if LEVELS.index(enforced) < LEVELS.index(level):
        written = label(namespace, "enforce")
        how = f"enforces {enforced}" if written.present else f"enforces nothing, which is {enforced}"
        message = f"namespace {show(namespace.name)} {how}; {level} is wanted"
        yield Problem(written if written.present else labels(namespace), message, key=not written.present)
