"""Configuration: where it is found, what is refused and on which line, what it selects."""

from __future__ import annotations

import json
import os
import pickle
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from kubelint_py.config import Config, Configurations
from kubelint_py.config_file import LIMIT, ConfigFile
from kubelint_py.config_options import converted
from kubelint_py.config_override import Override
from kubelint_py.config_paths import first_reach, matches, split
from kubelint_py.config_read import KEYS, OVERRIDE_KEYS
from kubelint_py.config_schema import config_schema
from kubelint_py.config_toml import line_of
from kubelint_py.errors import ConfigError
from kubelint_py.finding import Finding, ObjectReference
from kubelint_py.registry import load
from tests.conftest import ROOT
from tests.outputs import sample
from tests.registry import REGISTRY


def write(directory: Path, text: str, name: str = ".kubelint.yaml") -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / name
    path.write_text(text, encoding="utf-8")
    return path


def loaded(directory: Path, text: str, name: str = ".kubelint.yaml") -> Config:
    write(directory, text, name)
    return Config.load(directory)


def ids(config: Config) -> list[str]:
    return [rule.id for rule in config.enabled_rules(REGISTRY)]


def finding(rule: str = "host-network", **fields: Any) -> Finding:
    return sample.finding(**{"rule": rule, "category": "pod", "severity": "high", **fields})


# Where it is found


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    config = Config.load(tmp_path / "sub" / "missing.yaml")
    assert config == Config()
    assert config.file == ""


def test_the_nearest_file_upward_counts(tmp_path: Path) -> None:
    write(tmp_path, "profile: strict\n")
    write(tmp_path / "infra", "profile: minimal\n")
    deep = tmp_path / "infra" / "a" / "b"
    deep.mkdir(parents=True)
    assert Config.load(deep / "x.yaml").profile == "minimal"
    assert Config.load(deep).root == str(tmp_path / "infra")
    assert Config.load(tmp_path / "other.yaml").profile == "strict"


def test_a_directory_has_one_configuration(tmp_path: Path) -> None:
    write(tmp_path, '[tool.kubelint]\nprofile = "strict"\n', "pyproject.toml")
    assert Config.load(tmp_path).profile == "strict"
    write(tmp_path, "fail-on: low\n", ".kubelint.yml")
    assert (Config.load(tmp_path).profile, Config.load(tmp_path).fail_on) == ("default", "low")
    write(tmp_path, "fail-on: high\n")
    assert Config.load(tmp_path).fail_on == "high"


@pytest.mark.parametrize(
    "text", ["[tool.black]\nx = 1\n", "# tool.kubelint\n[tool.other]\n", "not [ toml", "", "\ufeff[tool.x]\n"]
)
def test_a_pyproject_of_others_is_passed_by(tmp_path: Path, text: str) -> None:
    write(tmp_path, "profile: strict\n")
    write(tmp_path / "sub", text, "pyproject.toml")
    assert Config.load(tmp_path / "sub").profile == "strict"


def test_toml_says_the_same_as_yaml(tmp_path: Path) -> None:
    yaml = loaded(
        tmp_path / "a",
        "select: [pod]\nfail-on: low\nrules:\n  privileged-container: {allow: [x], severity: low}\n"
        "overrides:\n- {paths: [x/], rules: [pod], reason: r}\n",
    )
    toml = loaded(
        tmp_path / "b",
        '[tool.kubelint]\nselect = ["pod"]\nfail-on = "low"\n'
        '[tool.kubelint.rules.privileged-container]\nallow = ["x"]\nseverity = "low"\n'
        '[[tool.kubelint.overrides]]\npaths = ["x/"]\nrules = ["pod"]\nreason = "r"\n',
        "pyproject.toml",
    )
    assert yaml.to_dict() == toml.to_dict()
    assert yaml.severity == {"privileged-container": "low"}
    assert yaml.options_for(REGISTRY.rules["privileged-container"]) == {"allow": ("x",)}


def test_each_configuration_file_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "profile: strict\n")
    (tmp_path / "a" / "b").mkdir(parents=True)
    configurations = Configurations()
    config = configurations.of(tmp_path / "a" / "b" / "x.yaml")
    write(tmp_path, "profile: minimal\n")
    assert configurations.of(tmp_path / "a" / "y.yaml") is config
    assert config == configurations.of(tmp_path)
    assert config.profile == "strict"


