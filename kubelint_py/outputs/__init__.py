"""Report formats, each a pure function from a report to text.

A format is a module with `render(report, *, ...) -> str`. Only the format in use is imported. All
text ends with a line feed. Machine formats are ASCII, so any output encoding carries them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from kubelint_py.errors import ConfigError

if TYPE_CHECKING:
    from kubelint_py.finding import Report

# Name of the format -> what its `render` takes besides the report.
FORMATS: dict[str, tuple[str, ...]] = {
    "human": ("excerpt", "remedy", "color", "width"),
    "concise": ("color",),
    "json": (),
    "jsonl": (),
    "sarif": ("rules", "version", "information_uri", "locate"),
    "junit": ("locate",),
    "github": ("locate",),
    "gitlab": ("locate",),
    "markdown": ("locate",),
}


def render(name: str, report: Report, **options: Any) -> str:
    """Return the report in the named format.

    `options` may hold more than the format takes:
    `excerpt(file, line)` returns a line's text, empty when there is none;
    `remedy(rule)` returns a rule's remedy in one line, empty when it has none;
    `rules(rule)` returns the `Rule` of an id or None;
    `locate(file)` returns the path of a reported file relative to the repository;
    `color` is True for ANSI colours, `width` the columns of the terminal, 0 when there is none;
    `version` and `information_uri` describe the tool.
    Raises `ConfigError` on an unknown format.
    """
    if name not in FORMATS:
        raise ConfigError(f"unknown format {name!r}; known are {', '.join(FORMATS)}")
    known = {option: value for option, value in options.items() if option in FORMATS[name]}
    text: str = import_module(f"{__name__}.{name}").render(report, **known)
    return text
