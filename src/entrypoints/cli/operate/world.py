"""Loads a world file: `ect world`."""

from __future__ import annotations

from typing import IO

import attrs
import click

from ect_registration.use_cases.operating.load_world import load_world
from entrypoints.cli.terminal.documents import Readable, read_bytes
from entrypoints.cli.terminal.operator import operator
from entrypoints.cli.terminal.output import print_json
from entrypoints.cli.terminal.prompts import working
from entrypoints.cli.terminal.settings import read_settings
from entrypoints.settings.config import SettingsError

LARGEST = 50_000_000  # bytes


@click.group(epilog="Example: ect world load world.json")
def world() -> None:
    """Load a world file, for demo and test."""


@world.command(epilog="Example: ect world load world.json")
@click.argument("file", type=Readable())
def load(file: IO[bytes]) -> None:
    """Load schools, bodies, providers and people. Loading again changes nothing.

    FILE is JSON; - is standard input. A mistake in it is told with its place, and nothing is
    loaded. World files are for demo and test: production refuses them.
    """
    from entrypoints import bootstrap

    settings = read_settings()
    if settings.is_production:
        raise SettingsError("ECT_ENV", "must be test or demo: production takes no world file")
    with working("Loading"):
        parsed = bootstrap.parse_world(read_bytes(file, LARGEST + 1))
        with bootstrap.open_ports_without_trs(settings) as ports:
            loaded = load_world(parsed, operator(), ports)
    print_json({"outcome": "loaded", "added": attrs.asdict(loaded)})
