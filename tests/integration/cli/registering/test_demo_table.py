"""Every row of docs/demo.md, by hand at the terminal: each rule of the catalogue and its edges."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ect_registration.use_cases.registering.ect_document import KEYS
from entrypoints.demo import DEMO_DATE, demo_world_text
from integration.cli.terminal import ect
from unit.documents.test_demo_world import mentor_rows, rows

STATUS = {None: 0, "refused": 1, "invalid": 2, "needs": 2, "unavailable": 3}


@pytest.fixture(scope="session")
def demo_town(tmp_path_factory):
    """The world file of the demo, beside a database with it loaded."""
    folder = tmp_path_factory.mktemp("demo")
    file = folder / "world.json"
    file.write_text(demo_world_text(), encoding="utf-8")
    settings = _settings(file, folder)
    assert ect("db", "upgrade", **settings).status == 0
    assert ect("world", "load", str(file), **settings).status == 0
    return file


def _settings(file, folder):
    return {
        "ECT_ENV": "demo",
        "ECT_TODAY": DEMO_DATE.isoformat(),
        "ECT_DATABASE_URL": f"sqlite:///{folder / 'ect.db'}",
        "ECT_TRS_URL": f"world:{file}",
    }


@pytest.mark.parametrize("row", list(rows()), ids=str)
def test_a_row_of_the_table_comes_true_at_the_terminal(demo_town, tmp_path, row):
    """Exit status, outcome and rule are those that the row says."""
    (tmp_path / "ect.db").write_bytes(demo_town.with_name("ect.db").read_bytes())
    settings = _settings(demo_town, tmp_path)
    checked = ect("check-ect", "--from", "-", stdin=row.request, **settings)
    ran = ect("register-ect", "--from", "-", stdin=row.request, **settings)
    kind = row.kind and row.kind.value
    allowed = {rule["rule"] for rule in checked.json["rules"] if rule["decision"] == "allowed"}

    assert (ran.status, ran.json["outcome"]) == (STATUS[kind], kind or "registered")
    assert (checked.status, checked.json["outcome"]) == (ran.status, ran.json["outcome"])
    assert row.rule in (allowed if kind is None else {ran.json["rule"]})


@pytest.mark.parametrize("row", list(mentor_rows()), ids=str)
def test_a_row_about_mentors_comes_true_at_the_terminal(demo_town, tmp_path, row):
    """A dry run says so before; both ids are those that the lists have."""
    (tmp_path / "ect.db").write_bytes(demo_town.with_name("ect.db").read_bytes())
    settings = _settings(demo_town, tmp_path)
    document = row.document(
        _id("ects", row.ect, row, settings), _id("mentors", row.trn, row, settings)
    )
    give = ("assign-mentor" if row.answers is None else "register-mentor", "--from", "-")
    tried = ect(*give, "--dry-run", stdin=document, **settings)
    ran = ect(*give, stdin=document, **settings)
    kind = row.kind and row.kind.value
    word = "assigned" if row.answers is None else "registered"

    assert (ran.status, ran.json["outcome"]) == (STATUS[kind], kind or word)
    assert (tried.status, tried.json["outcome"]) == (ran.status, ran.json["outcome"])
    assert ran.json.get("rule", row.rule) == row.rule


def test_the_whole_document_for_operators_registers_somebody(demo_town, tmp_path):
    """As docs/operating/work-of-schools.md has it, with every key that there is."""
    page = (Path(__file__).parents[4] / "docs" / "operating" / "work-of-schools.md").read_text(
        "utf-8"
    )
    section = page.partition("## ECTs")[2]
    document = json.loads(section.partition("```json")[2].partition("```")[0])
    (tmp_path / "ect.db").write_bytes(demo_town.with_name("ect.db").read_bytes())
    settings = _settings(demo_town, tmp_path)
    ran = ect("register-ect", "--from", "-", stdin=document, **settings)
    helped = ect("register-ect", "--help").out

    assert (ran.status, ran.json["outcome"]) == (0, "registered")
    assert set(document) == {*KEYS.checks, *KEYS.flags}
    assert [key for key in document if key not in helped] == []


def _id(what, trn, row, settings):
    listed = ect(what, "--school", row.school, "--format", "json", **settings).json
    return next((each["id"] for each in listed if each["trn"] == trn), None)
