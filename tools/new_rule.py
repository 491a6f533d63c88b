"""Start a rule: `python -m tools.new_rule CATEGORY RULE-ID` writes the rule and its test file."""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

RULE = '''"""Container has no name.

Say in two or three lines why this matters and what may happen.

Remedy: say in one line what to do

Bad:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - image: registry.example/web:1.4.2

Good:
    apiVersion: v1
    kind: Pod
    metadata:
      name: web
    spec:
      containers:
        - name: web
          image: registry.example/web:1.4.2

Sources:
    Kubernetes API reference, Container
"""

from kubelint_py.authoring import Container, Problem, Problems, rule


@rule(severity="medium", since="{since}", default=False)
def check(container: Container) -> Problems:
    """Yield a problem for a container without a name."""
    if not container.name:
        yield Problem(container.node.at("name"), "container has no name")
'''

CASES = """# case: no name
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - image: registry.example/web:1.4.2
#     ^^^^^ {rule}: container has no name
# case: named
apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      image: registry.example/web:1.4.2
"""


def scaffold(root: Path, category: str, rule: str, since: str) -> tuple[Path, Path]:
    """Write the two files below `root` and return their paths. Raises ValueError on a bad or taken name."""
    if not re.fullmatch(r"[a-z]+(-[a-z0-9]+)+", rule) or not re.fullmatch(r"[a-z]+([_-][a-z]+)*", category):
        raise ValueError("a rule id looks like `missing-thing`, a category like `pod-security`")
    stem, folder = rule.replace("-", "_"), category.replace("-", "_")
    code = root / "kubelint_py" / "rules" / folder / f"{stem}.py"
    cases = root / "tests" / "rules" / folder / f"{stem}.yaml"
    if code.exists() or cases.exists():
        raise ValueError(f"{rule} exists")
    code.parent.mkdir(parents=True, exist_ok=True)
    cases.parent.mkdir(parents=True, exist_ok=True)
    package = code.parent / "__init__.py"
    if not package.exists():
        package.write_text(f'"""Rules about {category.replace("_", " ").replace("-", " ")}."""\n', encoding="utf-8")
    code.write_text(RULE.replace("{since}", since), encoding="utf-8")
    cases.write_text(CASES.replace("{rule}", rule), encoding="utf-8")
    return code, cases


def main() -> int:
    """Write the files and say what to do next."""
    from kubelint_py import __version__  # noqa: PLC0415  the scaffold itself needs no package

    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    try:
        code, cases = scaffold(ROOT, sys.argv[1], sys.argv[2], ".".join(__version__.split(".")[:2]))
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Edit {code.relative_to(ROOT)} and {cases.relative_to(ROOT)}, then run:")
    print(f"    python -m pytest --accept -k {sys.argv[2]}   and read every caret")
    print("    python -m tools.docs && python -m tools.check")
    return 0


if __name__ == "__main__":
    sys.exit(main())
