"""Settings: each that is missing, wrong or unsafe is named in one line, when it is needed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from entrypoints.cli.terminal.error_messages import explain
from integration.cli.terminal import ect, environment
from integration.cli.town import NEWCOMER, a_registration

SIGNED = ("--as", "Rosa Lind", "--reason", "asked by telephone")
REGISTER = ("register-ect", "--from", "-", *SIGNED)
LIST = ("ects", "--school", NEWCOMER)
TRS = {"ECT_TRS_URL": "https://trs.example", "ECT_TRS_API_KEY": "a-key"}
SQLITE = "sqlite:///no-such.db"

# What is set on top of everything that is right, the setting at fault, and what is said of it.
AT_FAULT = [
    ({"ECT_DATABASE_URL": None}, "ECT_DATABASE_URL", "is not set"),
    ({"ECT_DATABASE_URL": ""}, "ECT_DATABASE_URL", "is not set"),
    ({"ECT_DATABASE_URL": "nonsense"}, "ECT_DATABASE_URL", "cannot be used"),
    ({"ECT_DATABASE_URL": "mysql://localhost/ect"}, "ECT_DATABASE_URL", "cannot be used"),
    ({"ECT_DATABASE_URL": "postgresql://host:port/ect"}, "ECT_DATABASE_URL", "cannot be used"),
    ({"ECT_DATABASE_URL": "sqlite://folder/ect.db"}, "ECT_DATABASE_URL", "sqlite:////FULL/PATH"),
    ({"ECT_DATABASE_URL": "sqlite://ect.db"}, "ECT_DATABASE_URL", "three slashes"),
    ({"ECT_DATABASE_POOL_SIZE": "0"}, "ECT_DATABASE_POOL_SIZE", "must be a number from 1 to 100"),
    ({"ECT_DATABASE_POOL_OVERFLOW": "x"}, "ECT_DATABASE_POOL_OVERFLOW", "must be a number"),
    ({"ECT_DATABASE_POOLER": "pgbouncer"}, "ECT_DATABASE_POOLER", "one of none, transaction"),
    ({"ECT_TRS_URL": None}, "ECT_TRS_URL", "is not set"),
    ({"ECT_TRS_URL": "world:no-such-file.json"}, "ECT_TRS_URL", "cannot be read"),
    ({"ECT_TRS_URL": "world:/"}, "ECT_TRS_URL", "cannot be read"),
    ({"ECT_TRS_URL": "world:/dev/null"}, "ECT_TRS_URL", "with a mistake: $"),
    ({"ECT_TRS_URL": "nonsense"}, "ECT_TRS_URL", "must be an https address"),
    ({"ECT_TRS_URL": "http://[::1"}, "ECT_TRS_URL", "must be an https address"),
    ({"ECT_TRS_URL": "ftp://trs.example"}, "ECT_TRS_URL", "must be an https address"),
    ({"ECT_TRS_URL": "https://"}, "ECT_TRS_URL", "must be an https address"),
    ({**TRS, "ECT_TRS_URL": "http://trs.example"}, "ECT_TRS_URL", "must be https"),
    ({**TRS, "ECT_TRS_URL": "http://127.0.0.1.example"}, "ECT_TRS_URL", "must be https"),
    ({**TRS, "ECT_TRS_URL": "https://trs.example/v3"}, "ECT_TRS_URL", "must end after"),
    ({**TRS, "ECT_TRS_URL": "https://me:pw@trs.example"}, "ECT_TRS_URL", "must not hold"),
    ({**TRS, "ECT_TRS_API_KEY": None}, "ECT_TRS_API_KEY", "is not set"),
    ({**TRS, "ECT_TRS_API_KEY": "a key"}, "ECT_TRS_API_KEY", "without blanks"),
    ({**TRS, "ECT_TRS_API_VERSION": "Next"}, "ECT_TRS_API_VERSION", "must be eight digits"),
    ({**TRS, "ECT_TRS_DEADLINE": "soon"}, "ECT_TRS_DEADLINE", "must be a number"),
    ({**TRS, "ECT_TRS_DEADLINE": "0"}, "ECT_TRS_DEADLINE", "must be a number"),
    ({**TRS, "ECT_TRS_DEADLINE": "nan"}, "ECT_TRS_DEADLINE", "must be a number"),
    ({**TRS, "ECT_TRS_DEADLINE": "3600"}, "ECT_TRS_DEADLINE", "must be a number"),
    ({"ECT_ENV": "staging"}, "ECT_ENV", "must be one of production, test, demo"),
    ({"ECT_TODAY": "tomorrow"}, "ECT_TODAY", "must be a date"),
    ({"ECT_TODAY": "2025-02-29"}, "ECT_TODAY", "must be a date"),
    ({"ECT_TODAY": "20250910"}, "ECT_TODAY", "must be a date"),
    ({"ECT_TODAY": "9999-12-31"}, "ECT_TODAY", "must be a date"),
    ({"ECT_TODAY": "0001-01-01"}, "ECT_TODAY", "must be a date"),
]
REAL = {"ECT_ENV": "production", "ECT_TODAY": None, **TRS}
UNSAFE = [
    ({**REAL, "ECT_TODAY": "2025-09-10"}, "ECT_TODAY", "must not be set in production"),
    ({**REAL, "ECT_TRS_URL": "world:world.json"}, "ECT_TRS_URL", "must not be a world file"),
    ({**REAL, "ECT_TRS_URL": "http://trs.example"}, "ECT_TRS_URL", "must be https"),
    ({**REAL, "ECT_DATABASE_URL": "sqlite://"}, "ECT_DATABASE_URL", "must not be in memory"),
    ({**REAL, "ECT_DATABASE_URL": "sqlite:///"}, "ECT_DATABASE_URL", "must not be in memory"),
    (
        {**REAL, "ECT_DATABASE_URL": "sqlite+pysqlite:///:memory:"},
        "ECT_DATABASE_URL",
        "must not be in memory",
    ),
    (
        {**REAL, "ECT_DATABASE_URL": "sqlite:///?cache=shared"},
        "ECT_DATABASE_URL",
        "must not be in memory",
    ),
    (
        {**REAL, "ECT_DATABASE_URL": "sqlite:///file:ect?mode=memory"},
        "ECT_DATABASE_URL",
        "must not be in memory",
    ),
]


def with_changes(settings, changes):
    """The settings as changed; None takes one away."""
    return {name: value for name, value in (settings | changes).items() if value is not None}


@pytest.mark.parametrize(("changes", "name", "problem"), [*AT_FAULT, *UNSAFE])
def test_a_setting_at_fault_is_named_in_one_line(settings, changes, name, problem):
    """Exit status 2; nothing on standard output."""
    ran = ect(*REGISTER, stdin=a_registration(), **with_changes(settings, changes))

    assert (ran.status, ran.out) == (2, "")
    assert ran.line.startswith(f"Setting {name} ")
    assert problem in ran.line


@pytest.mark.parametrize(("changes", "name", "problem"), UNSAFE)
def test_what_is_not_set_to_anything_is_production(settings, changes, name, problem):
    """Whoever forgets ECT_ENV is on the safe side."""
    unset = with_changes(settings, {**changes, "ECT_ENV": None})
    ran = ect(*REGISTER, stdin=a_registration(), **unset)

    assert (ran.status, ran.line.startswith(f"Setting {name} ")) == (2, True)


@pytest.mark.parametrize("value", ["s3cret", "postgresql://ect:s3cret@[::1/ect", "s3cret:///x"])
def test_a_value_is_never_repeated(settings, value):
    """An address of a database may hold a password."""
    for name in ("ECT_DATABASE_URL", "ECT_TRS_URL", "ECT_ENV", "ECT_TODAY"):
        ran = ect(*REGISTER, stdin=a_registration(), **settings | {name: value})

        assert (ran.status, "s3cret" in ran.err + ran.out) == (2, False)


def test_a_command_needs_only_what_it_uses(settings):
    """A list asks neither TRS nor for its key."""
    ran = ect(*LIST, ECT_DATABASE_URL=settings["ECT_DATABASE_URL"])

    assert ran.status == 0


@pytest.mark.parametrize(
    "arguments", [("--help",), ("rules",), ("register-ect", "--help"), ("completion", "bash")]
)
def test_some_need_nothing(arguments):
    """Nor do settings that are wrong disturb them."""
    wrong = {"ECT_ENV": "staging", "ECT_TODAY": "tomorrow", "ECT_DATABASE_URL": "nonsense"}

    assert ect(*arguments).status == ect(*arguments, **wrong).status == 0


def test_a_package_that_is_not_installed_is_named():
    """The message says which distribution brings it."""
    program = (
        "import sys; sys.modules['psycopg'] = None; from entrypoints.cli.main import run; run()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program, *LIST],
        capture_output=True,
        text=True,
        env=environment({"ECT_DATABASE_URL": "postgresql://localhost/ect"}),
        check=False,
    )

    needed = "ect-registration-service with its dependencies"
    assert ran.returncode == 4
    assert ran.stderr == f"The package psycopg is not installed: install {needed}\n"


def test_the_simulator_is_a_package_to_install_besides(capsys):
    """A production server does without it, so the service does not bring it."""
    missing = ModuleNotFoundError(name="trs_simulator.app")

    assert explain(missing) == 4
    assert capsys.readouterr().err == (
        "The package trs_simulator is not installed: install ect-trs-simulator\n"
    )
