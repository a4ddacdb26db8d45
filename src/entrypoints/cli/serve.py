"""`ect serve`: the production server."""

from __future__ import annotations

import click

from entrypoints.config import read_settings


@click.command(epilog="Example: ect serve --bind 127.0.0.1:8000 --workers 4")
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="Address and port.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True)
def serve(bind: str, workers: int) -> None:
    """Serve the pages with gunicorn until stopped; what is under way then is finished first."""
    from entrypoints.web import production
    from entrypoints.web.settings import read_web_settings

    production.serve(read_settings(), read_web_settings(), bind, workers)
