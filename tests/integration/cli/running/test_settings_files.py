"""Settings from files, names that are no settings, and who is at the terminal."""

from __future__ import annotations

import os
import pwd

import pytest

from entrypoints.settings.config import SettingsError, read_settings
from entrypoints.settings.environment import NAMES, read_environment
from integration.cli.terminal import ect
from integration.cli.town import LEAVER, MAYA, VETERAN, a_registration

LIST = ("ects", "--school", VETERAN)


@pytest.fixture
def file(tmp_path):
    """Write a text to a file; its path."""

    def write(text, name="setting"):
        path = tmp_path / name
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return str(path)

    return write


@pytest.mark.parametrize("name", NAMES)
def test_any_setting_may_be_given_as_a_file(file, name):
    """One line break at its end is dropped, and nothing else."""
    found = read_environment({f"{name}_FILE": file("a value \n\r\n")})

    assert (found.text(name), found.unreadable, found.unknown) == ("a value \n", {}, {})


def test_a_command_reads_the_file(settings, file):
    """As if the variable held what is in it."""
    address = file(settings.pop("ECT_DATABASE_URL") + "\n")

    assert ect(*LIST, ECT_DATABASE_URL_FILE=address, **settings).status == 0


@pytest.mark.parametrize("text", [b"\xff\xfe", b"sqlite:///\0", b"x" * 70_000, None])
def test_a_file_that_cannot_be_read_is_named_by_its_setting(settings, file, text):
    """In one line, without what is in it."""
    path = "/no/such/file" if text is None else file(text)
    del settings["ECT_DATABASE_URL"]
    ran = ect(*LIST, ECT_DATABASE_URL_FILE=path, **settings)

    assert (ran.status, ran.out) == (2, "")
    assert ran.line == "Setting ECT_DATABASE_URL_FILE must name a readable file of text in UTF-8"


def test_a_setting_given_both_ways_is_a_mistake(settings, file):
    """Nobody can tell which of them was meant; which of them is empty is not given."""
    address = settings["ECT_DATABASE_URL"]
    both = ect(*LIST, ECT_DATABASE_URL_FILE=file(address), **settings)
    empty = ect(*LIST, ECT_DATABASE_URL_FILE="", **settings)

    problem = "must not be set together with ECT_DATABASE_URL_FILE"
    assert (both.status, both.line) == (2, f"Setting ECT_DATABASE_URL {problem}")
    assert empty.status == 0


def test_an_empty_file_is_no_setting(settings, file):
    """As an empty variable is none."""
    del settings["ECT_DATABASE_URL"]
    ran = ect(*LIST, ECT_DATABASE_URL_FILE=file("\n"), **settings)

    assert (ran.status, ran.line.startswith("Setting ECT_DATABASE_URL is not set")) == (2, True)


def test_a_file_that_a_command_does_not_need_disturbs_nobody(settings):
    """Whoever lists need not be able to read the secret of sign-in."""
    ran = ect(*LIST, ECT_OIDC_CLIENT_SECRET_FILE="/no/such/file", **settings)

    assert (ran.status, ran.err) == (0, "")


def test_a_file_of_the_sign_in_makes_it_wanted():
    """Even one that cannot be read."""
    settings = read_settings({"ECT_ENV": "test", "ECT_DSI_API_SECRET_FILE": "/no/such/file"})

    assert settings.needs_sign_in
    with pytest.raises(SettingsError):
        settings.for_sign_in("ECT_DSI_API_SECRET")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("ECT_DATABSE_URL", "did you mean ECT_DATABASE_URL?"),
        ("ECT_SECRET_KEY_FIEL", "did you mean ECT_SECRET_KEY_FILE?"),
        ("ECT_SOMETHING_ELSE_ALTOGETHER", "is not a setting of this service"),
        ("ECT_\x1b[31m", "is not a setting of this service"),
    ],
)
def test_an_unknown_name_is_told(settings, name, problem):
    """A warning; the command runs, and nothing steers the terminal."""
    ran = ect(*LIST, **settings, **{name: "secret"})

    assert (ran.status, ran.line.startswith("Warning: ECT_")) == (0, True)
    assert problem in ran.line
    assert "secret" not in ran.err
    assert "\x1b" not in ran.err


def test_history_names_the_operator_and_the_account(settings):
    """Whatever LOGNAME and USER say: the system knows whose process it is."""
    account = pwd.getpwuid(os.getuid()).pw_name
    register = ("register-ect", "--from", "-")
    said = {"LOGNAME": "someone.else", "USER": "someone.else", "ECT_OPERATOR": "Anna Example"}
    assert ect(*register, stdin=a_registration(), **settings, **said).status == 0
    [change] = ect("person", MAYA, "--export", **settings).json["history"]
    [earlier] = ect("person", LEAVER, "--export", **settings).json["history"]

    assert change["actor"] == f"operator:Anna Example ({account})"
    assert earlier["actor"] == f"operator:{account}"


@pytest.mark.parametrize("name", ["two\nlines", " blank", "x" * 101, "bell\a"])
def test_an_operator_has_a_name_on_one_line(settings, name):
    """Before anything is written."""
    ran = ect("register-ect", "--from", "-", stdin=a_registration(), **settings, ECT_OPERATOR=name)

    assert (ran.status, ran.line.startswith("Setting ECT_OPERATOR must ")) == (2, True)
