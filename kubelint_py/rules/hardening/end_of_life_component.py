"""Image belongs to a component that gets no more fixes.

The next flaw in it stays. Moving away takes time, which is easier to find before that day. The list has projects
that have ended and old lines of versions, each by its exact repository; other builds may still be looked after.

Remedy: move to what the message names

Bad:
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: logs
    spec:
      selector:
        matchLabels: {app: logs}
      template:
        metadata:
          labels: {app: logs}
        spec:
          containers:
            - name: collector
              image: docker.io/grafana/promtail:3.5.1

Good:
    apiVersion: apps/v1
    kind: DaemonSet
    metadata:
      name: logs
    spec:
      selector:
        matchLabels: {app: logs}
      template:
        metadata:
          labels: {app: logs}
        spec:
          containers:
            - name: collector
              image: docker.io/grafana/alloy:v1.10.2

Options:
    allow: names of components, as in the messages, that may stay

Sources:
    the projects' own announcements and support policies, read in November 2026
"""

from kubelint_py.authoring import PodSpec, Problem, Problems, rule
from kubelint_py.rules.hardening._component import ended, images


@rule(
    severity="medium",
    since="0.1",
    tags=("C-0292",),
    implied_by=("known-vulnerable-component", "tiller-deployed"),
)
def check(pod: PodSpec, *, allow: tuple[str, ...] = ()) -> Problems:
    """Yield a problem for each such image."""
    for use in images(pod):
        for each in ended(use.image):
            if each.name not in allow:
                what = f"{each.name} before {each.versions[1]}" if each.versions else each.name
                message = f"image {use} is {what}, which has had no fixes since {each.since}: {each.instead}"
                yield Problem(use.node, message, container=use.container)
