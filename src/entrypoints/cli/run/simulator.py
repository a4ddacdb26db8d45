"""Serves a stand-in for the Teaching Record System: `ect trs-simulator`."""

from __future__ import annotations

import os
from typing import IO

import click

from entrypoints.cli.operate.world import LARGEST
from entrypoints.cli.terminal.documents import Readable, read_bytes


@click.command("trs-simulator", epilog="Example: ect trs-simulator --world world.json --port 8100")
@click.option("--world", "file", type=Readable(), required=True, help="A world file.")
@click.option("--port", type=click.IntRange(0, 65535), required=True, help="0 picks a free one.")
@click.option(
    "--key",
    envvar="ECT_TRS_API_KEY",
    show_envvar=True,
    help="A key to accept as well as the keys that it prints.",
)
def simulator(file: IO[bytes], port: int, key: str | None) -> None:
    """Serve the people of a world as TRS would, on this machine only, until Ctrl-C."""
    from entrypoints import bootstrap
    from trs_simulator.app import simulator_app
    from trs_simulator.keys import DEMO_KEYS, Key
    from trs_simulator.server import serve

    world = bootstrap.parse_world(read_bytes(file, LARGEST + 1))
    keys = (*DEMO_KEYS, Key(key, "own")) if key else DEMO_KEYS

    def tell(address: str) -> None:
        click.echo(f"Serving TRS at {address}", err=True)
        for known in DEMO_KEYS:
            click.echo(f"  key {known.secret} ({known.user})", err=True)

    try:
        serve(simulator_app(world.trs_people, keys=keys), tell, port=port)
    except OSError as error:
        why = os.strerror(error.errno or 0)  # Python's own words name the address as well
        raise click.BadParameter(f"Port {port} cannot be used: {why}") from None
