"""The keys `pod-templates` and `pss` of a configuration."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kubelint_py import Config
from kubelint_py.errors import ConfigError
from kubelint_py.registry import load
from tests.test_config import SCHEMA, loaded


def test_kinds_and_paths_are_read(tmp_path: Path) -> None:
    text = "pod-templates:\n  example.org/Farm: [spec.template, spec.pools.*.template]\n  example.org/Shed: []\n"
    config = loaded(tmp_path, text)
    assert config.pod_templates == {
        "example.org/Farm": ("spec.template", "spec.pools.*.template"),
        "example.org/Shed": (),
    }
    assert config.to_dict()["pod-templates"]["example.org/Shed"] == []
    config.validate(load())
    SCHEMA.validate({"pod-templates": {"example.org/Farm": ["spec.template"]}})


WRONG = [
    ("pod-templates: [x]\n", 1, "pod-templates must be a mapping"),
    ("pod-templates:\n  example.org/Farm: spec.template\n", 2, "must be a list, written [spec.template]"),
    ("pod-templates:\n  example.org/Farm:\n    - 3\n", 3, "must be a string in quotes"),
    ("pod-templates:\n  Farm: [spec]\n", 2, "'Farm' is not a kind such as argoproj.io/Rollout"),
    (
        "pod-templates:\n  example.org/farms: [spec]\n",
        2,
        "'example.org/farms' is not a kind such as argoproj.io/Rollout",
    ),
    ("pod-templates:\n  apps/Deployment: [spec]\n", 2, "the pods of apps/Deployment are known"),
    (
        "pod-templates:\n  example.org/Farm:\n    - spec..template\n",
        3,
        "'spec..template' is not a path such as spec.template",
    ),
]


@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_mistakes_are_told_with_their_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        loaded(tmp_path, text).validate(load())
    assert message in str(caught.value)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "settings", [{"pod-templates": {"Farm": []}}, {"pod-templates": {"a/B": "c"}}, {"pss": "restricted@"}, {"pss": "x"}]
)
def test_the_schema_refuses_what_is_refused(tmp_path: Path, settings: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(settings))
    with pytest.raises(ConfigError):
        loaded(tmp_path, json.dumps(settings))


def test_values_given_in_code_are_checked_as_well() -> None:
    with pytest.raises(ConfigError, match="must be a list"):
        Config(pod_templates={"a.b/C": "spec"}).validate(load())
    with pytest.raises(ConfigError, match="leaves nothing to judge"):
        Config(pss="baseline", select=("dangling-service",)).validate(load())
