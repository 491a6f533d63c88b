"""`--format github`: workflow commands, which GitHub Actions shows as annotations.

GitHub shows ten of each level a step, so the most severe come first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_py.outputs._order import by_severity
from kubelint_py.outputs._text import plain, relative, subject, unlocated
from kubelint_py.outputs._totals import failures, totals

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubelint_py.finding import Finding, Report

_LEVELS = {"critical": "error", "high": "error", "medium": "warning", "low": "notice", "info": "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render(report: Report, *, locate: Callable[[str], str] = unlocated) -> str:
    """Return an annotation a finding and a failed input, and the counts as a last line of the log.

    `locate(file)` returns the path of a reported file from the root of the repository.
    """
    lines = [_failure(relative(each.file, locate), each.reason) for each in failures(report)]
    lines += [_annotation(finding, relative(finding.file, locate)) for finding in by_severity(report.active())]
    # The runner takes `##[` for a command anywhere in a line.
    lines.append(f"kubelint: {totals(report)}".replace("##[", "## ["))
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding, file: str) -> str:
    properties = {"file": file, "title": f"{finding.severity}[{finding.rule}]"}
    if finding.line:
        properties.update(line=str(finding.line), col=str(finding.column))
        if finding.end_line >= finding.line:
            properties["endLine"] = str(finding.end_line)
        if finding.end_line == finding.line and finding.end_column > finding.column:
            properties["endColumn"] = str(finding.end_column)
    return _command(_LEVELS[finding.severity], properties, finding.message + subject(finding))


def _failure(file: str, reason: str) -> str:
    return _command("error", {"file": file, "title": "input failed"}, reason or "cannot be read")


def _command(level: str, properties: dict[str, str], message: str) -> str:
    named = ",".join(f"{name}={plain(value.translate(_PROPERTY))}" for name, value in properties.items() if value)
    return f"::{level} {named}::{plain(message.translate(_DATA))}"
