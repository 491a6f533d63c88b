"""The line of a setting in a TOML text, found in the text because TOML readers keep no positions.

Source of the syntax: TOML v1.0.0, "Keys", "Table" and "Array of Tables".
"""

from __future__ import annotations

from kubelint_py.source.document import Path

_DEEPEST = 32


def line_of(text: str, path: Path, hint: str = "") -> int:
    """Return the line, from 1, of the setting at `path`, or of the nearest one above it.

    Inside a value that spans lines, the words of the rest of the path and then `hint` are looked for.
    """
    lines = text.split("\n")
    places = _places(lines)
    length = next((length for length in range(len(path), 0, -1) if path[:length] in places), 0)
    line = places.get(path[:length], 1)
    for word in (*path[length:], hint):
        if isinstance(word, str) and word:
            line = _next_line_with(word, lines, line)
    return line


def _next_line_with(word: str, lines: list[str], line: int) -> int:
    for number in range(line, len(lines) + 1):
        if word in lines[number - 1]:
            return number
    return line


def _places(lines: list[str]) -> dict[Path, int]:
    """Return the line of each table header and each key at the start of a line."""
    places: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    for number, line in enumerate(lines, 1):
        text = line.strip()
        if text.startswith("["):
            name = _keys(text.strip("[").partition("]")[0])
            if text.startswith("[["):
                array = (*_inside(name[:-1], counts), *name[-1:])
                counts[array] = counts.get(array, 0) + 1
            table = _inside(name, counts)
            places.setdefault(table, number)
        elif "=" in text:
            places.setdefault((*table, *_keys(text.partition("=")[0])), number)
    return places


def _inside(name: Path, counts: dict[Path, int]) -> Path:
    """Return the path of a table, with the index of the latest table in each array on the way."""
    path: Path = ()
    for key in name:
        path = (*path, key)
        if path in counts:
            path = (*path, counts[path] - 1)
    return path


def _keys(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split(".", _DEEPEST))
