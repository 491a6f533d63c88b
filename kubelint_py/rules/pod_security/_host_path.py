"""Volumes that show a place of the node."""

from __future__ import annotations

from kubelint_py.model.host_path import leading, lies_in, normal

__all__ = ["leading", "lies_in", "normal"]
