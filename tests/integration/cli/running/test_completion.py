"""Shells complete commands and options."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from integration.cli.terminal import ect, ect_process


@pytest.mark.parametrize(
    ("shell", "part"),
    [("bash", "complete -o nosort"), ("zsh", "#compdef ect"), ("fish", "complete --no-files")],
)
def test_there_is_a_script_for_a_shell(shell, part):
    """On standard output, to be evaluated."""
    ran = ect("completion", shell)

    assert (ran.status, part in ran.out, "_ECT_COMPLETE" in ran.out) == (0, True, True)


def test_bash_understands_its_script():
    """It defines what completes."""
    bash = shutil.which("bash")
    assert bash is not None, "a shell for developers is expected"
    script = ect("completion", "bash").out
    ran = subprocess.run(
        [bash, "-c", script + "\ncomplete -p ect"], capture_output=True, text=True, check=False
    )

    assert (ran.returncode, "_ect_completion" in ran.stdout) == (0, True)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ect register", {"register-ect", "register-mentor"}),
        ("ect db ", {"check", "downgrade", "upgrade"}),
        ("ect --", {"--help", "--version"}),
        ("ect ects --", {"--school", "--format", "--help"}),
        ("ect men", {"mentor-training", "mentors"}),
        ("ect mentor-training ", {"load"}),
        (
            "ect assign-mentor --",
            {"--from", "--dry-run", "--notify", "--as", "--reason", "--help"},
        ),
        ("ect bulk bring-in ", {"ects", "mentors", "mentorships"}),
        ("ect rules --format ", {"table", "json", "jsonl", "csv"}),
    ],
)
def test_what_was_typed_is_completed(typed, offered):
    """With what can follow."""
    words = typed.split(" ")
    told = {"_ECT_COMPLETE": "bash_complete", "COMP_CWORD": str(len(words) - 1)}
    ran = ect_process(COMP_WORDS=" ".join(words), **told)

    assert (ran.status, {line.partition(",")[2] for line in ran.out.split()}) == (0, offered)
