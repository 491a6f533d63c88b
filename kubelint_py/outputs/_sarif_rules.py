"""What SARIF says about rules: `reportingDescriptor` objects (SARIF 2.1.0, section 3.49).

`security-severity` is a number on the scale of CVSS, as a string; code scanning services read it
from the rule, where 9 and more is critical, 7 high, 4 medium, above 0 low.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_py.finding import severity_rank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kubelint_py.finding import Finding
    from kubelint_py.rule import Documentation, Rule

    Rules = Callable[[str], Rule | None]

LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "note", "info": "note"}
_SECURITY = {"critical": "9.5", "high": "8.0", "medium": "5.5", "low": "3.0", "info": "0.0"}
_TAGS = 20


def pruned(data: dict[str, Any]) -> dict[str, Any]:
    """Return the object without empty strings, lists, objects and None."""
    return {key: value for key, value in data.items() if value is not None and value not in ("", [], {})}


def descriptors(findings: Iterable[Finding], rules: Rules) -> list[dict[str, Any]]:
    """Describe the rules that have findings, by id."""
    worst: dict[str, Finding] = {}
    for finding in findings:
        known = worst.setdefault(finding.rule, finding)
        if severity_rank(finding.severity) > severity_rank(known.severity):
            worst[finding.rule] = finding
    return [_descriptor(worst[rule], rules(rule)) for rule in sorted(worst)]


def _descriptor(finding: Finding, rule: Rule | None) -> dict[str, Any]:
    documentation = rule.documentation if rule else None
    severity = finding.severity  # not the rule's own: the configuration may have changed it
    title = (documentation.title if documentation else "") or finding.rule
    return pruned(
        {
            "id": finding.rule,
            "deprecatedIds": list(rule.aliases) if rule else [],
            "shortDescription": {"text": title},
            "fullDescription": {"text": (_flat(documentation.why) if documentation else "") or title},
            "help": _help(title, documentation, finding.docs),
            "helpUri": finding.docs if finding.docs.startswith(("https://", "http://")) else "",
            "defaultConfiguration": {"level": LEVELS[severity]},
            "properties": {
                "tags": _tags(finding, rule),
                "problem.severity": _problem(severity),
                "security-severity": _SECURITY[severity],
            },
        }
    )


def _tags(finding: Finding, rule: Rule | None) -> list[str]:
    known = rule.tags if rule else finding.tags
    return list(dict.fromkeys(tag for tag in ("security", finding.category, *known) if tag))[:_TAGS]


def _problem(severity: str) -> str:
    return {"error": "error", "warning": "warning", "note": "recommendation"}[LEVELS[severity]]


def _help(title: str, documentation: Documentation | None, docs: str) -> dict[str, str]:
    plain, marked = [title], [f"**{title}**"]
    if documentation:
        _section(plain, marked, "", documentation.why)
        _section(plain, marked, "Remedy", documentation.remedy)
        for heading, manifest in (("Bad", documentation.bad), ("Good", documentation.good)):
            if manifest:
                plain.append(f"{heading}:\n{manifest}".rstrip())
                marked.append(f"**{heading}**\n\n```yaml\n{manifest.rstrip()}\n```")
        _section(plain, marked, "Sources", "\n".join(documentation.sources))
    _section(plain, marked, "Documentation", docs)
    return {"text": "\n\n".join(plain), "markdown": "\n\n".join(marked)}


def _section(plain: list[str], marked: list[str], heading: str, text: str) -> None:
    if text:
        plain.append(f"{heading}: {text}" if heading else text)
        marked.append(f"**{heading}:** {text}" if heading else text)


def _flat(text: str) -> str:
    return " ".join(text.split())
