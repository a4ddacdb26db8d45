"""Finds people and schools at every school: `ect find`."""

from __future__ import annotations

import click

from ect_registration.use_cases.operating.look_up import MOST, Found, look_up
from entrypoints.cli.terminal.operator import as_option, operator
from entrypoints.cli.terminal.output import Row, format_option, print_rows
from entrypoints.cli.terminal.settings import read_settings

COLUMNS = ("kind", "id", "trn", "urn", "name", "school")


@click.command(epilog="Example: ect find okonkwo --as 'Rosa Lind'")
@click.argument("text")
@format_option
@as_option
def find(text: str, form: str) -> None:
    """Find people and schools by any part of a name, TRN, URN or email address.

    Case and accents do not matter. A person has a row for each period as an ECT or mentor; id is
    that of the period. A school that was replaced is found with its successor. Each lookup of a
    person is kept in history.
    """
    from entrypoints import bootstrap

    user = operator()
    with bootstrap.open_ports_without_trs(read_settings()) as ports:
        found = look_up(text, user, ports)
    if found.is_cut_short:
        click.echo(f"There are more than {MOST}. Give more of the name.", err=True)
    columns = [name for name in COLUMNS if form != "table" or name != "id"]
    rows = _rows(found)
    print_rows(rows, form, columns, if_none="No person or school was found.")


def _rows(found: Found) -> list[Row]:
    people: list[Row] = [
        {
            "kind": each.kind,
            "id": str(each.id),
            "trn": each.trn.digits,
            "urn": each.urn.digits,
            "name": each.name,
            "school": each.school,
        }
        for each in found.people
    ]
    schools: list[Row] = [
        {
            "kind": "school",
            "id": None,
            "trn": None,
            "urn": each.urn.digits,
            "name": each.name,
            "school": each.name,
        }
        for each in found.schools
    ]
    return [*people, *schools]
