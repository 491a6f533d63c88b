"""`kubelint rules` and `kubelint explain`: which rules there are, and what each is about."""

from __future__ import annotations

import click

from kubelint_py import cli_complete as complete
from kubelint_py.cli_usage import selectors_option, usage_errors
from kubelint_py.errors import ConfigError
from kubelint_py.registry import load, unknown_name


@click.command("rules")
@selectors_option("--select", "Only these rules, categories, tags.")
def rules_command(select: tuple[str, ...]) -> None:
    """List the rules."""
    registry = load()
    with usage_errors():
        for name in select:
            if not registry.matching(name):
                raise ConfigError(unknown_name("rule, category or tag", name, registry.nearest(name)))
    chosen = {rule.id for name in select for rule in registry.matching(name)}
    for rule in registry.rules.values():
        if not select or rule.id in chosen:
            state = "" if rule.default else "opt-in"
            click.echo(f"{rule.id:34} {rule.severity:9} {rule.category:13} {state:7} {rule.documentation.title}")


@click.command("explain")
@click.argument("name", metavar="RULE", shell_complete=complete.rules)
def explain_command(name: str) -> None:
    """Show the documentation of a rule."""
    registry = load()
    rule = registry.resolve(name)
    with usage_errors():
        if rule is None and registry.matching(name):
            raise ConfigError(f"{name!r} is a group of rules: `kubelint rules --select {name}` lists them")
        if rule is None:
            raise ConfigError(unknown_name("rule", name, registry.nearest(name)))
    state = "on by default" if rule.default else "opt-in"
    click.echo(f"{rule.id}: {rule.severity}, {rule.category}, {state}, since {rule.since}\n")
    click.echo(rule.docstring.strip())
