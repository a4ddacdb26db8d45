"""Starts the production server: `ect serve`."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import click

from entrypoints.cli.terminal.exits import Exit
from entrypoints.cli.terminal.settings import read_settings

HIGHEST_PORT = 65535
UNIX = "unix:"


class Bind(click.ParamType[str]):
    """Reads an address to listen at: HOST:PORT, [IPV6]:PORT, :PORT for all, or unix:PATH."""

    name = "address"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Refuses what the server would try several times, and then fail at."""
        if value.startswith(UNIX) and value != UNIX:
            return value
        _, colon, port = value.rpartition(":")
        if not (colon and port.isascii() and port.isdigit()):
            self.fail("Give HOST:PORT, such as 127.0.0.1:8000, or unix:PATH", param, ctx)
        if not 0 < int(port) <= HIGHEST_PORT:
            self.fail(f"Give a port from 1 to {HIGHEST_PORT}", param, ctx)
        return value


def refuse_unusable(bind: str) -> None:
    """Listens there for a moment, and raises BadParameter where the server could not."""
    if bind.startswith(UNIX):
        folder = Path(bind.removeprefix(UNIX)).parent
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            raise click.BadParameter(f"{bind} cannot be used: no file can be made there")
        return
    host, _, port = bind.rpartition(":")
    bare = host.removeprefix("[").removesuffix("]")
    family = socket.AF_INET6 if ":" in bare else socket.AF_INET
    try:
        socket.create_server((bare, int(port)), family=family).close()
    except OSError as error:
        raise click.BadParameter(f"{bind} cannot be used: {_why(error)}") from None
    except UnicodeError:
        raise click.BadParameter(f"{bind} cannot be used: it names no host") from None


def _why(error: OSError) -> str:
    """Returns what the system says, without the words that Python adds."""
    return (error.strerror or "").partition(" (")[0]


@click.command(epilog="Example: ect serve --bind 127.0.0.1:8000 --workers 4")
@click.option(
    "--bind",
    type=Bind(),
    default="127.0.0.1:8000",
    show_default=True,
    help="HOST:PORT or unix:PATH.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(bind: str, workers: int) -> None:
    """Serve the pages until stopped; what is under way then is finished first.

    Settings that are missing, wrong or unsafe are all named at once, and nothing is served.
    """
    from entrypoints.settings.checks import refuse_mistakes
    from entrypoints.web.platform.environment.settings import web_settings
    from entrypoints.web.serving import production

    settings = read_settings()
    refuse_mistakes(settings)
    web = web_settings(settings)
    for address in filter(None, (bind, web.metrics_bind)):
        refuse_unusable(address)
    try:
        production.serve(settings, web, bind, workers)
    except SystemExit as stop:  # gunicorn has statuses of its own
        raise SystemExit(Exit.OTHER if stop.code else Exit.DONE) from None
