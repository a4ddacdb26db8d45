"""What is handed out to run the service: each command and setting in it is there."""

from __future__ import annotations

import configparser
import json
import re
import shlex
from itertools import takewhile
from pathlib import Path

import click
import pytest

from entrypoints.cli.main import ect
from entrypoints.settings.environment import FILE, NAMES
from integration.packaging.container import CONTAINERFILE, ROOT, instructions_of, runs_of

SYSTEMD = ROOT / "deploy" / "systemd"
UNITS = sorted([*SYSTEMD.glob("*.service"), *SYSTEMD.glob("*.timer")])
SETTING = re.compile(r"\bECT_[A-Z_]+\b")
ECT = "/srv/ect/bin/ect"
DEPLOYED = sorted(path for path in (ROOT / "deploy").rglob("*") if path.is_file())


class Unit(configparser.ConfigParser):
    """A unit of systemd, whose keys have capitals and may stand several times."""

    def optionxform(self, optionstr: str) -> str:
        """As it is."""
        return optionstr


def _read(unit: Path) -> configparser.ConfigParser:
    parser = Unit(strict=False, interpolation=None, delimiters=("=",))
    parser.read_string(unit.read_text("utf-8"))
    return parser


def _command(words: list[str]) -> click.Context:
    """The command that these words lead to, with its options read. Raises for a mistake."""
    context = ect.make_context("ect", list(words), resilient_parsing=False)
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(
            context, [*context._protected_args, *context.args]
        )
        assert command is not None
        context = command.make_context(name, list(rest), parent=context)
    return context


SERVICES = [unit for unit in UNITS if unit.suffix == ".service"]


@pytest.mark.parametrize("unit", SERVICES, ids=lambda unit: unit.name)
def test_a_unit_runs_a_command_that_there_is(unit: Path) -> None:
    """With options that it takes."""
    program, *words = shlex.split(_read(unit)["Service"]["ExecStart"])

    assert program == ECT
    *_, last = takewhile(lambda word: not word.startswith("-"), words)

    assert _command(words).command.name == last


def test_a_mistake_in_a_unit_would_be_noticed() -> None:
    """A command or an option that is not there."""
    with pytest.raises(click.UsageError):
        _command(["serve", "--no-such-option"])
    with pytest.raises(click.UsageError):
        _command(["no-such-command"])


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_timer_has_its_service_and_a_service_says_how_it_begins(unit: Path) -> None:
    """A service without a timer begins with the system."""
    parsed = _read(unit)
    if unit.suffix == ".timer":
        assert unit.with_suffix(".service").exists()
        assert parsed["Install"]["WantedBy"] == "timers.target"
    else:
        assert unit.with_suffix(".timer").exists() or parsed["Install"]["WantedBy"]


@pytest.mark.parametrize("file", DEPLOYED, ids=lambda file: file.name)
def test_every_setting_that_is_named_is_one(file: Path) -> None:
    """A misspelt one would leave the service without it."""
    known = {*NAMES, *(name + FILE for name in NAMES)}

    assert set(SETTING.findall(file.read_text("utf-8"))) <= known


def test_secrets_are_given_to_units_as_files() -> None:
    """Each credential that is loaded is read as a setting, and the other way round."""
    for unit in SERVICES:
        text = unit.read_text("utf-8")
        loaded = set(re.findall(r"^LoadCredential=(\w+):", text, re.MULTILINE))
        read = dict(re.findall(r"^Environment=(ECT_\w+)_FILE=%d/(\w+)$", text, re.MULTILINE))

        assert {name.removeprefix("ECT_").lower() for name in read} == set(read.values()) == loaded


def test_the_image_is_made_by_the_steps_that_are_documented() -> None:
    """The wheels of make dist, installed as docs/operating/installing.md says."""
    build, image = runs_of(CONTAINERFILE.read_text("utf-8"))
    documented = (ROOT / "docs" / "operating" / "installing.md").read_text("utf-8")
    told = re.findall(r"^/srv/ect/bin/pip install (.*)$", documented, re.MULTILINE)
    done = [step for step in image if "/pip install " in step]
    places = {"/tmp/dist": "dist", "/tmp/runtime.txt": "requirements/runtime.txt"}

    def plain(step: str) -> str:
        words = step.replace("--no-cache-dir ", "").partition("/pip install ")[2]
        return re.sub("|".join(places), lambda found: places[found[0]], words)

    assert build[-1] == "make dist"
    assert [plain(step) for step in done] == told


def test_the_image_runs_as_a_user_without_rights_and_says_how_it_is() -> None:
    """A command that there is, and a check of health."""
    found = dict(instructions_of(CONTAINERFILE.read_text("utf-8")))
    words = json.loads(found["CMD"])

    assert found["USER"] not in {"0", "root"}
    assert json.loads(found["ENTRYPOINT"]) == [ECT]
    assert _command(words).command.name == "serve"
    assert "/health/live" in found["HEALTHCHECK"]
