"""Runs the command `ect`, whose commands are loaded only when they are called."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Sequence
from typing import IO

import click
from click.exceptions import NoSuchCommand

from entrypoints.cli.terminal.exits import Exit

# name -> (module:attribute, what it does). The help of a group needs no module but this.
COMMANDS = {
    "assign-mentor": ("school.mentoring:assign_mentor_command", "Assign a mentor of the school."),
    "bulk": ("operate.people.bulk:bulk", "Register many from one file."),
    "change-ect": ("school.details:change_ect_command", "Change an ECT's details."),
    "change-mentor": ("school.details:change_mentor_command", "Change a mentor's details."),
    "check-ect": (
        "school.register:check_ect_command",
        "Check a registration by every rule.",
    ),
    "completion": ("terminal.completion:completion", "Print the shell's completion script."),
    "db": ("operate.database.db:db", "Create, upgrade and check the database."),
    "demo": ("run.demo:demo", "Serve the pages with invented people."),
    "doctor": ("operate.doctor:doctor", "Check settings, database, TRS, sign-in."),
    "ects": ("school.ects:ects", "List the ECTs of a school."),
    "find": ("operate.people.find:find", "Find people and schools."),
    "gias": ("operate.gias:gias", "Import schools from GIAS."),
    "history": ("operate.database.history:history", "Check the history."),
    "leaving": ("school.changing:leaving_command", "Report or correct a last day."),
    "mentor-training": (
        "operate.people.mentor_training:mentor_training",
        "Load earlier mentor training.",
    ),
    "mentors": ("school.mentors:mentors", "List the mentors of a school."),
    "outbox": ("operate.outbox:outbox", "Send and list notices."),
    "partnerships": ("operate.partnerships:partnerships", "Report a partnership."),
    "person": ("operate.people.person:person", "Show what we keep about a person."),
    "purge": ("operate.database.purge:purge", "Remove expired data."),
    "reference": (
        "operate.reference.commands:reference",
        "Show and change reference data.",
    ),
    "register-ect": ("school.register:register_ect_command", "Register one ECT."),
    "register-mentor": (
        "school.mentoring:register_mentor_command",
        "Register a mentor; assign them.",
    ),
    "remove-mentor": ("school.changing:remove_mentor_command", "End an ECT's mentorship."),
    "report": ("operate.report:report", "Show what operators look at."),
    "rules": ("rules:rules", "Show all rules, or one rule."),
    "schema": ("school.schema:schema", "Print the JSON Schema of a document."),
    "schools": ("operate.schools:schools", "Move or end records of closed schools."),
    "serve": ("run.serve:serve", "Serve the pages, in production."),
    "sessions": ("operate.sessions:sessions", "List users signed in; sign them out."),
    "statistics": ("operate.statistics:statistics", "Count ECTs and mentors."),
    "tokens": ("operate.tokens:tokens", "Tokens of lead providers."),
    "trs": ("operate.trs:trs", "Ask the Teaching Record System."),
    "trs-simulator": ("run.simulator:simulator", "Serve a world's people as the TRS."),
    "undo": ("school.changing:undo_command", "Undo a registration by mistake."),
    "world": ("operate.world:world", "Load a world file, for demo and test."),
}


class LazyGroup(click.Group):
    """Lists and completes its commands without importing them."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Returns the names of the commands in alphabetical order."""
        return sorted(COMMANDS)

    def get_command(self, _: click.Context, cmd_name: str) -> click.Command | None:
        """Imports the command that is called."""
        if cmd_name not in COMMANDS:
            return None
        module_name, attribute = COMMANDS[cmd_name][0].split(":")
        module = importlib.import_module(f"entrypoints.cli.{module_name}")
        command: click.Command = getattr(module, attribute)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Suggests commands with a name like one that there is not."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            raise NoSuchCommand(error.command_name, possibilities=COMMANDS, ctx=ctx) from None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Writes one line for each command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in self.list_commands(ctx)])

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """Returns the commands that begin with what was typed, and the options."""
        from click.shell_completion import CompletionItem

        names = [name for name in self.list_commands(ctx) if name.startswith(incomplete)]
        commands = [CompletionItem(name, help=COMMANDS[name][1]) for name in names]
        return [*commands, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=LazyGroup,
    epilog="Example: ect register-ect --from registration.json",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(package_name="ect-registration-service")
def ect() -> None:
    """Register early career teachers (ECTs) and their mentors.

    Data goes to standard output, talk to standard error. Exit status: 0 done, 1 refused by a
    rule, 2 input not valid or not complete, 3 a service we depend on is out of reach,
    4 anything else, 130 stopped with Ctrl-C.
    """


def run() -> None:
    """Runs a command, and leaves with the exit status that says what came of it."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # a poor terminal is no reason to fail
    status = status_of(sys.argv[1:])
    if sys.stdout is None:  # closed by the caller: there is nothing to finish
        sys.exit(status)
    try:
        click.echo(nl=False)
    except OSError:  # it has been told; Python would try again, and tell it in its own way
        _say_no_more(sys.stdout)
    sys.exit(status)


def status_of(arguments: Sequence[str]) -> int:
    """Runs a command, and tells whatever happens in a line, never as a stack trace."""
    try:
        return _ran(arguments)
    except OSError:  # standard error is closed, so there is nowhere to say it
        if sys.stderr is not None:
            _say_no_more(sys.stderr)
        return Exit.OTHER


def _say_no_more(stream: IO[str]) -> None:
    """Sends what is still to be written, and all that follows, nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _ran(arguments: Sequence[str]) -> int:
    output = sys.stdout
    try:
        return int(ect.main(list(arguments), prog_name="ect", standalone_mode=False) or 0)
    except SystemExit as stop:
        # When its help is not read, Click puts another output in place and leaves with 1,
        # although no rule refused anything.
        return int(stop.code or 0) if sys.stdout is output else Exit.OTHER
    except click.ClickException as error:
        error.show()
        return Exit.INVALID
    except (click.Abort, KeyboardInterrupt) as stopped:
        click.echo("Stopped.", err=True)
        return Exit.OTHER if isinstance(stopped.__context__, EOFError) else Exit.STOPPED
    except Exception as error:  # noqa: BLE001 - the last border before a person
        from entrypoints.cli.terminal.error_messages import explain

        return explain(error)
