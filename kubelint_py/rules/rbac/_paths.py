"""Where the tokens of workloads lead, told step by step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_py.authoring import Bundle, Node
from kubelint_py.model.rbac import Grant
from kubelint_py.model.rbac_escalation import Escalation, Path
from kubelint_py.model.rbac_places import ADMIN, Running, Step, Surroundings, token_secrets
from kubelint_py.model.rbac_subject import Subject
from kubelint_py.rules.rbac._once import once
from kubelint_py.rules.rbac._workloads import Runner, runners, token_holders

_LEVEL = "pod-security.kubernetes.io/enforce"
_GUARDED = ("baseline", "restricted")


class Lead(NamedTuple):
    """A path, and the workloads whose token starts it."""

    path: Path
    runners: tuple[Runner, ...]


@once
def leads(bundle: Bundle) -> tuple[Lead, ...]:
    """Return the path of each service account that workloads run under with a token and that leads somewhere."""
    return tuple(_leads(bundle))


def _leads(bundle: Bundle) -> Iterator[Lead]:
    if not bundle.permissions.bindings:
        return
    secrets = token_secrets((resource.data for resource in bundle.of("", "Secret")), bundle.default_namespace)
    surroundings = Surroundings(tuple(map(_running, runners(bundle))), frozenset(_unguarded(bundle)), secrets)
    escalation = Escalation(bundle.permissions, surroundings)
    for subject, several in token_holders(bundle).items():
        path = escalation.path(subject)
        if path:
            yield Lead(path, tuple(several))


def _running(runner: Runner) -> Running:
    return Running(runner.namespace, runner.account, _pod_names(runner), runner.has_token)


def _pod_names(runner: Runner) -> tuple[str, ...]:
    """Return the names of the pods where they follow from the object's."""
    workload = runner.workload
    if workload.kind == "Pod":
        return (workload.resource.name,)
    if workload.kind != "StatefulSet":
        return ()
    replicas = workload.resource.node.at("spec.replicas").as_int
    return tuple(
        f"{workload.resource.name}-{number}" for number in range(min(1 if replicas is None else replicas, 100))
    )


def _unguarded(bundle: Bundle) -> Iterator[str]:
    """Yield the namespaces of the set that say nothing against privileged pods."""
    for namespace in bundle.of("", "Namespace"):
        if namespace.labels.get(_LEVEL) not in _GUARDED:
            yield namespace.name


def told(path: Path) -> str:
    """Tell a path in one line: who may do what where, and who that makes of him."""
    parts = [f"{step.source} may {step.does}{_scope(step)}" for step in path.rights]
    return " -> ".join((*parts, _end(path)))


def _scope(step: Step) -> str:
    scope = step.grants[0].namespace
    if step.target == ADMIN and not scope:
        return ""
    return f" in namespace {scope!r}" if scope else " in every namespace"


def _end(path: Path) -> str:
    if path.end == "cluster-admin":
        return path.end
    last = path.steps[-1].target
    return str(last) if isinstance(last, Subject) else f"namespace {path.namespace!r}"


def hops(bundle: Bundle, path: Path) -> Iterator[tuple[Node, str]]:
    """Yield the binding and the rule of each step."""
    for step in path.rights:
        for grant in step.grants:
            yield from evidence(bundle, grant, step.does)


def evidence(bundle: Bundle, grant: Grant, does: str) -> Iterator[tuple[Node, str]]:
    """Yield the subject of the binding a grant comes from, and the rule that gives it, unless it is built in."""
    binding = bundle.resources[grant.binding_index].node.at("subjects", grant.subject_index)
    yield binding, f"{grant.binding} gives {grant.subject} the {_role(grant)}"
    if grant.role_index is not None:
        rule = bundle.resources[grant.role_index].node.at("rules", grant.rule_index)
        yield rule, f"{grant.rule_role} may {does}"


def _role(grant: Grant) -> str:
    return f"built-in {grant.role}" if grant.role_index is None else str(grant.role)


def is_certain(path: Path) -> bool:
    """Whether every identity on the way is gained for sure."""
    return all(step.certain for step in path.steps)
