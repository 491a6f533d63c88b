"""Permissions as text for people and as JSON for programs.

Each answer is first built as plain data, which is the JSON; the text says the same. Files and lines are those
of the binding's subject and of the role's rule; 0 where objects have no text or a role is built in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from kubelint_py.finding import severity_rank
from kubelint_py.outputs._json import outline
from kubelint_py.outputs._text import cells, plain, plural

if TYPE_CHECKING:
    from kubelint_py.model.rbac import Grant
    from kubelint_py.model.rbac_diff import Change, Difference
    from kubelint_py.model.rbac_objects import ObjectId
    from kubelint_py.model.rbac_query import Question
    from kubelint_py.model.rbac_rule import Rule
    from kubelint_py.model.rbac_subject import Subject
    from kubelint_py.model.resource import Resource

VERSION = 1
FORMATS = ("text", "json")
_WIDEST = 60
_SHOWN = 3
_GROUPS = {"": "core", "*": "every API group"}
Plain = dict[str, Any]


def who_can(question: Question, grants: Iterable[Grant], resources: Sequence[Resource]) -> Plain:
    """Return the answer to who can do something."""
    asked = question._asdict()
    request = {"apiGroups" if key == "api_groups" else key: value for key, value in asked.items()}
    return {
        "version": VERSION,
        "question": str(question),
        "request": request,
        "grants": [_grant(grant, (grant.rule,), resources) for grant in grants],
    }


def can(subject: Subject, grants: Iterable[Grant], resources: Sequence[Resource], namespace: str = "") -> Plain:
    """Return what an identity can do, the whole cluster first; `namespace` is where was asked, "" anywhere."""
    ordered = sorted(grants, key=lambda grant: grant.namespace)
    return {
        "version": VERSION,
        "subject": subject._asdict(),
        "namespace": namespace,
        "grants": [_grant(grant, (grant.rule,), resources) for grant in ordered],
    }


def diff(difference: Difference, old: Sequence[Resource], new: Sequence[Resource]) -> Plain:
    """Return what each identity gained (places are those of the new set) and lost (those of the old)."""

    def told(changes: Iterable[Change], resources: Sequence[Resource]) -> list[Plain]:
        return [_grant(change.grant, change.rules, resources) for change in changes]

    return {"version": VERSION, "gained": told(difference.gained, new), "lost": told(difference.lost, old)}


def _grant(grant: Grant, rules: Sequence[Rule], resources: Sequence[Resource]) -> Plain:
    return {
        "subject": grant.subject._asdict(),
        "namespace": grant.namespace,
        "rules": [_rule(each) for each in rules],
        "dangerous": _dangerous(rules, grant.namespace),
        "binding": _object(grant.binding, resources, grant.binding_index, "subjects", grant.subject_index),
        "role": {**grant.role._asdict(), "builtIn": grant.role_index is None},
        "rule": _object(grant.rule_role, resources, grant.role_index, "rules", grant.rule_index),
    }


def _dangerous(rules: Iterable[Rule], namespace: str) -> list[str]:
    """Return the rows of the table that rules give and resourceNames do not make harmless, the worst first."""
    from kubelint_py.data.rbac_primitives import PRIMITIVES  # noqa: PLC0415
    from kubelint_py.model.rbac_primitive import gives, rights  # noqa: PLC0415

    given = [[rights(rule, not namespace)] for rule in rules]
    found = {part.primitive for (parts,) in given for part in parts}
    rows = sorted((row for row in PRIMITIVES if row.id in found), key=lambda row: -severity_rank(row.severity))
    return [row.id for row in rows if any(gives(each, row.id) for each in given)]


def _rule(rule: Rule) -> Plain:
    names = ("verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs")
    return {name: list(items) for name, items in zip(names, rule, strict=True) if items}


def _object(identity: ObjectId, resources: Sequence[Resource], index: int | None, *path: str | int) -> Plain:
    file, line = "", 0
    if index is not None and index < len(resources):
        node = resources[index].node.at(*path)
        location = node.document.locate_key(node.path) or node.document.locate(node.path)
        file, line = node.document.name, location.span.start.line if location else 0
    return {"object": identity._asdict(), "file": file, "line": line}


def render(data: Plain, form: str) -> str:
    """Return an answer of this module in one of `FORMATS`."""
    if form == "json":
        return outline(data, 2) + "\n"
    if "question" in data:
        return _who_can_text(data)
    return _diff_text(data) if "gained" in data else _can_text(data)


def _who_can_text(data: Plain) -> str:
    grants = data["grants"]
    if not grants:
        return f"nobody can {plain(data['question'])}\n"
    who = len({tuple(each["subject"].values()) for each in grants})
    rows = [(_name(each["subject"]), _where(each), _only(each), _from(each)) for each in grants]
    return f"{plural(who, 'subject')} can {plain(data['question'])}\n\n" + _table(
        ("WHO", "WHERE", "ONLY", "FROM"), rows
    )


def _can_text(data: Plain) -> str:
    where = f" in namespace {plain(data['namespace'])}" if data["namespace"] else ""
    if not data["grants"]:
        return f"{_name(data['subject'])} can do nothing{where}\n"
    return f"{_name(data['subject'])}{where}\n\n" + _rights(data["grants"], data["subject"])


def _diff_text(data: Plain) -> str:
    parts = [
        f"{title}\n\n{_by_subject(data[key])}" for key, title in (("gained", "GAINED"), ("lost", "LOST")) if data[key]
    ]
    return "\n".join(parts) if parts else "no subject gained or lost a right\n"


def _by_subject(grants: Iterable[Plain]) -> str:
    groups: dict[str, list[Plain]] = {}
    for each in grants:
        groups.setdefault(_name(each["subject"]), []).append(each)
    return "\n".join(f"{name}\n{_rights(several, indent='  ')}" for name, several in groups.items())


def _rights(grants: Iterable[Plain], subject: Plain | None = None, indent: str = "") -> str:
    rows = [
        (_where(each), _list(rule.get("verbs", ())), _what(rule), _warning(each), _from(each, subject))
        for each in grants
        for rule in each["rules"]
    ]
    return _table(("WHERE", "VERBS", "WHAT", "DANGEROUS", "FROM"), rows, indent)


def _warning(grant: Plain) -> str:
    names = grant["dangerous"]
    shown = ", ".join(names[:_SHOWN])
    return shown if len(names) <= _SHOWN else f"{shown} and {len(names) - _SHOWN} more"


def _what(rule: Plain) -> str:
    if "nonResourceURLs" in rule:
        return f"paths {_list(rule['nonResourceURLs'])}"
    groups = [_GROUPS.get(group, group) for group in rule.get("apiGroups", ())]
    suffix = "" if groups == ["core"] else f" ({_list(groups)})"
    names = f" only {_list(rule['resourceNames'])}" if "resourceNames" in rule else ""
    return _list(rule.get("resources", ())) + suffix + names


def _only(grant: Plain) -> str:
    return _list([name for rule in grant["rules"] for name in rule.get("resourceNames", ())])


def _list(items: Iterable[str]) -> str:
    return plain(", ".join(items))


def _where(grant: Plain) -> str:
    return f"namespace {plain(grant['namespace'])}" if grant["namespace"] else "whole cluster"


def _from(grant: Plain, subject: Plain | None = None) -> str:
    """Name binding and role, and the group through which an identity holds them."""
    binding, rule = grant["binding"], grant["rule"]
    role = _name(grant["role"]) + ("" if rule["object"] == _identity(grant["role"]) else f" <- {_name(rule['object'])}")
    written = ", built in" if grant["role"]["builtIn"] else _place(rule)
    through = f"{_name(grant['subject'])}: " if subject and grant["subject"] != subject else ""
    return f"{through}{_name(binding['object'])}{_place(binding)} -> {role}{written}"


def _place(told: Plain) -> str:
    return f" ({plain(told['file'])}:{told['line']})" if told["line"] else ""


def _identity(role: Plain) -> Plain:
    return {key: value for key, value in role.items() if key != "builtIn"}


def _name(identity: Plain) -> str:
    name = f"{identity['namespace']}/{identity['name']}" if identity["namespace"] else identity["name"]
    return plain(f"{identity['kind']} {name}")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """Lay out rows in columns; a column no row fills is left out, and a wide cell does not widen the others."""
    used = [number for number in range(len(head)) if any(row[number] for row in rows)]
    lines = [[row[number] for number in used] for row in (head, *rows)]
    widths = [max((cells(line[n]) for line in lines if cells(line[n]) <= _WIDEST), default=0) for n in range(len(used))]

    def padded(text: str, width: int) -> str:
        return text + " " * max(0, width - cells(text))

    return "".join(indent + "  ".join(map(padded, line, widths)).rstrip() + "\n" for line in lines)
