"""The command line imports each command when it is called, by a name that must exist."""

from __future__ import annotations

import importlib

import click
import pytest

from entrypoints.cli.main import COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_can_be_imported(name):
    """A module that moved would only be missed when somebody calls the command."""
    module, attribute = COMMANDS[name][0].split(":")
    command = getattr(importlib.import_module(f"entrypoints.cli.{module}"), attribute)

    assert isinstance(command, click.Command)
