"""`ect demo`: an invented world in a database, and one registration with commentary."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import IO

import click

from ect_registration.domain.decisions import Allowed
from ect_registration.domain.rules.programme import what_happens_next
from ect_registration.use_cases.ects import summary_of
from ect_registration.use_cases.loading import load_world
from ect_registration.use_cases.ports import Ports
from ect_registration.use_cases.registering import Checked, Registered, check_ect, register_ect
from ect_registration.use_cases.requests import InvalidRequest
from ect_registration.world import World
from entrypoints.cli.documents import Readable, read_bytes
from entrypoints.cli.exits import Exit
from entrypoints.cli.prompts import working
from entrypoints.cli.showing import ect_row, print_json
from entrypoints.cli.world import LARGEST
from entrypoints.config import day_to_pretend, read_settings
from entrypoints.demo import DEMO_DATE, demo_world_text

USER = "demo"

Document = Mapping[str, object]


@click.command(epilog="Example: ect demo --today 2025-09-10")
@click.option("--world", "file", type=Readable(), help="A world file of your own.")
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=8000,
    help="For the pages, once there are any.",
)
@click.option(
    "--today",
    default=DEMO_DATE.isoformat(),
    show_default=True,
    metavar="DATE",
    callback=lambda _context, _option, text: _day(text),
)
def demo(file: IO[bytes] | None, port: int, today: date) -> None:
    """Load an invented world, and register one of its teachers.

    The database is ECT_DATABASE_URL if that is set, else a fresh SQLite file. The people of the
    stand-in for TRS stay in memory.
    """
    del port  # the web service will listen there
    from entrypoints import bootstrap

    database = read_settings().demo_database or _fresh_file()
    world = bootstrap.parse_world(
        demo_world_text() if file is None else read_bytes(file, LARGEST + 1)
    )
    bootstrap.upgrade_database(database)
    records, clock = bootstrap.world_teacher_records(world), bootstrap.build_clock(today)
    with bootstrap.open_ports_on(database, records, clock) as ports:
        with working("Loading"):
            loaded = load_world(world, USER, ports)
        _say(f"It is {today:%-d %B %Y}. The database is {database}.")
        schools = len(world.schools)
        _say(f"Loaded {schools} schools, {loaded.ects} ECTs and {loaded.mentors} mentors.")
        _register_somebody(world, ports, today)
    _say(f'Look around: ECT_ENV=demo ECT_DATABASE_URL="{database}" ect ects --school URN')


def _day(text: str) -> date:
    try:
        return day_to_pretend(text)
    except ValueError:
        raise click.BadParameter("Give a date like 2025-09-10") from None


def _fresh_file() -> str:
    folder = Path(tempfile.mkdtemp(prefix="ect-demo-"))
    return f"sqlite:///{folder / 'demo.db'}"


def _register_somebody(world: World, ports: Ports, today: date) -> None:
    """The first teacher whom every rule allows at some school."""
    for document in _documents(world, today):
        checked = _check(document, ports)
        if checked is not None and isinstance(checked.outcome, Registered):
            _comment(document, checked)
            outcome = register_ect(document, USER, ports)
            if isinstance(outcome, Registered):
                print_json(ect_row(summary_of(outcome.ect, today)))
                return
    click.echo("Nobody in this world can be registered.", err=True)
    raise SystemExit(Exit.REFUSED)


def _check(document: Document, ports: Ports) -> Checked | None:
    """None for somebody too young or too old."""
    try:
        return check_ect(document, ports)
    except InvalidRequest:
        return None


def _documents(world: World, today: date) -> Iterator[Document]:
    """Every teacher at every school, with every choice there may be."""
    people = [p for p in world.trs_people if p.state == "active" and p.date_of_birth]
    for person in people:
        for school in world.schools:
            for choice in _choices(world):
                yield {
                    "school": school.urn.digits,
                    "trn": person.trn.digits,
                    "date_of_birth": str(person.date_of_birth),
                    "email": f"ect.{person.trn}@example.org",
                    "start_date": today.isoformat(),
                    "working_pattern": "full_time",
                    **choice,
                }


def _choices(world: World) -> Iterator[Document]:
    """The previous ones, then each body with each lead provider and without one."""
    yield {"reuse_previous_choices": True}
    for body in world.appropriate_bodies:
        for provider in world.lead_providers:
            yield {
                "appropriate_body": body.name,
                "programme": "provider_led",
                "lead_provider": provider.name,
            }
        yield {"appropriate_body": body.name, "programme": "school_led"}


def _comment(document: Document, checked: Checked) -> None:
    _say(f"Registering TRN {document['trn']} at the school with URN {document['school']}:")
    for decision in checked.decisions:
        word = "allowed" if isinstance(decision, Allowed) else "refused"
        because = ", ".join(f"{name} {value}" for name, value in decision.because.items())
        click.echo(f"  {word}  {decision.rule.id}{f' ({because})' if because else ''}", err=True)
    if isinstance(checked.outcome, Registered) and checked.outcome.ect.training is not None:
        next_steps = what_happens_next(checked.outcome.ect.training.lead_provider)
        if next_steps is not None:
            _say(f"{next_steps}.")


def _say(text: str) -> None:
    click.echo(text, err=True)
