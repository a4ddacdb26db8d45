"""Standard output that is closed, full, or cannot show everything."""

from __future__ import annotations

import os
import resource
import subprocess

import pytest

from integration.cli.terminal import ECT, ect, ect_process, environment
from integration.cli.town import NEWCOMER, VETERAN, a_registration


def no_room():
    """No file can grow at all."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


@pytest.mark.parametrize(
    "arguments", [("rules",), ("--help",), ("reference", "--help"), ("--version",)]
)
def test_a_full_disk_is_told_in_a_line(tmp_path, arguments):
    """Exit status 4, no stack trace, and nobody is asked to report a disk that is full."""
    with (tmp_path / "output.txt").open("wb") as full:
        ran = subprocess.run(
            [ECT, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment({}),
            preexec_fn=no_room,
            check=False,
        )

    assert (ran.returncode, ran.stderr) == (
        4,
        b"The result cannot be written: File too large\n",
    )


@pytest.mark.parametrize("arguments", [("rules", "no-such-rule"), ("db", "upgrade")])
def test_talk_that_cannot_be_written_is_no_refusal_by_a_rule(tmp_path, arguments):
    """Standard error on a full disk: exit status 4, or that of the mistake, never 1."""
    with (tmp_path / "talk.txt").open("wb") as full:
        ran = subprocess.run(
            [ECT, *arguments],
            stdout=subprocess.DEVNULL,
            stderr=full,
            env=environment({"ECT_DATABASE_URL": "sqlite:////nowhere/ect.db"}),
            preexec_fn=no_room,
            check=False,
        )

    assert ran.returncode in {2, 3, 4}


def test_output_that_is_closed_is_told():
    """As `ect rules >&-` does: nobody may take it for done."""
    ran = subprocess.run(
        f"{ECT} rules induction-passed >&-",
        shell=True,
        stderr=subprocess.PIPE,
        env=environment({}),
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (
        4,
        b"The result cannot be written: standard output is closed\n",
    )


@pytest.mark.parametrize("arguments", [("rules", "--format", "json"), ("--help",)])
def test_a_pipe_that_nobody_reads_ends_quietly(arguments):
    """As `ect rules | head -1` does; exit status 1 would be a refusal by a rule."""
    reader, writer = os.pipe()
    os.close(reader)
    ran = subprocess.run(
        [ECT, *arguments],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=environment({}),
        check=False,
    )
    os.close(writer)

    assert (ran.returncode, ran.stderr) == (4, b"")


def test_a_closed_input_is_a_mistake(settings):
    """Exit status 2."""
    ran = subprocess.run(
        ["sh", "-c", f"{ECT} register-ect --from - <&-"],
        capture_output=True,
        env=environment(settings),
        check=False,
    )

    assert (ran.returncode, ran.stdout) == (2, b"")
    assert ran.stderr.endswith(b"Error: Invalid value for '--from': Standard input is closed\n")


def test_an_input_that_cannot_be_read_is_a_mistake(settings, tmp_path):
    """One that is open for writing only."""
    with (tmp_path / "out").open("wb") as written:
        ran = subprocess.run(
            [ECT, "register-ect", "--from", "-"],
            stdin=written,
            capture_output=True,
            env=environment(settings),
            check=False,
        )

    assert (ran.returncode, ran.stdout) == (2, b"")
    assert b"<stdin> cannot be read: " in ran.stderr


def test_a_poor_terminal_shows_what_it_can(settings):
    """A name in Chinese where only Western European is known: JSON stays whole."""
    poor = {"PYTHONIOENCODING": "latin-1"}
    document = a_registration(corrected_name="Zoë 李小龙", same_person=True)
    registered = ect_process("register-ect", "--from", "-", stdin=document, **settings, **poor)
    listed = ect_process("ects", "--school", NEWCOMER, "--format", "csv", **settings, **poor)

    assert (registered.status, registered.json["ect"]["name"]) == (0, "Zoë 李小龙")
    assert (listed.status, r"\u674e\u5c0f\u9f99" in listed.out) == (0, True)


@pytest.mark.parametrize("columns", ["1", "0", "nonsense"])
def test_a_terminal_of_no_width_gets_a_table(settings, columns):
    """However it looks."""
    ran = ect("ects", "--school", VETERAN, **settings, COLUMNS=columns)

    assert (ran.status, "\n" in ran.out) == (0, True)
