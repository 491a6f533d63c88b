from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kubelint_py.inputs.kustomize import Origin, kustomization_files, kustomize_patches, origin_of

HERE = Path("/repo/overlays/prod")
KUSTOMIZATION = {
    "kind": "Component",
    "resources": ["../../base", "namespace.yaml"],
    "patches": [
        {"path": "patches/replicas.yaml", "target": {"kind": "Deployment"}},
        {"patch": "- op: remove\n  path: /spec\n"},
        "old-style.yaml",
    ],
    "patchesStrategicMerge": ["limits.yaml", "apiVersion: v1\nkind: Pod\n", "./sub/../env.yaml"],
    "patchesJson6902": [{"path": "ops.json", "target": {"name": "a"}}, {"patch": "[]"}],
    "replacements": [{"path": "replacement.yaml"}, {"source": {"kind": "A"}, "targets": []}],
    "configurations": ["namereference.yaml"],
    "transformers": ["labels.yaml", "https://example.com/remote.yaml"],
    "generators": ["generator.yaml"],
    "validators": ["validator.yaml"],
}


def test_the_files_that_hold_no_whole_objects() -> None:
    assert {path.relative_to(HERE).as_posix() for path in kustomize_patches(KUSTOMIZATION, HERE)} == {
        *("patches/replicas.yaml", "old-style.yaml", "limits.yaml", "env.yaml", "ops.json", "replacement.yaml"),
        *("namereference.yaml", "labels.yaml", "generator.yaml", "validator.yaml"),
    }


def test_a_relative_directory_gives_absolute_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kustomize_patches({"patches": [{"path": "../a.yaml"}]}, Path("b")) == {tmp_path / "a.yaml"}


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(st.sampled_from(["patches", "path", "transformers", "replacements"]), inner)
        ),
    )
)
def test_odd_data_names_no_files(data: Any) -> None:
    assert all(path.is_absolute() for path in kustomize_patches(data, HERE))


def test_kustomizations_that_may_name_a_file_lie_above_it(tmp_path: Path) -> None:
    for name in ("kustomization.yaml", "repo/app/Kustomization", "repo/app/patches/deep/x.yaml", "repo/b/y.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "repo" / "b" / "kustomization.yml").touch()
    (tmp_path / "repo" / ".git").mkdir()
    files = [tmp_path / "repo/app/patches/deep/x.yaml", tmp_path / "repo/b/y.yaml", tmp_path / "repo/b/z.yaml"]
    assert kustomization_files(files) == [tmp_path / "repo/app/Kustomization", tmp_path / "repo/b/kustomization.yml"]
    assert kustomization_files([]) == []


def annotated(**annotations: Any) -> dict[str, Any]:
    return {"metadata": {"annotations": {key.replace("__", "/"): value for key, value in annotations.items()}}}


@pytest.mark.parametrize(
    ("annotations", "expected"),
    [
        ({"config.kubernetes.io/origin": "path: base/a.yaml\n"}, Origin("base/a.yaml")),
        (
            {"config.kubernetes.io/origin": "path: a.yaml\nref: v1\nrepo: https://example.com/r\n"},
            Origin("a.yaml", "https://example.com/r", "v1"),
        ),
        (
            {
                "config.kubernetes.io/origin": "configuredBy:\n  apiVersion: builtin\n  path: no\n"
                "configuredIn: app/kustomization.yaml\n"
            },
            Origin(configured_in="app/kustomization.yaml"),
        ),
        ({"internal.config.kubernetes.io/path": "a.yaml"}, Origin("a.yaml")),
        ({"config.kubernetes.io/path": "b.yaml", "config.kubernetes.io/origin": 3}, Origin("b.yaml")),
        ({"config.kubernetes.io/origin": "nothing known"}, None),
        ({"app": "shop"}, None),
        ({"config.kubernetes.io/origin": None}, None),
    ],
)
def test_the_origin_of_a_built_object(annotations: dict[str, Any], expected: Origin | None) -> None:
    assert origin_of({"metadata": {"annotations": annotations}}) == expected


@pytest.mark.parametrize("data", [None, [], {}, {"metadata": []}, {"metadata": {"annotations": "x"}}])
def test_odd_data_has_no_origin(data: Any) -> None:
    assert origin_of(data) is None
