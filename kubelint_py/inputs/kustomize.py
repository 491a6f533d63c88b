"""Kustomize: which files are partial objects, and which file a built object came from.

Source of the semantics: Kustomize 5, `kustomize.config.k8s.io/v1beta1` Kustomization (fields, also
the deprecated ones) and v1alpha1 Component; `buildMetadata: [originAnnotations]`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

KUSTOMIZATION_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_ORIGIN = "config.kubernetes.io/origin"
_PATH_ANNOTATIONS = ("internal.config.kubernetes.io/path", "config.kubernetes.io/path")
_PARTIAL_FIELDS = (
    "patches",
    "patchesStrategicMerge",
    "patchesJson6902",
    "replacements",
    "configurations",
    "transformers",
    "validators",
    "generators",
)


class Origin(NamedTuple):
    """Where a built object came from: a file, in a repository at a revision when it is remote.

    `configured_in` is the kustomization of a generated object. What is not known is empty.
    """

    path: str = ""
    repository: str = ""
    revision: str = ""
    configured_in: str = ""


def kustomize_patches(data: Any, directory: Path) -> set[Path]:
    """Return the files that a kustomization or component in `directory` uses as other than whole objects.

    Absolute paths without `..`. Inline patches and remote files name none.
    """
    if not isinstance(data, dict):
        return set()
    entries = (entry for field in _PARTIAL_FIELDS for entry in _list(data.get(field)))
    names = (entry.get("path") if isinstance(entry, dict) else entry for entry in entries)
    return {absolute(directory / name) for name in names if isinstance(name, str) and _is_file_name(name)}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is_file_name(name: str) -> bool:
    return bool(name.strip()) and not any(mark in name for mark in ("\n", "://", "\0", ": ")) and name[0] not in "{["


def absolute(path: Path) -> Path:
    """Return a path as `kustomize_patches` gives it: absolute, without `..`, links not followed."""
    return Path(os.path.normpath(path.absolute()))


def kustomization_files(files: Iterable[Path]) -> list[Path]:
    """Return the kustomizations that may name `files`, sorted, absolute.

    Kustomize takes files from the directory of a kustomization and from below it only, so they lie
    in the directory of a file or above it, up to the root of its repository.
    """
    found: set[Path] = set()
    seen: set[Path] = set()
    for directory in {absolute(directory) for directory in {file.parent for file in files}}:
        for place in (directory, *directory.parents):
            if place in seen:
                break
            seen.add(place)
            found.update(place / name for name in KUSTOMIZATION_NAMES if _exists(place / name))
            if _exists(place / ".git"):
                break
    return sorted(found)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False


def origin_of(data: Any) -> Origin | None:
    """Return where an object that `kustomize build` wrote came from, or None when it does not say."""
    metadata = data.get("metadata") if isinstance(data, dict) else None
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(annotations, dict):
        return None
    origin = annotations.get(_ORIGIN)
    if isinstance(origin, str):
        return _origin(origin)
    path = next((annotations[key] for key in _PATH_ANNOTATIONS if isinstance(annotations.get(key), str)), "")
    return Origin(path) if path else None


def built_from(data: Any) -> str:
    """Return the file that an object of `kustomize build` came from, as Kustomize would write it; "" when unknown."""
    origin = origin_of(data)
    if origin is None:
        return ""
    place = origin.path or origin.configured_in
    return f"{origin.repository}//{place}" if origin.repository else place


def _origin(text: str) -> Origin | None:
    """Read the annotation: a small YAML mapping that Kustomize writes in block style."""
    fields: dict[str, str] = {}
    for line in text.splitlines():
        key, colon, value = line.partition(":")
        if colon and key == key.strip():
            fields[key] = value.strip().strip("\"'")
    origin = Origin(*(fields.get(key, "") for key in ("path", "repo", "ref", "configuredIn")))
    return origin if any(origin) else None