def test_a_configuration_is_a_value(tmp_path: Path) -> None:
    config = loaded(tmp_path, "select: [pod]\nrules: {privileged-container: {allow: [x]}}\n")
    assert pickle.loads(pickle.dumps(config)) == config  # noqa: S301
    assert {config: 1}[Config.load(tmp_path)] == 1
    assert {Config(options={"a": {}}): 1}[Config(options={"a": {}})] == 1


# What is refused

WRONG = [
    ("profile: default\nselekt: [pod]\n", 2, "unknown key 'selekt'; did you mean 'select'?"),
    ("\n\nselect: pod\n", 3, "select must be a list, written [pod]"),
    ("select:\n- pod\n- 3\n", 3, "select.1 must be a string in quotes"),
    ("select:\n- pod\n- privileged-contaner\n", 3, "did you mean 'privileged-container'?"),
    ("ignore: [pods]\n", 1, "unknown rule, category or tag 'pods'; did you mean 'pod'?"),
    ("ignore:\n\n  - internal-error\n", 3, "internal-error cannot be switched off"),
    ("profile: strikt\n", 1, "unknown profile 'strikt'; did you mean 'strict'?"),
    ("fail-on: warning\n", 1, "unknown severity 'warning'; there are: critical, high, info, low, medium, never"),
    ("fail-on: no\n", 1, "fail-on must be a string"),
    ("#\nkubernetes-version: 1.30\n", 2, "kubernetes-version must be a string in quotes"),
    ("kubernetes-version: '2.0'\n", 1, "'2.0' is not a Kubernetes version"),
    ("kubernetes_version: x\n", 1, "is not a Kubernetes version"),
    ("fail_on: low\nfail-on: low\n", 2, "fail-on is given twice"),
    ("pss: strict\n", 1, "unknown Pod Security Standards level 'strict'; did you mean 'restricted'?"),
    ("pss: restricted@x\n", 1, "is not a Kubernetes version"),
    ("rules:\n  privileged-container:\n    alow: [x]\n", 3, "unknown option 'alow'; did you mean 'allow'?"),
    ("rules:\n  privileged-container:\n    allow: x\n", 3, "must be a list of strings"),
    ("rules:\n  privileged-container:\n    allow: [1]\n", 3, "must be a list of strings"),
    ("rules:\n  host-network:\n    limit: yes\n", 3, "limit of rule host-network must be a whole number"),
    ("rules:\n  host-network:\n    strict: 1\n", 3, "must be true or false"),
    ("rules:\n  host-network:\n    name: 1\n", 3, "must be a string"),
    ("rules:\n  host-network:\n    severity: bad\n", 3, "unknown severity 'bad'"),
    ("rules:\n  writable-root:\n    x: 1\n", 3, "unknown option 'x'; it has none"),
    ("rules:\n  image-without-digest:\n    registries: {a: 1}\n", 3, "must be true or false"),
    ("rules:\n  host-netwrk: {severity: low}\n", 2, "unknown rule 'host-netwrk'; did you mean 'host-network'?"),
    ("rules:\n  pod: {severity: low}\n", 2, "'pod' is not one rule"),
    ("rules: [pod]\n", 1, "rules must be a mapping"),
    ("severity:\n  pod: low\n  podd: low\n", 3, "did you mean 'pod'?"),
    ("severity:\n  pod: loww\n", 2, "unknown severity 'loww'; did you mean 'low'?"),
    ("severity: {host-network: low}\nrules: {host-network: {severity: low}}\n", 2, "is given twice"),
    ("exclude:\n- a/\n- ../b\n", 3, "matches nothing"),
    ("exclude: ['']\n", 1, "must be a string"),
    ("max-bytes: 0\n", 1, "must be a whole number from 1"),
    ("require-reason: 1\n", 1, "must be true or false"),
    ("no-suppress: [pod]\n", 1, "'pod' is not one rule"),
    ("overrides:\n- {paths: [a], rules: [pod]}\n", 2, "needs a reason"),
    ("overrides:\n- {paths: [a]}\n", 2, "needs one of rules, select, severity, options"),
    ("overrides:\n- {rules: [pod], reason: r}\n", 2, "needs one of paths, kinds"),
    ("overrides:\n- paths: [a]\n  rule: [pod]\n", 3, "unknown key of an override 'rule'; did you mean 'rules'?"),
    ("overrides:\n- paths: [a]\n  reason: r\n  rules:\n  - pot\n", 5, "did you mean 'pod'?"),
    ("overrides:\n- paths: [a]\n  options:\n    dangling-service: {allow: []}\n", 4, "does not look at one object"),
    ("overrides:\n- paths: [a]\n  options:\n    host-network:\n      limit: x\n", 5, "must be a whole number"),
    ("overrides:\n- kinds: [Pod]\n  severity:\n    pod: hi\n", 4, "unknown severity 'hi'"),
    ("overrides:\n- kinds: [Pod]\n  select: [x]\n", 3, "unknown rule, category or tag 'x'"),
    ("select: [pod]\n---\nignore: [pod]\n", 3, "more than one YAML document"),
    ("select: [pod]\nignore: []\nselect: []\n", 3, "'select' is given twice, first on line 1"),
    ("- select\n", 1, "a configuration is a mapping"),
    ("select: [pod]\nignore: [\n", 3, ""),
]


