"""`ect trs-simulator`: a stand-in for the Teaching Record System."""

from __future__ import annotations

from collections.abc import Mapping
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

    world = bootstrap.parse_world(read_bytes(file, LARGEST + 1))
    try:
        bootstrap.serve_trs_simulator(world, key, port, _tell)
    except OSError as error:
        raise click.BadParameter(f"Port {port} cannot be used: {error.strerror}") from None


def _tell(address: str, holders: Mapping[str, str]) -> None:
    click.echo(f"Serving TRS at {address}", err=True)
    for secret, user in holders.items():
        click.echo(f"  key {secret} ({user})", err=True)
