"""Input passes a limit of the reader.

Sizes, nesting, the number of documents and what aliases expand to are bounded, so that a hostile file can neither
hang nor exhaust the linter. What stands beyond the limit is not linted.

Remedy: split the file, or raise `max-bytes` in the configuration where the size is meant

Sources:
    go.yaml.in/yaml, which bounds alias expansion by a ratio; the other limits are this reader's own
"""

from kubelint_py.authoring import Input, Problems, rule


@rule(severity="high", since="0.1")
def check(_given: Input) -> Problems:
    """Yield nothing: such a document never gets here, the reader itself reports it."""
    yield from ()
