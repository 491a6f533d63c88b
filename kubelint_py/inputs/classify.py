"""What is a manifest and what is not.

Two stages, as reading costs: `FileRoles` knows files by name and place, `classify` knows documents
by content. A reason is a slug such as `compose` or `helm-values`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import Any

from kubelint_py.data.not_manifests import DIRECTORIES, FILE_NAMES, NAME_PATTERNS
from kubelint_py.inputs.helm import ChartFiles
from kubelint_py.inputs.look_alikes import type_reason
from kubelint_py.source.document import Document

__all__ = ["FileRoles", "classify", "looks_like_manifest", "refusal_reason", "skip_reason"]

_API_VERSION_KEY = re.compile(r"^[^#\n]*\bapiVersion[\"']?[ \t]*:", re.MULTILINE)
_KIND_KEY = re.compile(r"^[^#\n]*\bkind[\"']?[ \t]*:", re.MULTILINE)
_BODY_KEY = re.compile(r"^[^#\n]*\b(?:metadata|spec)[\"']?[ \t]*:", re.MULTILINE)
_VAGUE = ("empty", "not-kubernetes")


def _is_file(path: PurePath) -> bool:
    try:
        return Path(path).is_file()
    except OSError:
        return False


class FileRoles:
    """Knows by name and place what need not be read. Remembers which directories are charts."""

    __slots__ = ("_charts",)

    def __init__(self, is_file: Callable[[PurePath], bool] = _is_file) -> None:
        self._charts = ChartFiles(is_file)

    def reason(self, path: Path) -> str | None:
        """Return the reason to skip a file unread, or None. `path` need not exist."""
        path = path.absolute()
        parent = path.parent
        directory = (parent.parent.name, parent.name)
        known = FILE_NAMES.get(path.name) or DIRECTORIES.get(directory) or DIRECTORIES.get(("", parent.name))
        return known or self._charts.role(path) or None


def classify(data: Any, path_name: str = "") -> str | None:
    """Return None for a Kubernetes object, or the reason why a document is none.

    `data` is that of a document, `path_name` the name of its file: a hint only, for an object is an
    object whatever the name. A near miss is `api-version-missing` (see `misspelled_api_version`).
    """
    if isinstance(data, dict):
        api_version, kind = data.get("apiVersion"), data.get("kind")
        if isinstance(api_version, str) and isinstance(kind, str) and api_version and kind:
            return _typed_reason(data, api_version, kind)
    # What follows is for documents that are no objects, and few runs meet one.
    from kubelint_py.inputs.content import list_reason, mapping_reason  # noqa: PLC0415
    from kubelint_py.inputs.near_miss import misspelled_api_version  # noqa: PLC0415

    if isinstance(data, dict):
        if misspelled_api_version(data) is not None:
            return "api-version-missing"
        return _hint(path_name) or mapping_reason(data)
    if data is None:
        return "empty"
    known = list_reason(data) if isinstance(data, list) else None
    return known or _hint(path_name) or "not-kubernetes"


def _typed_reason(data: Mapping[Any, Any], api_version: str, kind: str) -> str | None:
    reason = type_reason(api_version, kind)
    if reason is None:
        return None
    from kubelint_py.inputs.near_miss import is_kubernetes_metadata  # noqa: PLC0415  see `classify`

    # No API server has a group without a name beside v1, but a lost group is worth a finding.
    lost_group = reason == "not-kubernetes" and isinstance(data.get("spec"), dict)
    return None if lost_group and is_kubernetes_metadata(data.get("metadata")) else reason


def _hint(path_name: str) -> str | None:
    name = PurePath(path_name).name.lower()
    return next((reason for pattern, reason in NAME_PATTERNS if fnmatchcase(name, pattern)), None)


def skip_reason(reasons: Iterable[str]) -> str:
    """Return the most telling of the reasons of a file's documents: the first that names a format."""
    reasons = list(reasons)
    vague = "not-kubernetes" if "not-kubernetes" in reasons else "empty"
    return next((reason for reason in reasons if reason not in _VAGUE), vague)


def refusal_reason(document: Document, path_name: str, *, named: bool) -> str:
    """Return the reason to skip a document that cannot be read, or "" when that is worth a finding.

    One that seems meant as a manifest always is. Of other files met on a walk nobody expects manifests; of those a
    user or a hook has named, templates, JSON with comments and what is known by its name are not ours either.
    """
    from kubelint_py.inputs.template import template_action  # noqa: PLC0415  few documents are refused

    text = document.text
    if looks_like_manifest(text):
        return ""
    if template_action(text) >= 0:
        return _hint(path_name) or "template"
    expected = named and not path_name.lower().endswith(".json")
    return _hint(path_name) or ("" if expected else "not-kubernetes")


def looks_like_manifest(text: str) -> bool:
    """Tell whether a text that cannot be read seems meant as a manifest; comments do not count.

    So that a refused file which is not ours can be skipped rather than reported.
    """
    if _API_VERSION_KEY.search(text):
        return True
    return _KIND_KEY.search(text) is not None and _BODY_KEY.search(text) is not None