@pytest.mark.parametrize(("text", "line", "message"), WRONG)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(ConfigError) as error:
        Config.load(tmp_path).validate(REGISTRY)
    assert (error.value.file, error.value.line) == (str(path), line)
    assert message in str(error.value)


WRONG_TOML = [
    ('[project]\nname = "select"\n\n[tool.kubelint]\nselect = [\n  "pod",\n  "podd",\n]\n', 7),
    ('[tool.kubelint]\nprofile = "x"\n', 2),
    ("[tool.kubelint]\nunknown = 1\n", 2),
    ('[tool.kubelint]\n[tool.kubelint.rules.host-network]\nlimit = "x"\n', 3),
    ('[tool.kubelint]\nrules = { host-network = { limit = "x" } }\n', 2),
    ('[tool.kubelint]\nrules.host-network.limit = "x"\n', 2),
    ('[[tool.kubelint.overrides]]\npaths = ["a"]\nselect = ["pod"]\n\n[[tool.kubelint.overrides]]\npaths = ["a"]\n', 5),
    (
        '[[tool.kubelint.overrides]]\npaths = ["a"]\nselect = ["pod"]\n[tool.kubelint.overrides.severity]\npod = "x"\n',
        5,
    ),
    ("[tool.kubelint]\nselect = [\n", 3),
    ("[tool.kubelint]\nselect = 2020-01-01\n", 2),
    ("[tool]\nkubelint = 3 # tool.kubelint\n", 2),
]


@pytest.mark.parametrize(("text", "line"), WRONG_TOML)
def test_a_mistake_in_toml_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    path = write(tmp_path, text, "pyproject.toml")
    with pytest.raises(ConfigError) as error:
        Config.load(tmp_path).validate(REGISTRY)
    assert (error.value.file, error.value.line) == (str(path), line)


def test_a_toml_line_is_found_behind_other_tables() -> None:
    text = "[a.b]\nselect = 1\n[tool.kubelint]\n# select\nselect = [\n 'x',\n 'y']\n"
    assert line_of(text, ("tool", "kubelint", "select"), "y") == 7
    assert line_of(text, ("tool", "kubelint", "nothing")) == 3
    assert line_of("", ("tool",)) == 1


