"""Reads settings for a command, with a warning about names that are not settings."""

from __future__ import annotations

import click

from entrypoints.settings import config
from entrypoints.settings.config import Settings


def read_settings() -> Settings:
    """Reads the environment, and warns on standard error about a misspelt setting."""
    settings = config.read_settings()
    for name, problem in settings.found.unknown.items():
        click.echo(f"Warning: {name} {problem}", err=True)
    return settings
