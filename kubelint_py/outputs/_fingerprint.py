"""Identity of a finding that survives edits elsewhere in the file."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from kubelint_py.outputs._text import relative

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kubelint_py.finding import Finding

_CONTAINER = re.compile(r"/((?:init|ephemeral)?[cC]ontainers)/\d+(?=/|$)")


def fingerprints(findings: Iterable[Finding], locate: Callable[[str], str]) -> list[str]:
    """Return 64 hexadecimal digits for each finding, no two equal.

    They depend on rule, file, object (group, kind, namespace, name), field and container, never on
    lines or on the message. Findings that share all of it are told apart by their order.
    """
    turns: dict[tuple[str, ...], int] = {}
    result = []
    for finding in findings:
        identity = _identity(finding, locate)
        turn = turns[identity] = turns.get(identity, 0) + 1
        text = "\0".join((*identity, str(turn)))
        result.append(sha256(text.encode("utf-8", "surrogatepass")).hexdigest())
    return result


def _identity(finding: Finding, locate: Callable[[str], str]) -> tuple[str, ...]:
    target = finding.object
    group = target.apiVersion.rpartition("/")[0] if target else ""
    # A container is known by its name, so that a new one above it changes nothing.
    path = _CONTAINER.sub(r"/\1/*", finding.path) if finding.container else finding.path
    reference = (group, target.kind, target.namespace, target.name) if target else ("", "", "", "")
    return (finding.rule, relative(finding.file, locate), *reference, path, finding.container)
