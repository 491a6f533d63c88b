"""Print the table of dangerous rights for docs/rbac.md; a test compares the page with it."""

from __future__ import annotations

from kubelint_py.data.rbac_primitives import PRIMITIVES
from kubelint_py.registry import load


def table() -> str:
    """Return the rights with their severity, what they allow and how to cut them; those with a rule link to it."""
    rules = load().rules
    lines = ["| right | severity | who holds it may | how to cut it |", "|---|---|---|---|"]
    for row in PRIMITIVES:
        name = f"[{row.id}](rules/{row.id}.md)" if row.id in rules else row.id
        lines.append(f"| {name} | {row.severity} | {row.allows} | {row.cut} |")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(table(), end="")
