"""What a command says of itself. No setting is needed for that."""

from __future__ import annotations

import importlib.metadata
import subprocess
import sys

import click
import pytest

from entrypoints.cli.main import COMMANDS
from entrypoints.cli.main import ect as root
from integration.cli.terminal import ECT, ect, environment


def command_paths(command=root, path=()):
    """Every command there is, groups included."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from command_paths(command.get_command(context, name), (*path, name))


PATHS = list(command_paths())


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(("ect", *path)))
def test_help_has_an_example(path):
    """Of that very command, on standard output, with nothing set."""
    ran = ect(*path, "--help")
    example = " ".join(("ect", *path))

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: {example} ")
    assert f"{example} " in " ".join(ran.out.partition("Example: ")[2].split()) + " "


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(("ect", *path)))
def test_the_list_of_commands_cuts_no_line_short(path):
    """A line that ends in "..." does not say what the command is for."""
    listed = ect(*path, "--help").out.partition("\nCommands:\n")[2]

    assert [line for line in listed.splitlines() if line.endswith("...")] == []


def _command(path):
    command = root
    for name in path:
        command = command.get_command(click.Context(command), name)
    return command


@pytest.mark.parametrize("path", PATHS, ids=lambda path: " ".join(("ect", *path)))
def test_a_command_that_needs_a_name_takes_it(path):
    """`operator-is-named`: a refusal tells people to give --as. Worlds are not for production."""
    command = _command(path)
    names = {"operator", "acting_for_school"} & set(command.callback.__code__.co_names)
    if names and path != ("world", "load"):
        assert "--as" in [option for param in command.params for option in param.opts]


NO_URN = "Invalid value for {}: Enter a school’s URN, 5 to 7 digits"
NO_DAY = "Invalid value for {}: Enter a real date as year-month-day, like 2025-09-01"
NO_YEAR = (
    "Invalid value for {}: Give the first year of an academic year, from 1900 to 2100, like 2025"
)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("report", "outcomes", "--since", "2025-02-30"), NO_DAY.format("'--since'")),
        (("report", "names", "--since", "1 May"), NO_DAY.format("'--since'")),
        (("schools", "end", "100001", "--on", "soon"), NO_DAY.format("'--on'")),
        (
            ("tokens", "create", "--lead-provider", "x", "--expires", "1"),
            NO_DAY.format("'--expires'"),
        ),
        (("reference", "prepare-year", "abc"), NO_YEAR.format("'YEAR'")),
        (("statistics", "--year", "1899"), NO_YEAR.format("'--year'")),
        (("ects", "--school", "abc"), NO_URN.format("--school")),
        (("schools", "move", "--from", "x", "--to", "100001"), NO_URN.format("--from")),
        (("schools", "move", "--from", "100001", "--to", "x"), NO_URN.format("--to")),
        (("schools", "end", "x", "--on", "2025-09-01"), NO_URN.format("URN")),
    ],
)
def test_a_value_that_is_not_right_is_told_with_its_option(settings, arguments, says):
    """The message is a sentence that says what to give."""
    ran = ect(*arguments, **settings)

    assert (ran.status, says in ran.err) == (2, True), ran.err


def test_the_school_of_a_last_day_is_told_with_its_option(settings):
    """A URN that cannot be read is told as `ect ects` tells it."""
    id = "00000000-0000-4000-8000-000000000000"
    ran = ect("leaving", "ect", id, "--school", "abc", "--on", "2025-12-19", **settings)

    assert (ran.status, NO_URN.format("--school") in ran.err) == (2, True), ran.err


def test_the_main_help_tells_the_exit_statuses():
    """And each command in a line that fits a narrow terminal."""
    lines = ect("--help").out.splitlines()

    assert {name for name in COMMANDS if any(line.split()[:1] == [name] for line in lines)} == set(
        COMMANDS
    )
    assert "4 anything else" in " ".join(" ".join(lines).split())
    assert max(map(len, lines)) <= 80


def test_a_group_without_a_command_tells_its_commands():
    """On standard error: nothing was asked for."""
    ran = ect("db")

    assert (ran.status, ran.out, "upgrade" in ran.err) == (2, "", True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["db", "nonsense"],
        ["ects"],
        ["ects", "--school"],
        ["ects", "--school", "100001", "--format", "xml"],
        ["rules", "no-such-rule"],
        ["trs-simulator", "--port", "70000", "--world", "/dev/null"],
        ["demo", "--today", "2025-02-29"],
        ["demo", "--today", "9999-01-01"],
        ["register-ect", "--dry-run"],
        ["register-ect", "--from", "/no/such/file"],
        ["register-ect", "--from", "/"],
        ["register-mentor"],
        ["register-mentor", "--from", "/no/such/file"],
        ["assign-mentor"],
        ["assign-mentor", "--dry-run"],
        ["assign-mentor", "--from", "/"],
        ["mentors"],
        ["mentors", "--school", "100001", "--format", "xml"],
        ["mentor-training", "load"],
        ["mentor-training", "load", "/no/such/file"],
        ["mentor-training", "load", "/"],
        ["check-ect"],
        ["check-ect", "--from", "/no/such/file"],
        ["partnerships", "report", "--from", "/"],
        ["world", "load", "/no/such/file"],
        ["world", "load", "/"],
    ],
)
def test_a_command_used_wrongly_says_how_to_use_it(arguments):
    """Exit status 2, on standard error."""
    ran = ect(*arguments)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[-1].startswith("Error: ")


@pytest.mark.parametrize(
    ("arguments", "meant"),
    [
        (["regster-ect"], "'register-ect'"),
        (["db", "upgrad"], "'upgrade'"),
        (["rules", "induction-pased"], "did you mean induction-passed?"),
    ],
)
def test_what_was_meant_is_suggested(arguments, meant):
    """For a slip of the fingers."""
    ran = ect(*arguments)

    assert (ran.status, meant in ran.err) == (2, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ["--markdown", "--format", "json"],
        ["--markdown", "--markdown-page"],
        ["induction-passed", "--markdown-page"],
    ],
)
def test_rules_are_printed_in_one_way(arguments):
    """Rather than one option without effect."""
    assert ect("rules", *arguments).status == 2


def test_without_the_package_for_commands_its_name_is_told():
    """Whoever installed the library alone has the command all the same."""
    program = (
        "import sys; sys.modules['click'] = None; from entrypoints.cli.start import run; run()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout) == (4, "")
    needed = "ect-registration-service with its dependencies"
    assert ran.stderr == f"The package click is not installed: install {needed}\n"


def test_without_the_simulator_the_package_that_brings_it_is_told(tmp_path):
    """It is a distribution of its own: the service's does not hold it."""
    program = (
        "import sys; sys.modules['trs_simulator'] = None; from entrypoints.cli.start import run;"
        "run()"
    )
    world = tmp_path / "world.json"
    world.write_text("{}")
    arguments = ["trs-simulator", "--world", str(world), "--port", "0"]
    ran = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, ran.stdout) == (4, "")
    assert ran.stderr == "The package trs_simulator is not installed: install ect-trs-simulator\n"


def test_the_version_is_that_of_the_package():
    """As it was installed."""
    version = importlib.metadata.version("ect-registration-service")

    assert ect("--version").out == f"ect, version {version}\n"


def test_help_loads_no_database_and_no_network():
    """Whoever asks for help does not wait for them; and of the main help, for Click alone."""
    program = (
        "import sys; from entrypoints.cli.main import status_of\n"
        "def loaded(*names): return {n.split('.')[0] for n in sys.modules} & set(names)\n"
        "status_of(['--help'])\n"
        "print(loaded('rich', 'ect_registration', 'adapters'), file=sys.stderr)\n"
        f"for path in {PATHS!r}: status_of([*path, '--help'])\n"
        "print(loaded('sqlalchemy', 'httpx', 'alembic', 'rich'), file=sys.stderr)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=environment({}),
        check=True,
    )

    assert ran.stderr == "set()\nset()\n"


def test_the_command_is_installed():
    """Under its name, beside the interpreter."""
    ran = subprocess.run(
        [ECT, "-h"], capture_output=True, text=True, env=environment({}), check=True
    )

    assert ran.stdout.split() == ect("--help").out.split()
