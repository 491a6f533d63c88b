"""Image is not tied to a version.

Without a tag, or with latest, every start of a pod may run other code: nodes differ, rollbacks do nothing, and
nobody can tell what ran yesterday. A digest fixes the content, whatever the tag says.

Remedy: name the version as tag, or better pin the digest
Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/storefront:latest
Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example.com/shop/storefront:2.4.1
Options:
    floating_tags: tags that name no version; `*` stands for any characters
    allow: registries, or registry and path, whose images may do without a version
Sources:
    Kubernetes documentation, "Images", image names and pull policy
    Kubernetes documentation, "Configuration Best Practices"
"""

from fnmatch import fnmatchcase

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.images._image import images, lies_in


@rule(
    severity="medium",
    since="0.1",
    tags=(
        "kube-linter:latest-tag",
        "kube-score:container-image-tag",
        "polaris:tagNotSpecified",
        "KSV-0013",
        "CKV_K8S_14",
        "kics:invalid_image",
    ),
)
def check(pod: PodSpec, *, floating_tags: tuple[str, ...] = ("latest",), allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each image with neither a version nor a digest."""
    for use in images(pod):
        tag = use.image.tag
        if use.image.digest or lies_in(use.image, allow):
            continue
        if tag is None:
            yield Problem(use.node, f"image {use} has no tag, which means latest", container=use.container)
        elif any(fnmatchcase(tag, floating) for floating in floating_tags):
            yield Problem(use.node, f"image {use} has the floating tag {tag!r}", container=use.container)
