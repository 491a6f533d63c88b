"""Print the table of controls for docs/pod-security.md; a test compares the page with it."""

from __future__ import annotations

from kubelint_py.pss import CONTROLS, RULE_CONTROLS


def table() -> str:
    """Return the controls by level with the versions they start and change at, what they replace, and their rules."""
    lines = ["| control | level | from | changed in | replaces | rules |", "|---|---|---|---|---|---|"]
    for control in CONTROLS:
        since, *changes = (f"v1.{minor}" for minor in control.versions)
        rules = [rule for rule, chosen in RULE_CONTROLS.items() if control.id in chosen.controls and not chosen.narrows]
        links = ", ".join(f"[{rule}](rules/{rule}.md)" for rule in rules)
        replaces = ", ".join(control.overrides)
        lines.append(f"| {control.id} | {control.level} | {since} | {', '.join(changes)} | {replaces} | {links} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
