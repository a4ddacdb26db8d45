"""Serves the whole service on an invented world: `ect demo`."""

from __future__ import annotations

import os
from datetime import date
from typing import IO

import click

from entrypoints.cli.operate.world import LARGEST
from entrypoints.cli.terminal.documents import Readable, read_bytes
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.demo import DEMO_DATE, demo_world_text
from entrypoints.settings.config import SettingsError, day_to_pretend

WHAT_TO_TRY = """
Open {address} and choose one of the five things to try, one click each.
They are at the top of every page. "About this demo" there has more to try, and
changes the date. Press Ctrl-C to stop.
"""

# Where ECT_ENV is not set, nothing says that this is a database for demos.
STRANGERS = (
    "names a database with other schools than the demo's: set ECT_ENV=demo if it is for demos"
)


@click.command(epilog="Example: ect demo --port 8001 --today 2025-09-10")
@click.option("--world", "file", type=Readable(), help="A world file of your own.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option(
    "--today",
    default=DEMO_DATE.isoformat(),
    show_default=True,
    metavar="DATE",
    callback=lambda _context, _option, text: _day(text),
)
def demo(file: IO[bytes] | None, port: int, today: date) -> None:
    """Serve an invented world, with a page to sign in as one of its people.

    The database is ECT_DATABASE_URL if that is set, else a fresh SQLite file. The people of
    the world are TRS, in memory.
    """
    from entrypoints import bootstrap
    from entrypoints.settings import inspection
    from entrypoints.web.serving.server import listen, serve_demo

    settings = read_settings()
    database = settings.demo_database
    text = demo_world_text() if file is None else read_bytes(file, LARGEST + 1)
    world = bootstrap.parse_world(text)
    if database and settings.is_production and inspection.has_other_schools(database, world):
        raise SettingsError("ECT_DATABASE_URL", STRANGERS)
    try:
        listening = listen(port)
    except OSError as error:
        why = os.strerror(error.errno or 0)  # Python's own words name the address as well
        raise click.ClickException(
            f"Port {port} cannot be used ({why}). Choose another with --port"
        ) from None
    try:
        serve_demo(world, today, listening, _ready, database)
    except KeyboardInterrupt:
        click.echo("The demo has stopped.", err=True)


def _ready(address: str) -> None:
    click.echo(WHAT_TO_TRY.format(address=address), err=True)


def _day(text: str) -> date:
    try:
        return day_to_pretend(text)
    except ValueError:
        raise click.BadParameter("Give a date like 2025-09-10") from None
