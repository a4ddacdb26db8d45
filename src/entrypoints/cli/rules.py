"""Prints the catalogue of rules for `ect rules`, for people and for the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

import click
from click.core import ParameterSource

from ect_registration.domain.catalogue import CATALOGUE, rule_named
from ect_registration.domain.decisions import Rule
from entrypoints.cli.terminal.output import format_option, print_json, print_rows, write

IN_A_TABLE = ("id", "says", "source")
ALL = ("id", "says", "source", "our_details", "tells", "waits_for", "enforced_by")

PAGE_BEGINS = """Every rule of the service, in the order in which a school meets them. “Policy” is
the policy for school admins; “Decision” is ours, where the policy is silent. This page is made by
`ect rules --markdown-page`, and `ect rules ID` prints one rule."""


@click.command(epilog="Example: ect rules induction-passed")
@click.argument("rule_id", required=False, metavar="[ID]")
@format_option
@click.option("--markdown", "table", is_flag=True, help="The table of every rule.")
@click.option("--markdown-page", "page", is_flag=True, help="The page docs/rules.md.")
@click.pass_context
def rules(
    context: click.Context, rule_id: str | None, form: str, *, table: bool, page: bool
) -> None:
    """Every rule, or one with its source in the policy and where it is enforced."""
    asked = context.get_parameter_source("form") is ParameterSource.COMMANDLINE
    if table + page + (asked or rule_id is not None) > 1:
        raise click.UsageError("Give --markdown or --markdown-page alone")
    if table or page:
        write(markdown_page() if page else markdown_table())
    elif rule_id is None:
        print_rows([_list_row(rule, form) for rule in CATALOGUE], form, _columns(form))
    else:
        _print_one(rule_id, form)


def _print_one(rule_id: str, form: str) -> None:
    rule = rule_named(rule_id)
    if rule is None:
        like = get_close_matches(rule_id, [each.id for each in CATALOGUE], n=1)
        meant = f"did you mean {like[0]}?" if like else "ect rules lists them all"
        raise click.BadParameter(f"There is no rule {rule_id!r}; {meant}")
    match form:
        case "json":
            print_json(rule_row(rule))
        case "csv":
            print_rows([rule_row(rule)], form, _columns(form))
        case _:
            write("\n".join(_lines(rule)) + "\n")


def _list_row(rule: Rule, form: str) -> dict[str, object]:
    """Returns a rule's row; a table has room for who says so, but not for where."""
    return {**rule_row(rule), "source": _origin(rule)} if form == "table" else rule_row(rule)


def _columns(form: str) -> Sequence[str]:
    return IN_A_TABLE if form == "table" else ALL


def rule_row(rule: Rule) -> dict[str, object]:
    """Returns a rule as data."""
    return {
        "id": rule.id,
        "says": rule.says,
        "source": str(rule.source),
        "our_details": rule.details.why if rule.details else None,
        "tells": rule.tells or None,
        "waits_for": rule.waits_for or None,
        "enforced_by": list(rule.enforced_by),
    }


def _lines(rule: Rule) -> list[str]:
    lines = [rule.id, f"  {rule.says}", f"  {rule.source}"]
    if rule.details:
        lines.append(f"  Our details: {rule.details.why}")
    if rule.tells:
        lines.append(f"  Tells: {rule.tells}")
    if rule.waits_for:
        lines.append(f"  Not in force yet: it waits for {rule.waits_for}")
    return [*lines, *(f"  Enforced by {place}" for place in rule.enforced_by)]


def markdown_table() -> str:
    """Returns the table of every rule, each linked to its part of the page docs/rules.md."""
    lines = ["| Rule | What it says | Source |", "|---|---|---|"]
    lines += [
        f"| [`{rule.id}`](#{rule.id}) | {rule.says}{_mark(rule)} | {_origin(rule)} |"
        for rule in CATALOGUE
    ]
    return "\n".join(lines) + "\n"


def _mark(rule: Rule) -> str:
    return f" **Not in force yet: it waits for {rule.waits_for}.**" if rule.waits_for else ""


def _origin(rule: Rule) -> str:
    return str(rule.source).split(":", 1)[0]


def markdown_page() -> str:
    """Returns docs/rules.md: every rule with its source and where it is enforced."""
    parts = ["# Rules\n", f"{PAGE_BEGINS}\n", markdown_table()]
    for rule in CATALOGUE:
        parts.append(f"## {rule.id}\n")
        parts.append(f"{rule.says}\n")
        parts.append(f"- {rule.source}")
        if rule.details:
            parts.append(f"- Our details: {rule.details.why}")
        if rule.waits_for:
            parts.append(f"- Not in force yet: it waits for {rule.waits_for}")
        if rule.tells:
            parts.append(f"- Tells: “{rule.tells}”")
        parts += [f"- Enforced by `{place}`" for place in rule.enforced_by]
        parts.append("")
    return "\n".join(parts)
