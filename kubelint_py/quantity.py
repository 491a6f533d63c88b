"""Public API: `parse(text)` reads a resource quantity into an exact `Decimal`."""

from __future__ import annotations

from kubelint_py.model.quantity import InvalidQuantity, milli_value, parse, read, value

__all__ = ["InvalidQuantity", "milli_value", "parse", "read", "value"]
