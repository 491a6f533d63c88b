"""Plain data written as YAML or JSON in many ways: styles, indentation, comments, line ends."""

from __future__ import annotations

import json
from random import Random
from typing import Any

COMMENTS = ("", "", "", " # why", "  #\tnot 'quoted: {", " # ü…")
WORDS = ("yes", "null", "a b", "x: y", "#no", "007", "~", "plain", "it's", "", "ünï", "- dash", "{", "1e3")


def scalar(random: Random) -> Any:
    return random.choice((True, False, None, 0, 12, -3, 1.5, random.choice(WORDS), random.choice(WORDS)))


def value(random: Random, depth: int) -> Any:
    """Return plain data; keys are few, so that paths lead somewhere."""
    kind = random.random()
    if depth and kind < 0.5:
        return {
            key: value(random, depth - 1) for key in random.sample(("a", "b", "c d", "e", "yes"), random.randint(0, 3))
        }
    if depth and kind < 0.75:
        return [value(random, depth - 1) for _ in range(random.randint(0, 3))]
    return scalar(random)


class Writer:
    """Writes data as a YAML document, choosing by chance among the ways to do so."""

    def __init__(self, random: Random, *, block_scalars: bool = True) -> None:
        """Block scalars mostly end with a line break that the data did not have."""
        self.random = random
        self.block_scalars = block_scalars
        self.step = random.choice((2, 2, 4))
        self.dashes_indented = random.random() < 0.5

    def text(self, data: Any) -> str:
        lines = self._block(data, 0) if isinstance(data, (dict, list)) and data else [self._flow(data)]
        newline = self.random.choice(("\n", "\n", "\r\n"))
        start = self.random.choice(("", "", "# top" + newline, "---" + newline))
        return start + newline.join(lines) + self.random.choice((newline, newline, "", newline * 2))

    def _block(self, data: Any, indent: int) -> list[str]:
        pairs = data.items() if isinstance(data, dict) else ((None, item) for item in data)
        lines: list[str] = []
        for key, item in pairs:
            start = " " * indent + ("-" if key is None else f"{self._scalar(key)}:")
            lines += self._entry(start, item, indent, in_list=key is None)
            if self.random.random() < 0.1:
                lines.append(self.random.choice(("", "# between", " " * indent + "# within", "#\ttab")))
        return lines

    def _entry(self, start: str, item: Any, indent: int, *, in_list: bool) -> list[str]:
        if isinstance(item, (dict, list)) and item and self.random.random() >= 0.2:
            if in_list and isinstance(item, dict):
                first, *rest = self._block(item, indent + 2)
                return [f"{start} {first.strip()}", *rest] if first.strip()[:1] != "#" else [start, first, *rest]
            below = indent + (self.step if isinstance(item, dict) or self.dashes_indented or in_list else 0)
            return [start + self._comment(), *self._block(item, below)]
        if item is None and self.random.random() < 0.5:
            return [start + self._comment()]
        if self.block_scalars and isinstance(item, str) and item.isalpha() and self.random.random() < 0.2:
            return [f"{start} {self.random.choice(('|', '>', '|+', '|-'))}", " " * (indent + 3) + item]
        return [f"{start} {self._flow(item)}{self.random.choice((self._comment(), chr(9) + '# after a tab'))}"]

    def _comment(self) -> str:
        return self.random.choice(COMMENTS)

    def _flow(self, item: Any) -> str:
        comma = self.random.choice((", ", ",", " , "))
        if isinstance(item, dict):
            pad = self.random.choice(("", " "))
            return (
                "{"
                + pad
                + comma.join(f"{self._scalar(key)}: {self._flow(each)}" for key, each in item.items())
                + pad
                + "}"
            )
        if isinstance(item, list):
            return (
                "["
                + comma.join(self._flow(each) for each in item)
                + self.random.choice(("", ", ", " ") if item else ("",))
                + "]"
            )
        return self._scalar(item)

    def _scalar(self, item: Any) -> str:
        if isinstance(item, str):
            quoted = json.dumps(item, ensure_ascii=self.random.random() < 0.5)
            single = "'" + item.replace("'", "''") + "'"
            return item if item in ("a", "b", "e", "plain") else self.random.choice((quoted, single))
        return json.dumps(item)


def json_text(random: Random, data: Any) -> str:
    """Write data as JSON."""
    indent = random.choice((None, None, 2, "\t", 0))
    separators = random.choice((None, (",", ":")))
    return json.dumps(data, indent=indent, separators=separators) + random.choice(("", "\n"))
