"""Which identities the workloads of a set have, and what they refer to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kubelint_py.authoring import WORKLOAD_KINDS, Bundle, Node, PodSpec, Workload
from kubelint_py.model.bundle import is_custom
from kubelint_py.model.rbac_subject import Subject
from kubelint_py.rules.rbac._once import once

WORKLOADS = tuple(sorted(WORKLOAD_KINDS))
_TOKEN = "automountServiceAccountToken"  # noqa: S105  the name of a field


class Runner(NamedTuple):
    """A workload with its service account; `has_token` is whether it can use the account at the API server."""

    workload: Workload
    namespace: str
    account: str
    has_token: bool

    @property
    def subject(self) -> Subject:
        """The identity of its pods."""
        return Subject.service_account(self.namespace, self.account)

    @property
    def title(self) -> str:
        """Its kind and name, for messages."""
        return f"{self.workload.kind} {self.workload.resource.name!r}"

    @property
    def place(self) -> Node:
        """Where the account is named, or would be."""
        return self.workload.pod.service_account_node


@once
def runners(bundle: Bundle) -> tuple[Runner, ...]:
    """Return the workloads of a set; of custom resources those that name a service account."""
    return tuple(_runners(bundle))


@once
def by_account(bundle: Bundle) -> dict[Subject, list[Runner]]:
    """Return the workloads of a set by the identity of their pods."""
    return _by_account(runners(bundle))


@once
def token_holders(bundle: Bundle) -> dict[Subject, list[Runner]]:
    """Return the workloads of a set whose pods hold a token, by its identity."""
    return _by_account(runner for runner in runners(bundle) if runner.has_token)


def _by_account(running: Iterable[Runner]) -> dict[Subject, list[Runner]]:
    found: dict[Subject, list[Runner]] = {}
    for runner in running:
        found.setdefault(runner.subject, []).append(runner)
    return found


def others(several: Sequence[Runner]) -> str:
    """Count the workloads of an account besides one, for messages."""
    return f" (and {len(several) - 1} more with the same account)" if len(several) > 1 else ""


def _runners(bundle: Bundle) -> Iterator[Runner]:
    mounted = {
        (bundle.namespace(account), account.name): account.node.at(_TOKEN).as_bool
        for account in bundle.of("", "ServiceAccount")
    }
    for workload in bundle.all_workloads:
        pod, account = workload.pod, workload.pod.service_account
        namespace = bundle.namespace(workload.resource)
        if is_custom(workload.resource) and not (pod.node.at("serviceAccountName").present):
            continue
        own = pod.node.at(_TOKEN).as_bool
        automatic = mounted.get((namespace, account)) if own is None else own
        yield Runner(workload, namespace, account, automatic is not False or _projects_token(pod))


def _projects_token(pod: PodSpec) -> bool:
    """Whether a volume holds a token for the API server; one with an audience is for something else."""
    for volume in pod.node.at("volumes").items():
        for source in volume.at("projected.sources").items():
            token = source.at("serviceAccountToken")
            if token.as_map is not None and not token.at("audience").value:
                return True
    return False


def secrets_of(pod: PodSpec) -> Iterator[tuple[str, Node]]:
    """Yield each Secret that containers and volumes of a pod refer to, with the place of its name."""
    for container in pod.containers:
        for variable in container.node.at("env").items():
            yield from _named(variable.at("valueFrom.secretKeyRef.name"))
        for source in container.node.at("envFrom").items():
            yield from _named(source.at("secretRef.name"))
    for volume in pod.node.at("volumes").items():
        yield from _named(volume.at("secret.secretName"))
        for source in volume.at("projected.sources").items():
            yield from _named(source.at("secret.name"))


def _named(node: Node) -> Iterator[tuple[str, Node]]:
    if node.as_str:
        yield node.as_str, node