@pytest.mark.parametrize("make", ["directory", "pipe", "broken link", "large", "bytes"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, make: str) -> None:
    path = tmp_path / ".kubelint.yaml"
    if make == "directory":
        path.mkdir()
    elif make == "pipe":
        os.mkfifo(path)
    elif make == "broken link":
        path.symlink_to(tmp_path / "gone")
    elif make == "large":
        path.write_bytes(b"#" * (LIMIT + 1))
    else:
        path.write_bytes(b"select: [\xff\xfe]\n")
    with pytest.raises(ConfigError, match="cannot read the configuration") as error:
        Config.load(tmp_path)
    assert error.value.file == str(path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        Config.from_file(tmp_path / "x.yaml")
    path = write(tmp_path, "profile: strict\n", "other.yaml")
    assert Config.from_file(path).profile == "strict"
    assert Config.from_file(write(tmp_path, "[tool.x]\n", "pyproject.toml")).profile == "default"


@pytest.mark.parametrize(
    "text", ["a: " + "[" * 50_000, "a: &a [x]\n" + "b: *a\n" * 10, "? {a: b}\n: c\n", "\x00", "!!binary x"]
)
def test_hostile_text_raises_nothing_else(tmp_path: Path, text: str) -> None:
    with pytest.raises(ConfigError):
        loaded(tmp_path, text)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
SETTINGS = st.dictionaries(
    st.sampled_from([*KEYS, "nothing"]),
    PLAIN | st.lists(st.dictionaries(st.sampled_from([*OVERRIDE_KEYS]), PLAIN)),
    max_size=3,
)


@given(SETTINGS)
def test_any_settings_are_read_or_refused(settings: dict[str, Any]) -> None:
    file = ConfigFile("/x/.kubelint.yaml", json.dumps(settings))
    try:
        Config.read_from(file, settings).validate(REGISTRY)
    except ConfigError as error:
        assert error.line == 1  # noqa: PT017  one line is all there is


# Which rules run

RUNS = [
    (
        Config(),
        [
            "privileged-container",
            "host-network",
            "writable-root",
            "dangling-service",
            "yaml-syntax",
            "internal-error",
            "bad-suppression",
        ],
    ),
    (
        Config(profile="minimal"),
        ["privileged-container", "host-network", "dangling-service", "yaml-syntax", "internal-error"],
    ),
    (Config(profile="strict"), list(REGISTRY.rules)),
    (Config(select=["image-without-digest"]), ["image-without-digest"]),
    (Config(select=["pod"], ignore=["host-net"]), ["privileged-container", "writable-root"]),
    (Config(select=["CKV_K8S_16", "hardening"]), ["privileged-container", "writable-root"]),
    (Config(select=["host-network"], ignore=["pod"]), []),
    (Config(select=["host-net"], profile="strict"), ["host-network"]),
    (Config(ignore=["pod", "syntax"]), ["dangling-service"]),
    (
        Config(select=["writable-root"], overrides=[Override(kinds=["Pod"], select=["image"])]),
        ["writable-root", "image-without-digest"],
    ),
    (
        Config(select=["writable-root"], ignore=["image"], overrides=[Override(kinds=["Pod"], select=["image"])]),
        ["writable-root"],
    ),
]


@pytest.mark.parametrize(("config", "expected"), RUNS)
def test_enabled_is_selected_minus_ignored(config: Config, expected: list[str]) -> None:
    assert ids(config) == expected


def test_each_profile_holds_the_one_before() -> None:
    minimal, default, strict = (set(ids(Config(profile=name))) for name in ("minimal", "default", "strict"))
    assert minimal < default < strict
    assert [Config(profile=name).shows_implied for name in ("minimal", "default", "strict")] == [False, False, True]


MERGED = [
    ({"select": ("image",)}, ["image-without-digest"]),
    ({"select": ("host-network",)}, ["host-network"]),
    ({"select": ("pod",)}, ["privileged-container", "writable-root"]),
    ({"select": ("pod",), "ignore": ("writable-root",)}, ["privileged-container"]),
    ({"select": ("pod",), "ignore": ("pod",)}, []),
    ({"ignore": ("writable-root",)}, ["privileged-container"]),
    (
        {"profile": "strict", "ignore": ("syntax",)},
        ["privileged-container", "writable-root", "image-without-digest", "dangling-service"],
    ),
    ({"profile": "strict", "select": ("image",)}, ["image-without-digest"]),
    ({"fail_on": "low", "select": (), "ignore": None, "pss": ""}, ["privileged-container", "writable-root"]),
]


@pytest.mark.parametrize(("given", "expected"), MERGED)
def test_the_command_line_is_laid_over_the_file(given: dict[str, Any], expected: list[str]) -> None:
    config = Config(select=("pod",), ignore=("host-network",))
    assert ids(config.merged(**given)) == expected


def test_a_selection_on_the_command_line_is_not_widened_by_overrides() -> None:
    config = Config(overrides=(Override(kinds=("Pod",), select=("image",), severity={"pod": "low"}),))
    assert ids(config.merged(select=("host-network",))) == ["host-network"]
    assert config.merged(select=("host-network",)).overrides[0].severity == {"pod": "low"}


def test_merging_an_unknown_field_is_an_error_of_the_caller() -> None:
    with pytest.raises(TypeError):
        Config().merged(selekt=("x",))


def test_constructed_configurations_are_checked_too() -> None:
    for wrong in (
        Config(select=("nothing",)),
        Config(select="pod"),
        Config(profile="x"),
        Config(severity={"pod": "x"}),
        Config(options={"host-network": {"limit": "x"}}),
        Config(kubernetes_version="0"),
        Config(overrides=(Override(rules=("pod",)),)),
        Config(no_suppress=("x",)),
    ):
        with pytest.raises(ConfigError):
            wrong.enabled_rules(REGISTRY)


# Options and severities


@pytest.mark.parametrize(
    ("value", "default", "expected"),
    [
        (["a"], (), ("a",)),
        ([], ("a",), ()),
        ([1], (2,), (1,)),
        (["a"], frozenset({"b"}), frozenset({"a"})),
        (True, False, True),
        (5, 3, 5),
        (5, 1.5, 5),
        ("x", "", "x"),
        ({"a": "b"}, {}, {"a": "b"}),
        ({"a": ["x"]}, {"b": ("y",)}, {"a": ("x",)}),
        ({"a": [1]}, None, {"a": [1]}),
    ],
)
def test_options_take_the_type_of_the_default(value: Any, default: Any, expected: Any) -> None:
    assert converted(value, default) == expected
    assert type(converted(value, default)) is type(expected)


@pytest.mark.parametrize(
    ("value", "default"),
    [
        ("a", ()),
        ([1], ()),
        (["a"], (2,)),
        (1, False),
        (True, 3),
        (1.0, 3),
        (3, "x"),
        ([], {}),
        ({"a": 1}, {"b": "x"}),
        (None, 3),
    ],
)
def test_options_of_another_type_are_refused(value: Any, default: Any) -> None:
    with pytest.raises(ConfigError, match="must be"):
        converted(value, default)


def test_options_are_laid_over_the_defaults() -> None:
    rule = REGISTRY.rules["host-network"]
    config = Config(options={"host-net": {"limit": 5}})
    override = Override(kinds=("Pod",), options={"host-network": {"strict": True}})
    assert config.options_for(rule) == {"limit": 5, "strict": False, "name": "x"}
    assert config.options_for(rule, [override]) == {"limit": 5, "strict": True, "name": "x"}
    assert not config.varies(rule)
    assert config._replace(overrides=(override,)).varies(rule)


def test_the_nearest_name_decides_the_severity() -> None:
    rule = REGISTRY.rules["privileged-container"]
    assert Config().severity_for(rule) == ""
    assert Config(severity={"pod": "low"}).severity_for(rule) == "low"
    assert Config(severity={"privileged-container": "info", "pod": "low"}).severity_for(rule) == "info"
    assert Config(severity={"pod": "low", "pss-baseline": "high"}).severity_for(rule) == "high"
    override = Override(kinds=("Pod",), severity={"pod": "medium"})
    assert Config(severity={"privileged-container": "info"}).severity_for(rule, [override]) == "medium"


# Paths

PATHS = [
    ("a/", "a/b/c.yaml", True),
    ("a", "a/b/c.yaml", True),
    ("./a", "a/b/c.yaml", True),
    ("./a/", "a/b/c.yaml", True),
    ("./b", "a/b/c.yaml", False),
    ("/a", "a/b/c.yaml", True),
    ("/b", "a/b/c.yaml", False),
    ("b", "a/b/c.yaml", True),
    ("b/c.yaml", "a/b/c.yaml", False),
    ("**/b/**", "a/b/c.yaml", True),
    ("**/b/**", "b/c.yaml", True),
    ("**/a/**", "a", False),
    ("a/**", "a/b/c.yaml", True),
    ("a/**", "a", False),
    ("a/**/c.yaml", "a/c.yaml", True),
    ("a/**/c.yaml", "a/x/y/c.yaml", True),
    ("a/*/c.yaml", "a/x/y/c.yaml", False),
    ("*.yaml", "a/b/c.yaml", True),
    ("/*.yaml", "a/b/c.yaml", False),
    ("/*.yaml", "c.yaml", True),
    ("c.yaml/", "a/c.yaml", False),
    ("c.yaml", "a/c.yaml", True),
    ("[a-c]?", "b1/x.yaml", True),
    ("[!a]1", "b1/x.yaml", True),
    ("[^b]1", "b1/x.yaml", False),
    (r"\*.yaml", "x.yaml", False),
    (r"\*.yaml", "*.yaml", True),
    (r"\!x", "!x", True),
    (".", "a/x.yaml", True),
    ("./", "x.yaml", True),
    ("**", "x.yaml", True),
    ("templates/test/", "templates/test/a.yaml", True),
    ("templates/test/", "x/templates/test/a.yaml", False),
    ("A", "a", False),
    ("a/**/", "a/x", False),
    ("a/**/", "a/b/x", True),
    ("a/***/c", "a/c", True),
]


@pytest.mark.parametrize(("pattern", "path", "expected"), PATHS)
def test_patterns_are_those_of_gitignore(tmp_path: Path, pattern: str, path: str, expected: bool) -> None:
    config = loaded(tmp_path, f"exclude: [{json.dumps(pattern)}]\n")
    assert config.excluded(tmp_path / path) is expected
    override = Override(paths=(pattern,), rules=("pod",), reason="r")
    assert bool(config._replace(overrides=(override,)).matching(tmp_path / path, None)) is expected


SEGMENT = st.text("ab*?", min_size=1, max_size=3).filter(lambda text: "**" not in text) | st.just("**")
NAME = st.text("ab", min_size=1, max_size=3)


@given(st.lists(SEGMENT, min_size=1, max_size=4), st.lists(NAME, min_size=1, max_size=5), st.booleans(), st.booleans())
def test_patterns_agree_with_pathspec(segments: list[str], names: list[str], rooted: bool, directory: bool) -> None:
    pattern, path = "/" * rooted + "/".join(segments) + "/" * directory, "/".join(names)
    assume(not pattern.endswith("**/"))  # where git looks at directories only, and pathspec at all files
    assert matches([pattern], split(path)) == GitIgnoreSpec.from_lines([pattern]).match_file(path)


def test_the_last_matching_pattern_decides() -> None:
    patterns = ["charts/", "!charts/own/", "charts/own/tests/"]
    expected = {"charts/x/a.yaml": True, "charts/own/a.yaml": False, "charts/own/tests/a.yaml": True, "b.yaml": False}
    assert {path: matches(patterns, split(path)) for path in expected} == expected


def test_a_pattern_costs_no_more_than_its_length() -> None:
    assert not matches(["*a*a*a*a*a*a*a*a*a*a*a*b"], ("a" * 250,))
    assert not matches(["/".join(["**", "a"] * 30) + "/b"], ("a",) * 200)


def test_the_result_is_the_same_from_any_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "exclude: [infra/legacy/]\noverrides: [{paths: ['./infra/*/x.yaml'], rules: [pod], reason: r}]\n"
    write(tmp_path, text)
    file = tmp_path / "infra" / "legacy" / "x.yaml"
    write(file.parent, "", "x.yaml")
    for directory in (tmp_path, tmp_path / "infra", file.parent, Path("/")):
        monkeypatch.chdir(directory)
        for name in (str(file), os.path.relpath(file)):
            config = Config.load(name)
            assert config.root == str(tmp_path)
            assert config.excluded(name)
            assert [override.reason for override in config.matching(name, None)] == ["r"]
    assert not Config.load(tmp_path).excluded(tmp_path.parent / "infra" / "legacy" / "x.yaml")


def test_patterns_match_helm_templates_too() -> None:
    config = Config(
        exclude=("mychart/charts/**",), overrides=(Override(paths=("mychart/",), rules=("pod",), reason="r"),)
    )
    assert config.excludes_source("mychart/charts/redis/templates/x.yaml")
    assert not config.excludes_source("mychart/templates/x.yaml")
    assert not config.excludes_source("")
    assert config.matching("out.yaml", None, "mychart/templates/x.yaml")
    assert not config.matching("out.yaml", None, "other/templates/x.yaml")


def test_sets_are_named_after_what_their_pattern_matches() -> None:
    config = Config(sets=("charts/*", "apps/**/base"))
    sets = {
        "charts/a/t/x.yaml": "charts/a",
        "charts/b/x.yaml": "charts/b",
        "apps/x/y/base/z.yaml": "apps/x/y/base",
        "c.yaml": "",
    }
    assert {path: config.set_of(path) for path in sets} == sets
    assert Config().set_of("charts/a/x.yaml") == ""
    assert first_reach(("!a", "a"), ("a", "b")) == "a"


def test_external_objects_are_globs_of_kind_and_name() -> None:
    config = Config(external=("ServiceAccount/ci-*", "Secret/*"))
    assert config.is_external("ServiceAccount", "ci-1")
    assert config.is_external("Secret", "x")
    assert not config.is_external("ServiceAccount", "x")


# Overrides

MATCHING = [
    (Override(kinds=("deployment",)), {}, True),
    (Override(kinds=("Pod",)), {}, False),
    (Override(kinds=("Daemon*", "Dep*")), {}, True),
    (Override(names=("api-*",)), {}, False),
    (Override(names=("a*",), namespaces=("shop",)), {}, True),
    (Override(names=("a*",), namespaces=("kube-*",)), {}, False),
    (Override(containers=("agent",)), {}, False),
    (Override(containers=("ag*",)), {"container": "agent"}, True),
    (Override(kinds=("Deployment",), containers=("x",)), {"container": "agent"}, False),
    (Override(paths=("*.yaml",)), {"object": None}, True),
    (Override(kinds=("*",)), {"object": None}, False),
    (Override(namespaces=("default",)), {"object": ObjectReference("v1", "Pod", "", "x")}, True),
    (Override(namespaces=("prod",)), {"object": ObjectReference("v1", "Pod", "", "x")}, False),
    (Override(namespaces=("prod",)), {"object": ObjectReference("v1", "Namespace", "", "prod")}, True),
    (Override(namespaces=("default",)), {"object": ObjectReference("v1", "Node", "", "x")}, False),
    (Override(names=("x",)), {"object": ObjectReference("v1", "Node", "", "x")}, True),
]


@pytest.mark.parametrize(("override", "fields", "expected"), MATCHING)
def test_all_given_matchers_must_match(override: Override, fields: dict[str, Any], expected: bool) -> None:
    config = Config(overrides=(override._replace(rules=("pod",), reason="because = # :"),))
    adjusted = config.adjusted(finding(**fields), REGISTRY.rules["host-network"])
    assert adjusted is not None
    assert (adjusted.suppressed is not None) is expected
    if adjusted.suppressed:
        assert adjusted.suppressed == ("configuration", "because = # :")


def test_an_unwritten_namespace_is_the_configured_one() -> None:
    config = Config(namespace="prod", overrides=(Override(namespaces=("prod",), rules=("pod",), reason="r"),))
    assert config.matching("x", ObjectReference("v1", "Pod", "", "x"))


def test_an_override_suppresses_only_its_rules() -> None:
    config = Config(overrides=(Override(kinds=("Deployment",), rules=("writable-root", "image"), reason="r"),))
    adjusted = config.adjusted(finding(), REGISTRY.rules["host-network"])
    assert adjusted == finding()
    suppressed = config.adjusted(finding("writable-root"), REGISTRY.rules["writable-root"])
    assert suppressed is not None
    assert suppressed.suppressed


def test_an_override_changes_severities_and_switches_rules_on() -> None:
    digest = REGISTRY.rules["image-without-digest"]
    config = Config(overrides=(Override(names=("api",), select=("image",), severity={"image": "critical"}),))
    adjusted = config.adjusted(finding(digest.id), digest)
    assert adjusted is not None
    assert adjusted.severity == "critical"
    other = ObjectReference("v1", "Pod", "", "web")
    assert config.adjusted(finding(digest.id, object=other), digest) is None
    assert Config(severity={"pod": "low"}).adjusted(finding(), REGISTRY.rules["host-network"]) == finding(
        severity="low"
    )


def test_a_crash_is_always_told() -> None:
    config = Config(overrides=(Override(kinds=("*",), rules=("syntax",), reason="r"),), severity={"syntax": "info"})
    crash = finding("internal-error", severity="critical")
    assert config.adjusted(crash, REGISTRY.rules["internal-error"]) == crash


# What is shown of it


def test_each_value_is_shown_with_its_origin(tmp_path: Path) -> None:
    config = loaded(tmp_path, "profile: strict\n\nfail_on: low\n").merged(profile="minimal")
    described = config.describe()
    assert json.loads(json.dumps(described)) == described
    assert described["file"] == str(tmp_path / ".kubelint.yaml")
    assert described["settings"]["profile"] == {"value": "minimal", "origin": "command line"}
    assert described["settings"]["fail-on"] == {"value": "low", "origin": f"{tmp_path / '.kubelint.yaml'}:3"}
    assert described["settings"]["pss"] == {"value": "", "origin": "default"}
    assert Config().describe()["file"] == ""


def test_the_plain_data_is_a_configuration_again(tmp_path: Path) -> None:
    text = (
        "select: [pod]\nseverity: {pod: low}\nrules: {privileged-container: {allow: [x]}}\nexclude: [a/]\n"
        "overrides: [{paths: [a], rules: [pod], reason: r}]\nmax-bytes: 5\nrequire-reason: true\n"
    )
    config = loaded(tmp_path / "a", text)
    plain = {key: value for key, value in config.to_dict().items() if value != ""}
    assert loaded(tmp_path / "b", json.dumps(plain)).to_dict() == config.to_dict()


# The schema


def without_rules(schema: dict[str, Any]) -> dict[str, Any]:
    properties = dict(schema["properties"])
    del properties["rules"]
    items = properties["overrides"]["items"]
    inner = {key: value for key, value in items["properties"].items() if key != "options"}
    properties["overrides"] = {**properties["overrides"], "items": {**items, "properties": inner}}
    return {**schema, "properties": properties}


def test_the_schema_file_is_up_to_date() -> None:
    written = json.loads((ROOT / "schemas" / "config.schema.json").read_text(encoding="utf-8"))
    assert without_rules(written) == without_rules(config_schema(load().rules.values()))


SCHEMA = jsonschema.Draft7Validator(config_schema(REGISTRY.rules.values()))


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMA.schema)
    options = SCHEMA.schema["properties"]["rules"]["properties"]["privileged-container"]["properties"]
    assert options["allow"] == {
        "description": "names that are allowed",
        "type": "array",
        "items": {"type": "string"},
        "default": [],
    }


@pytest.mark.parametrize(
    "settings",
    [
        {"select": ["pod"], "profile": "strict", "kubernetes-version": "v1.31.2", "pss": "restricted@latest"},
        {"rules": {"host-network": {"limit": 1, "severity": "low"}, "host-net": {"strict": True}}},
        {"overrides": [{"kinds": ["Pod"], "rules": ["pod"], "reason": "r"}], "severity": {"pod": "low"}},
        {"overrides": [{"paths": ["x"], "options": {"host-network": {"limit": 3}}}], "max-bytes": 3},
    ],
)
def test_the_schema_accepts_what_is_read(tmp_path: Path, settings: dict[str, Any]) -> None:
    SCHEMA.validate(settings)
    loaded(tmp_path, json.dumps(settings)).validate(REGISTRY)


@pytest.mark.parametrize(
    "settings",
    [
        {"selekt": []},
        {"select": "pod"},
        {"profile": "x"},
        {"kubernetes-version": "2.0"},
        {"pss": "x"},
        {"rules": {"nothing": {}}},
        {"rules": {"host-network": {"limit": "x"}}},
        {"overrides": [{"kinds": ["Pod"], "rules": ["pod"]}]},
        {"overrides": [{"rules": ["pod"], "reason": "r"}]},
        {"overrides": [{"kinds": ["Pod"], "options": {"dangling-service": {}}}]},
        {"severity": {"pod": "x"}},
    ],
)
def test_the_schema_refuses_what_is_refused(tmp_path: Path, settings: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(settings))
    with pytest.raises(ConfigError):
        loaded(tmp_path, json.dumps(settings)).validate(REGISTRY)


# The documentation


EXAMPLES = re.findall(
    r"^```yaml\n(.*?)^```", (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


@pytest.mark.parametrize("text", EXAMPLES)
def test_the_examples_of_the_documentation_are_right(tmp_path: Path, text: str) -> None:
    loaded(tmp_path, text).validate(load())


def test_the_documentation_has_every_key() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    for key in KEYS:
        default = Config().to_dict()[key]
        shown = f"`{json.dumps(default).strip(chr(34))}`" if default not in ("", [], {}) else ""
        assert f"| `{key}` | {shown}".rstrip() in page
