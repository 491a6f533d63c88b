"""Which reader reads a part of a text, and what it makes of it.

libyaml reads first. What it refuses, and what it may have read otherwise than go-yaml, the exact reader
reads again, up to a budget: it is exact but slow, and hostile texts shall not make anybody wait. Without
PyYAML's C binding the exact reader reads everything. A CustomResourceDefinition is not composed where its
text can be judged without.
"""

from __future__ import annotations

from typing import NamedTuple

from yaml import YAMLError

from kubelint_py.errors import DocumentError, InputLimitError, YamlSyntaxError
from kubelint_py.source.body import Composed, Skimmed, surveyed

try:
    from kubelint_py.source import parse_definition, parse_libyaml
except ImportError:
    c_binding = False
else:
    c_binding = True

DEPTH = 10_000
SECOND_LOOK = 2_000_000
"""Characters that the exact reader may read again for one text, beside libyaml."""


class Budget:
    """What is left of the second looks at a text."""

    __slots__ = ("left",)

    def __init__(self, left: int = SECOND_LOOK) -> None:
        self.left = left

    def take(self, amount: int) -> bool:
        """Take an amount if there is enough."""
        if amount > self.left:
            return False
        self.left -= amount
        return True


class Reading(NamedTuple):
    """The documents of a part, and why whatever follows them in it is refused."""

    documents: list[Composed]
    error: DocumentError | None


def read_definition(text: str, begin: int, end: int, depth: int = DEPTH) -> Skimmed | None:
    """Return what is known of the definition that a part of a text holds, or None: it has to be composed."""
    return (
        parse_definition.skim_definition(text, begin, end) if c_binding and depth >= parse_libyaml.SAFE_DEPTH else None
    )


def read(text: str, budget: Budget, depth: int = DEPTH) -> Reading:
    """Read a part of a text that has no byte order mark at its start."""
    if not c_binding:
        return _exact(text, depth)
    if parse_libyaml.unlike_libyaml(text) and budget.take(len(text)):
        return _exact(text, depth)
    documents: list[Composed] = []
    error: DocumentError | None = None
    again = False
    try:
        for root in parse_libyaml.read_fast(text, depth):
            composed = surveyed(root)
            documents.append(composed)
            again = again or parse_libyaml.doubtful(root, text)
    except DocumentError as refused:
        error = refused
    except (YAMLError, UnicodeError) as refused:
        error, again = _translate(refused), True
    if again and budget.take(len(text)):
        return _exact(text, depth)
    return Reading(documents, error)


def _exact(text: str, depth: int) -> Reading:
    from kubelint_py.source.parse_exact import read_exact  # noqa: PLC0415  rarely needed where libyaml is

    documents: list[Composed] = []
    try:
        for root in read_exact(text, depth):
            documents.append(surveyed(root))  # noqa: PERF401  those before a refusal count
    except DocumentError as error:
        return Reading(documents, error)
    return Reading(documents, None)


def _translate(error: Exception) -> DocumentError:
    """Return a refusal of libyaml where no second look was possible."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "this is not YAML")
    kind = InputLimitError if "nesting depth" in problem else YamlSyntaxError
    return kind(problem, mark.index if mark else 0)


def recompose(text: str, ordinal: int) -> Composed | None:
    """Compose a part again and return one of its documents."""
    return RecomposeAll()(text, ordinal)


class RecomposeAll:
    """Composes a part of several documents again, once for all of them."""

    __slots__ = ("_documents",)

    def __init__(self) -> None:
        self._documents: list[Composed] | None = None

    def __call__(self, text: str, ordinal: int) -> Composed | None:
        """Return one of the documents of the part."""
        if self._documents is None:
            self._documents = read(text, Budget(), DEPTH).documents
        return self._documents[ordinal] if ordinal < len(self._documents) else None

    def __reduce__(self) -> tuple[type[RecomposeAll], tuple[()]]:
        return type(self), ()
