"""Image is not pinned to a digest.

A tag can be moved to other content, by mistake or by somebody who took over the registry account. A digest
names the content itself, so what was tested is what runs.

Remedy: add the digest after the tag, as name:tag@sha256:..., and let a bot keep it up to date
Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop:2.4.1
Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: storefront
    spec:
      containers:
        - name: web
          image: registry.example/shop@sha256:0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0
Options:
    allow: registries, or registry and path, whose images may do without a digest
Sources:
    Kubernetes documentation, "Images", image names
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.images._image import images, lies_in


@rule(
    severity="low",
    since="0.1",
    default=False,
    implied_by=("image-tag-missing-or-latest",),
    tags=("CKV_K8S_43", "C-0306", "kics:image_without_digest"),
)
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each image that only a tag names."""
    for use in images(pod):
        if not use.image.digest and not lies_in(use.image, allow):
            yield Problem(use.node, f"image {use} is not pinned to a digest", container=use.container)
