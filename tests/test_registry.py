"""Every rule is complete, and names mean one thing."""

from __future__ import annotations

import pytest

from kubelint_py.authoring import Container, Problems, rule
from kubelint_py.errors import PluginError
from kubelint_py.registry import Registry, load
from kubelint_py.rule import make_rule
from tests.conftest import ROOT
from tests.registry import module

ALLOWED = {"no-capability-dropped", "no-kernel-hardening"}


def test_every_rule_has_a_test_file() -> None:
    # A crash and a limit need more than a text, an unused directive needs a second rule.
    engine_rules = {"internal-error", "input-limit", "unused-suppression"}
    for each in load().rules.values():
        path = ROOT / "tests" / "rules" / each.category.replace("-", "_") / (each.id.replace("-", "_") + ".yaml")
        assert path.exists() or each.id in engine_rules, path


def test_implied_by_names_rules() -> None:
    registry = load()
    for each in registry.rules.values():
        assert [name for name in each.implied_by if name not in registry.rules] == [], each.id


def test_ids_name_the_bad_thing() -> None:
    for name in load().rules:
        assert not name.startswith(("no-", "require-", "check-", "should-")) or name in ALLOWED, name


def test_a_module_without_a_check_is_refused() -> None:
    with pytest.raises(PluginError, match="no function"):
        make_rule("made", "test", module())


def test_an_unknown_view_is_refused() -> None:
    @rule(severity="low", since="0.1")
    def check(number: int) -> Problems:
        yield from ()

    with pytest.raises(PluginError, match="must take one of"):
        make_rule("made", "test", module(check=check))


def test_an_unknown_severity_is_refused() -> None:
    @rule(severity="awful", since="0.1")
    def check(container: Container) -> Problems:
        yield from ()

    with pytest.raises(PluginError, match="severity"):
        make_rule("made", "test", module(check=check))


def test_options_come_from_the_signature() -> None:
    @rule(severity="low", since="0.1", aliases=("older",), tags=("tag",))
    def check(container: Container, *, allow: tuple[str, ...] = ("a",), limit: int = 3) -> Problems:
        yield from ()

    made = make_rule("made", "test", module(check=check))
    assert made.options == {"allow": ("a",), "limit": 3}
    assert made.view == "Container"
    registry = Registry((made,))
    assert [registry.matching(name) for name in ("made", "older", "test", "tag")] == [[made]] * 4
    assert registry.matching("other") == []
    assert registry.nearest("mede") == "made"


def test_two_rules_of_one_name_are_refused() -> None:
    @rule(severity="low", since="0.1")
    def check(container: Container) -> Problems:
        yield from ()

    made = make_rule("made", "test", module(check=check))
    with pytest.raises(PluginError, match="two rules"):
        Registry((made, made))
