"""Agent sandbox runs an image nobody has fixed.

A sandbox starts when an agent asks for it. With a tag that moves, what starts then is not what was tested; and images
from anywhere bring what anybody has put into them. Name the registries you trust to have the others reported.

Remedy: write a version or, better, a digest, and copy the image to a registry of yours

Bad:
    apiVersion: extensions.agents.x-k8s.io/v1beta1
    kind: SandboxTemplate
    metadata:
      name: code-runner
    spec:
      podTemplate:
        spec:
          containers:
            - name: runner
              image: registry.example/agents/runner:latest

Good:
    apiVersion: extensions.agents.x-k8s.io/v1beta1
    kind: SandboxTemplate
    metadata:
      name: code-runner
    spec:
      podTemplate:
        spec:
          containers:
            - name: runner
              image: registry.example/agents/runner:1.4.2

Options:
    floating_tags: tags that name no version
    registries: registries, or registry and path, to trust; without any, all are

Sources:
    kubernetes-sigs/agent-sandbox, API v1beta1
    Kubernetes documentation, "Images"
"""

from kubelint_py.authoring import Problem, Problems, Workload, rule, show
from kubelint_py.rules.hardening._sandbox import is_sandbox, lies_in, reference

FLOATING = ("latest", "main", "master", "edge", "nightly", "dev", "stable")


@rule(severity="medium", since="0.1", default=False, tags=("C-0304",))
def check(
    workload: Workload, *, floating_tags: tuple[str, ...] = FLOATING, registries: tuple[str, ...] = ()
) -> Problems:
    """Yield a problem for each image of a sandbox with a floating tag or from elsewhere than `registries`."""
    if not is_sandbox(workload.resource):
        return
    for container in workload.pod.containers:
        node = container.node.at("image")
        image = reference(node.as_str)
        if image is None:
            continue
        if not image.digest and (image.tag is None or image.tag in floating_tags):
            says = f"the floating tag {show(image.tag)}" if image.tag else "no tag, which means latest"
            yield Problem(node, f"{container.label} of a sandbox has {says}", container=container.name)
        if registries and not lies_in(image, registries):
            name = f"{image.registry}/{image.repository}"
            message = f"{container.label} of a sandbox runs {show(name)}, which is in no trusted registry"
            yield Problem(node, message, container=container.name)
