"""Every image a pod names, and the places that hold it."""

from __future__ import annotations

from kubelint_py.model.pod_image import images, lies_in

__all__ = ["images", "lies_in"]
