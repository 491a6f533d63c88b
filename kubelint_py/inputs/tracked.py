"""The manifests git tracks, asked of git itself."""

from __future__ import annotations

from pathlib import Path

from kubelint_py.inputs.ignore import repository_root
from kubelint_py.inputs.walk import has_manifest_name


def tracked_manifests(root: Path) -> list[Path]:
    """Return the YAML and JSON files git tracks below a directory; empty outside a repository or without git.

    A repository's own configuration must not run anything, so the one setting with which listing
    files starts a program is switched off.
    """
    place = root.absolute()
    if repository_root(place) is None:
        return []
    import subprocess  # noqa: PLC0415  costs start-up, and most runs need no git

    command = ["git", "-C", str(place), "-c", "core.fsmonitor=false", "ls-files", "-z"]
    try:
        listed = subprocess.run(command, capture_output=True, check=True, timeout=60)  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return []
    names = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    return [root / name for name in names if name and has_manifest_name(name)]
