"""Objects whose `apiVersion` is missing or misspelled.

Many formats have a `kind`, so a near miss needs more: content that only a Kubernetes object has.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from kubelint_py.data.not_manifests import BUILT_IN_KINDS
from kubelint_py.inputs.look_alikes import type_reason

_API_VERSION = re.compile(r"(?:[a-z0-9][a-z0-9.-]*/)?v[0-9]+(?:(?:alpha|beta)[0-9]+)?")
_SEPARATORS = re.compile(r"[^a-z]")
_WANTED = "apiversion"
_MAX_EDITS = 2
_MAX_KEYS = 200
_ENVELOPE = frozenset({"apiVersion", "kind", "metadata", "status"})
_KUBERNETES_METADATA = ("namespace", "labels", "annotations", "generateName", "ownerReferences", "finalizers")
_TEMPLATES = (("spec",), ("spec", "template", "spec"), ("spec", "jobTemplate", "spec", "template", "spec"))


def misspelled_api_version(data: Any) -> str | None:
    """Return what stands where `apiVersion` should, or None when `data` is no near miss.

    The misspelled key; `apiVersion` itself when its value is no non-empty string; empty when there
    is none. A near miss has a `kind` and the content of a Kubernetes object.
    """
    kind = data.get("kind") if isinstance(data, dict) else None
    if not isinstance(kind, str) or not kind:
        return None
    if "apiVersion" in data:
        written = data["apiVersion"]
        key = None if isinstance(written, str) and written else "apiVersion"
    else:
        key = _resembling_key(data)
    if key is None or (isinstance(data.get(key), str) and type_reason(data[key], kind)):
        return None
    return key if _is_kubernetes(data, kind, key) else None


def is_kubernetes_metadata(metadata: Any) -> bool:
    """Tell whether a value is metadata with a name and a field that only Kubernetes has."""
    if not isinstance(metadata, dict):
        return False
    named = any(isinstance(metadata.get(key), str) for key in ("name", "generateName"))
    return named and any(key in metadata for key in _KUBERNETES_METADATA)


def _resembling_key(data: Mapping[Any, Any]) -> str:
    keys = (key for key in islice(data, _MAX_KEYS) if isinstance(key, str) and isinstance(data[key], str))
    scored = ((_distance(key), key) for key in keys)
    return min((each for each in scored if each[0] <= _MAX_EDITS), default=(0, ""))[1]


def _distance(key: str) -> int:
    """Return how many letters must change to make `apiVersion` of a key, case and separators aside."""
    letters = _SEPARATORS.sub("", key[:40].lower())
    if abs(len(letters) - len(_WANTED)) > _MAX_EDITS:
        return _MAX_EDITS + 1
    return edits(letters, _WANTED)


def edits(left: str, right: str) -> int:
    """Return the number of insertions, deletions, replacements and swaps of neighbours between two words."""
    rows: list[list[int]] = [list(range(len(right) + 1))]
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            best = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]


def _is_kubernetes(data: Mapping[Any, Any], kind: str, key: str) -> bool:
    metadata, spec = data.get("metadata"), data.get("spec")
    if _has_containers(data):
        return True
    if kind in BUILT_IN_KINDS:
        return _is_built_in(data, kind, key)
    if isinstance(data.get(key), str) and _API_VERSION.fullmatch(data[key]):
        return isinstance(metadata, dict) or isinstance(spec, dict)
    camel_case = kind[0].isupper() and kind.isalnum()
    body = isinstance(spec, dict) or isinstance(data.get("data"), dict)
    return camel_case and body and is_kubernetes_metadata(metadata)


def _is_built_in(data: Mapping[Any, Any], kind: str, key: str) -> bool:
    """Tell whether the fields are those of the built-in kind, not just its name."""
    fields, metadata = BUILT_IN_KINDS[kind], data.get("metadata")
    present = [field for field in fields if field in data]
    if kind == "List":
        items = data.get("items")
        return isinstance(items, list) and any(isinstance(item, dict) and "kind" in item for item in items)
    if not isinstance(metadata, dict):
        return False
    bare = not data.keys() - fields - _ENVELOPE - {key}
    return bool(present) or (bare and isinstance(metadata.get("name"), str))


def _has_containers(data: Mapping[Any, Any]) -> bool:
    return any(_are_containers(_below(data, path)) for path in _TEMPLATES)


def _below(value: Any, path: tuple[str, ...]) -> Any:
    for key in path:
        value = value.get(key) if isinstance(value, dict) else None
    return value.get("containers") if isinstance(value, dict) else None


def _are_containers(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) and "image" in item for item in value)
