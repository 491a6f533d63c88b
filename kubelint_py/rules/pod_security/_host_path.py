"""Volumes that show a place of the node."""

from __future__ import annotations

from kubelint_py.model.host_path import lies_in, mounted, normal

__all__ = ["lies_in", "mounted", "normal"]
