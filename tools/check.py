"""Everything a change must pass: format, lint, types, generated documents, tests.

`--without-tests` leaves the tests out.
"""

from __future__ import annotations

import subprocess
import sys

COMMANDS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("tools.docs", "--check"),
)


def main() -> int:
    """Run each command; return the number of failed ones."""
    commands = COMMANDS if "--without-tests" in sys.argv[1:] else (*COMMANDS, ("pytest",))
    failed = 0
    for command in commands:
        print("+", *command, flush=True)
        failed += bool(subprocess.run([sys.executable, "-m", *command], check=False).returncode)
    return failed


if __name__ == "__main__":
    sys.exit(main())
