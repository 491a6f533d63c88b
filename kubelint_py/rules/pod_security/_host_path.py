"""Volumes that show a place of the node."""

from __future__ import annotations

from kubelint_py.model.host_path import host_paths, lies_in, mounts, normal

__all__ = ["host_paths", "lies_in", "mounts", "normal"]
