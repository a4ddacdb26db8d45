"""Prints the script that makes a shell complete commands and options: `ect completion`."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from entrypoints.cli.main import ect
from entrypoints.cli.terminal.output import write


@click.command(epilog='Example: eval "$(ect completion bash)"')
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the completion script of a shell.

    For bash the example below goes into ~/.bashrc, and with zsh for bash into ~/.zshrc; for fish
    save the script as ~/.config/fish/completions/ect.fish.
    """
    found = get_completion_class(shell)
    if found is None:  # the choice above lists only shells that Click knows
        raise click.BadParameter(f"Completion for {shell} is not known")
    write(found(ect, {}, "ect", "_ECT_COMPLETE").source() + "\n")
