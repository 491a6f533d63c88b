"""Public API: `parse(reference)` reads an image reference into registry, repository, tag and digest."""

from __future__ import annotations

from kubelint_py.model.image import ImageReference, InvalidReference, default_pull_policy, parse

__all__ = ["ImageReference", "InvalidReference", "default_pull_policy", "parse"]
