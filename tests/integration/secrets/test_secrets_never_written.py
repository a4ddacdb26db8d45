"""Everything is driven, and everything that was put out or kept is searched: nothing is found."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

from integration.postgresql import fresh_postgresql_url
from integration.secrets.driving.at_the_terminal import every_command
from integration.secrets.driving.everything import drive_everything
from integration.secrets.spellings import leaks_in
from integration.secrets.stage import the_service
from integration.web.register_ect.test_register_ect_stops import REFUSING
from integration.web.register_mentor.test_register_mentor_stops import REFUSING as REFUSING_MENTORS

PARTS = {"parts", "macros"}
DRIVES_OF_PAGES = (
    "tests/integration/secrets/driving/on_pages.py for ECTs, mentors_on_pages.py there for mentors"
)
EXTENDS = re.compile(r'{% extends "([^"]*)" %}')


@pytest.fixture(params=["sqlite", "postgresql"], scope="module")
def stage(request, tmp_path_factory):
    """The service on each database, after every drive."""
    folder = tmp_path_factory.mktemp("written")
    if request.param == "sqlite":
        with the_service(f"sqlite:///{folder / 'ect.db'}", folder) as stage:
            yield drive_everything(stage)
        return
    # A new one: where much was written before, numbers of rows come to look like years of birth.
    with the_service(fresh_postgresql_url(), folder) as stage:
        yield drive_everything(stage)


def test_nothing_of_the_secrets_is_anywhere(stage):
    """No answer, cookie, log, metric, error, row or file has a date of birth or a number."""
    assert leaks_in(stage.evidence()) == []


def test_every_rule_that_refuses_was_met(stage):
    """A rule without a drive would go unsearched."""
    unmet = (REFUSING | REFUSING_MENTORS) - stage.ears.rules
    assert unmet == set(), f"meet each in a drive: {DRIVES_OF_PAGES}"


def test_every_command_was_run(stage):
    """A command without a drive would go unsearched."""
    assert every_command() - stage.commands == set()


def test_every_page_was_shown(stage):
    """A page without a drive would go unsearched."""
    root = Path(str(files("entrypoints.web").joinpath("templates")))
    found = [page for page in root.rglob("*.html") if not PARTS & set(page.parts)]
    bases = {base for page in found for base in EXTENDS.findall(page.read_text("utf-8"))}

    unseen = {str(page.relative_to(root)) for page in found} - bases - stage.ears.templates
    assert unseen == set(), f"show each in a drive: {DRIVES_OF_PAGES}"
