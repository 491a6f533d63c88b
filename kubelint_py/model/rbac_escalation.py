"""How rights lead from one identity to another, and from there to the whole cluster.

A vertex is an identity (a `Subject`) or a `Place`: all service accounts of a namespace, what runs in its pods,
the same of every namespace, a node, or cluster-admin. A step says which rights lead from one to another and which
grants give them. Paths are found from their end, once for all identities, so that the time is linear in the
number of grants.

What is taken for granted: a service account that reads Secrets finds tokens of the others in its namespace; a
reachable kubelet has pods of every namespace; kube-system has accounts and pods whether the set shows them or not.
Source of the semantics: Kubernetes documentation, "Role Based Access Control Good Practices", privilege
escalation risks; "Using RBAC Authorization", privilege escalation prevention.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import heappop, heappush
from typing import NamedTuple

from kubelint_py.model.rbac import Permissions
from kubelint_py.model.rbac_places import ADMIN, CLUSTER, NODE, Place, Running, Step, Surroundings, Vertex
from kubelint_py.model.rbac_steps import Steps
from kubelint_py.model.rbac_subject import Subject

KUBE_SYSTEM = "kube-system"
PATHS_KEPT = 2
"""Of the namespaces an identity reaches the nearest ones: its own, and another."""


Found = Mapping[Vertex, Mapping[str, Step | None]]
"""For each vertex the next step towards an end of each label; None at the end itself."""


class Path(NamedTuple):
    """The shortest way. `end` is cluster-admin, kube-system or namespace; `namespace` is where it ends."""

    end: str
    namespace: str
    steps: tuple[Step, ...]

    @property
    def rights(self) -> tuple[Step, ...]:
        """The steps that need a grant."""
        return tuple(step for step in self.steps if step.grants)


class Escalation:
    """Where each identity of a set can get. Rights that are held through groups count."""

    def __init__(self, permissions: Permissions, surroundings: Surroundings) -> None:
        self._incoming: dict[Vertex, list[Step]] = {}
        for step in Steps(permissions, surroundings):
            self._add(step)
        identities = dict.fromkeys([*self._identities(), *permissions.subjects()])
        identities.update(dict.fromkeys(each.subject for each in surroundings.running))
        self._open_up(identities, surroundings.running)
        self._to_admin = self._nearest({ADMIN: ""})
        system = {each: KUBE_SYSTEM for each in self._incoming if each.namespace == KUBE_SYSTEM}
        self._to_system = self._nearest(system)
        self._to_namespaces = self._nearest({each: each.namespace for each in self._vertices() if each.namespace})

    def path(self, start: Subject) -> Path | None:
        """Return the shortest path to the most that an identity reaches, or None when it stays where it is.

        Most is cluster-admin, then kube-system, then any other namespace. Within kube-system only the first counts.
        """
        admin = self._way(start, "", self._to_admin)
        if admin is not None:
            return Path("cluster-admin", "", admin)
        if start.namespace == KUBE_SYSTEM:
            return None
        system = self._way(start, KUBE_SYSTEM, self._to_system)
        if system is not None:
            return Path(KUBE_SYSTEM, KUBE_SYSTEM, system)
        others = [each for vertex in (start, *start.groups) for each in self._to_namespaces.get(vertex, ())]
        other = next((each for each in others if each != start.namespace), "")
        way = self._way(start, other, self._to_namespaces) if other else None
        return Path("namespace", other, way) if way is not None else None

    @staticmethod
    def _way(start: Subject, label: str, found: Found) -> tuple[Step, ...] | None:
        """Return the steps from an identity, or from a group of one that the set does not name."""
        for vertex in (start, *start.groups):
            if label in found.get(vertex, {}):
                own = () if vertex == start else (Step(start, vertex),)
                return (*own, *_follow(vertex, label, found))
        return None

    def _open_up(self, identities: Iterable[Subject], running: Iterable[Running]) -> None:
        """Add what the places mean: who is in a namespace, what runs there, what is on a node."""
        namespaces = dict.fromkeys([KUBE_SYSTEM, *(each.namespace for each in self._vertices() if each.namespace)])
        namespaces.update(dict.fromkeys(each.namespace for each in identities if each.namespace))
        for namespace in namespaces:
            self._add(Step(CLUSTER, Place("Namespace", namespace)))
            self._add(Step(NODE, Place("Pods", namespace)))
        for each in identities:
            if each.kind == "ServiceAccount":
                self._add(Step(Place("Namespace", each.namespace), each))
            for group in each.groups:
                self._add(Step(each, group))
        for pods in dict.fromkeys(each.subject for each in running if each.has_token):
            self._add(Step(Place("Pods", pods.namespace), pods))

    def _add(self, step: Step) -> None:
        self._incoming.setdefault(step.target, []).append(step)

    def _vertices(self) -> Iterator[Vertex]:
        found = dict.fromkeys(self._incoming)
        found.update(dict.fromkeys(step.source for steps in self._incoming.values() for step in steps))
        yield from found

    def _identities(self) -> Iterator[Subject]:
        return (each for each in self._vertices() if isinstance(each, Subject))

    def _nearest(self, ends: Mapping[Vertex, str]) -> dict[Vertex, dict[str, Step | None]]:
        """Return for each vertex the next step towards the nearest ends, by their label; None at an end itself.

        Nearest is what takes the fewest rights, and of equals what takes the least luck.
        """
        found: dict[Vertex, dict[str, Step | None]] = {}
        waiting: list[tuple[int, int, int, Vertex, str, Step | None]] = [
            (0, 0, order, end, label, None) for order, (end, label) in enumerate(ends.items())
        ]
        order = len(waiting)
        while waiting:
            rights, luck, _, vertex, label, step = heappop(waiting)
            known = found.setdefault(vertex, {})
            if label in known or len(known) == PATHS_KEPT:
                continue
            known[label] = step
            for before in self._incoming.get(vertex, ()):
                order += 1
                cost = (rights + bool(before.grants), luck + (not before.certain), order)
                heappush(waiting, (*cost, before.source, label, before))
        return found


def _follow(start: Vertex, label: str, found: Found) -> Iterator[Step]:
    step = found[start][label]
    while step is not None:
        yield step
        step = found[step.target][label]
