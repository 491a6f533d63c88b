"""Image is a version of a cluster component with a published flaw.

What runs the cluster or answers for it, such as an ingress controller or a deployment tool, holds rights that a
single flaw gives away. The list has a few well-known ones whose flaw is there as they are usually installed; it
does not replace a scanner of images. Images are known by their exact repository; tags that name no version, or that
may be a build with a fix of its own, say nothing.

Remedy: use the version that the message names, or a later one

Bad:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: ingress
    spec:
      selector:
        matchLabels: {app: ingress}
      template:
        metadata:
          labels: {app: ingress}
        spec:
          containers:
            - name: controller
              image: registry.k8s.io/ingress-nginx/controller:v1.11.4

Good:
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: ingress
    spec:
      selector:
        matchLabels: {app: ingress}
      template:
        metadata:
          labels: {app: ingress}
        spec:
          containers:
            - name: controller
              image: registry.k8s.io/ingress-nginx/controller:v1.11.8

Options:
    allow: ids of advisories that are dealt with in another way

Sources:
    GitHub Advisory Database and NVD, by the ids in the messages; read in November 2026
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._component import flaws, images, name_of, release

TAGS = ("C-0059", "C-0081", "C-0090", "C-0091", "kyverno:check-ingress-nginx-controller-version-and-annotation-policy")


@rule(severity="high", since="0.1", tags=TAGS)
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each image of such a version."""
    for use in images(pod):
        found = [(advisory, fixed) for advisory, fixed in flaws(use.image) if advisory.id not in allow]
        if found:
            ids = ", ".join(advisory.id for advisory, _ in found)
            fixed = max((fixed for _, fixed in found), key=lambda version: release(version) or ())
            message = f"image {use} is {name_of(use.image)} with {ids} ({found[0][0].what}), fixed in {fixed}"
            yield Problem(use.node, message, container=use.container)
