"""Whatever lists: a table for people, JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
import json

import pytest

from ect_registration.domain.catalogue import CATALOGUE
from entrypoints.cli.terminal.tables import as_table
from integration.cli.terminal import ect
from integration.cli.town import (
    ECT_KEYS,
    LEAVER,
    MENTOR,
    MENTOR_KEYS,
    NEWCOMER,
    OMAR,
    VETERAN,
    a_registration,
)

LISTS = {
    "ects": ("ects", "--school", VETERAN),
    "mentors": ("mentors", "--school", VETERAN),
    "rules": ("rules",),
    "doctor": ("doctor",),
    "db check": ("db", "check", "--declared-only"),
}


def read_csv(text):
    """As a spreadsheet would, header and rows."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("arguments", LISTS.values(), ids=LISTS)
def test_a_list_is_the_same_in_every_format(settings, arguments):
    """So many rows, under the same names."""
    table, as_json, as_csv, in_lines = (
        ect(*arguments, "--format", form, **settings) for form in ("table", "json", "csv", "jsonl")
    )
    rows = as_json.json

    assert {table.status, as_json.status, as_csv.status, in_lines.status} == {0}
    assert (table.err, as_json.err, as_csv.err, in_lines.err) == ("", "", "", "")
    assert isinstance(rows, list)
    assert [json.loads(line) for line in in_lines.out.splitlines()] == rows
    assert [set(row) for row in read_csv(as_csv.out)] == [set(row) for row in rows]
    assert as_csv.out.count("\r\n") == len(rows) + 1
    assert table.out.count("\n") >= len(rows) + 2


@pytest.mark.parametrize("arguments", LISTS.values(), ids=LISTS)
def test_a_table_fits_a_narrow_terminal(settings, arguments):
    """80 columns, no word of JSON, and a table unless asked otherwise."""
    ran = ect(*arguments, **settings)

    assert max(len(line) for line in ran.out.splitlines()) <= 80
    assert ran.out == ect(*arguments, "--format", "table", **settings).out
    assert not {"None", "True", "False", "null", "true"} & set(ran.out.split())


def test_ects_are_the_objects_of_the_interface(settings):
    """Everybody the school ever registered, the latest first."""
    rows = ect("ects", "--school", VETERAN, "--format", "json", **settings).json

    assert [list(row) for row in rows] == [ECT_KEYS, ECT_KEYS]
    assert [(row["trn"], row["status"], row["finished_on"]) for row in rows] == [
        (LEAVER, "mentor_required", "2025-09-12"),
        (OMAR, "mentor_required", None),
    ]


def test_mentors_are_the_objects_of_the_interface(settings):
    """Everybody who ever mentored at the school."""
    [row] = ect("mentors", "--school", VETERAN, "--format", "json", **settings).json

    assert list(row) == MENTOR_KEYS
    assert {**row, "id": ...} == {
        "id": ...,
        "trn": MENTOR,
        "name": "Noor Siddiqui",
        "email": "noor@example.org",
        "started_on": "2024-09-02",
        "finished_on": "2026-07-20",
        "lead_provider": None,
        "training": "none",
    }


def test_a_registration_stands_in_the_list_as_it_was_told(settings):
    """The same object under the same id."""
    told = ect("register-ect", "--from", "-", stdin=a_registration(), **settings).json["ect"]
    rows = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json

    assert rows == [told]


def test_a_table_of_ects_speaks_plain_words(settings):
    """The days and the names, and what is still to be done."""
    out = ect("ects", "--school", VETERAN, **settings).out

    assert "mentor required" in out
    assert out.splitlines()[0].split() == [
        "name", "trn", "status", "started", "on", "lead", "provider", "mentor",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("ects", "This school has not registered any ECTs."),
        ("mentors", "This school has no mentors."),
    ],
)
def test_a_school_with_nobody_is_an_empty_list(settings, command, told):
    """That is told to people, and no fault."""
    listed = {
        form: ect(command, "--school", NEWCOMER, "--format", form, **settings)
        for form in ("json", "csv", "table")
    }

    assert listed["json"].json == []
    assert read_csv(listed["csv"].out) == []
    assert {ran.err for ran in listed.values()} == {f"{told}\n"}


@pytest.mark.parametrize("command", ["ects", "mentors"])
@pytest.mark.parametrize("school", ["999999", "1234", "the school", "100001; DROP TABLE"])
def test_an_unknown_school_is_a_mistake(settings, command, school):
    """Exit status 2, with the rule."""
    ran = ect(command, "--school", school, **settings)

    assert (ran.status, ran.out, "[own-school-only]" in ran.err) == (2, "", True)


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "＝", "＋", "－", "＠"])  # noqa: RUF001
def test_nothing_in_csv_is_a_formula(settings, begins):
    """A spreadsheet shows a name that looks like one, and does not run it."""
    name = f"{begins}HYPERLINK(A1)"
    document = a_registration(corrected_name=name, same_person=True)
    assert ect("register-ect", "--from", "-", stdin=document, **settings).status == 0
    listed = ect("ects", "--school", NEWCOMER, "--format", "csv", **settings)

    assert read_csv(listed.out)[0]["name"] == f"'{name}"


def test_a_name_from_trs_is_no_formula_either(settings):
    """It may begin with anything."""
    listed = ect("ects", "--school", VETERAN, "--format", "csv", **settings)

    assert [row["name"] for row in read_csv(listed.out)] == ["Lena Vance", "'=Omar Haddad"]


def test_every_rule_is_listed_in_its_order():
    """With its source, and where it is enforced."""
    rows = ect("rules", "--format", "json").json

    assert [row["id"] for row in rows] == [rule.id for rule in CATALOGUE]
    assert all(row["source"] and row["says"] and row["enforced_by"] for row in rows)


@pytest.mark.parametrize("rule", CATALOGUE, ids=lambda rule: rule.id)
def test_one_rule_tells_who_says_so_and_where_it_holds(rule):
    """For people, for programs and for spreadsheets."""
    table = ect("rules", rule.id).out
    [as_csv] = read_csv(ect("rules", rule.id, "--format", "csv").out)

    assert {rule.says, str(rule.source)} <= {line.strip() for line in table.splitlines()}
    assert ect("rules", rule.id, "--format", "json").json["enforced_by"] == list(rule.enforced_by)
    assert (as_csv["id"], as_csv["says"]) == (rule.id, rule.says)


def test_nothing_in_a_table_steers_the_terminal_or_reorders_text():
    """A sign stands for each such character, so that nothing is hidden either."""
    rows = [{"name": "As\x1b[2Jha \u202eMar\x9blowe\u2069 \ud800"}]

    assert "As\ufffd[2Jha \ufffdMar\ufffdlowe\ufffd \ufffd" in as_table(rows, ["name"])
