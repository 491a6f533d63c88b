"""Problems about credentials. No message holds any part of a value, and no span less than all of it."""

from __future__ import annotations

from collections.abc import Iterable
from fnmatch import fnmatchcase

from kubelint_py.authoring import Node, Problem, Problems
from kubelint_py.rules.secrets._credential import shown
from kubelint_py.rules.secrets._place import place
from kubelint_py.rules.secrets._token import Credential

_MOST = 50


def problems(
    node: Node,
    found: Iterable[Credential],
    noun: str,
    name: str,
    allow: Iterable[str],
    *,
    how: str = " in clear text",
    container: str = "",
) -> Problems:
    """Yield a problem for each credential of a field that is not allowed; the last one of many stands for the rest.

    The field is called `noun 'name'`, or by the noun alone if its name is no word.
    """
    holder = f"{noun} {name!r}" if shown(name) else noun
    kept = [each for each in found if not _allowed(each, name, allow)]
    for credential in kept[:_MOST]:
        start, end = credential.start, credential.end
        if len(kept) > _MOST and credential is kept[_MOST - 1]:
            end = len(node.value)
        setting = f" as {credential.name!r}" if credential.name else ""
        yield Problem(
            node,
            f"{holder} holds {credential.title}{setting}{how}",
            severity="medium" if credential.grade == "weak" else "",
            container=container,
            span=place(node, start, end),
        )


def _allowed(credential: Credential, name: str, allow: Iterable[str]) -> bool:
    """Whether the configuration allows a value of this name, or a setting in it."""
    return any(fnmatchcase(each, pattern) for pattern in allow for each in (name, credential.name) if each)
