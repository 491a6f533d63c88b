"""Options of rules: the type of an option is the type of its default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kubelint_py.errors import ConfigError

_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}
_SCHEMAS = {bool: "boolean", int: "integer", float: "number", str: "string"}


def converted(value: Any, default: Any) -> Any:
    """Return a configured value as the type of the option's default.

    Lists become tuples or sets where the default is one. A default of None takes any value. Raises
    `ConfigError` on a wrong type.
    """
    if default is None:
        return value
    if isinstance(default, tuple | frozenset | list):
        return _converted_list(value, default)
    if isinstance(default, Mapping):
        return _converted_mapping(value, default)
    if not _is(value, type(default)):
        raise ConfigError(f"must be {_NAMES.get(type(default), type(default).__name__)}")
    return value


def _is(value: Any, kind: type) -> bool:
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is kind


def _converted_list(value: Any, default: tuple[Any, ...] | frozenset[Any] | list[Any]) -> Any:
    kind = type(next(iter(default), ""))
    if not isinstance(value, list | tuple | frozenset) or not all(_is(item, kind) for item in value):
        raise ConfigError("must be a list of " + {str: "strings", int: "whole numbers"}.get(kind, f"{kind.__name__}s"))
    return type(default)(value)


def _converted_mapping(value: Any, default: Mapping[str, Any]) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise ConfigError("must be a mapping")
    example = next(iter(default.values()), None)
    try:
        return {str(key): converted(item, example) for key, item in value.items()}
    except ConfigError as error:
        raise ConfigError(f"must be a mapping whose values are right: each {error}") from None


def schema(default: Any) -> dict[str, Any]:
    """Return the JSON schema of an option with this default."""
    if default is None:
        return {}
    if isinstance(default, tuple | frozenset | list):
        kind = _SCHEMAS.get(type(next(iter(default), "")), "string")
        return {"type": "array", "items": {"type": kind}, "default": sorted(default) if default else []}
    if isinstance(default, Mapping):
        example = schema(next(iter(default.values()), None))
        example.pop("default", None)
        return {"type": "object", "additionalProperties": example or True, "default": dict(default)}
    return {"type": _SCHEMAS.get(type(default), "string"), "default": default}
