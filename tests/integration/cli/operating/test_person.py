"""`ect person`: what is kept about somebody."""

from __future__ import annotations

import csv

import pytest

from builders import NOW
from ect_registration.domain.records.history import Change, What
from entrypoints.cli.operate.people.person_summary import changes_in_words
from integration.cli.terminal import ect
from integration.cli.town import (
    BORN,
    LEAVER,
    MAYA,
    MERGED,
    NEWCOMER,
    RETAINED,
    UNKNOWN,
    VETERAN,
    a_registration,
)
from integration.cli.typist import at_a_terminal


def test_an_export_has_everything_about_a_person(settings):
    """One JSON object, with the names of things as they are in the documentation."""
    assert ect("register-ect", "--from", "-", stdin=a_registration(), **settings).status == 0
    ran = ect("person", MAYA, "--export", **settings)
    [period] = ran.json["ects"]

    assert (ran.status, ran.err) == (0, "")
    assert ran.json["trns"] == [MAYA]
    assert ran.json["email_addresses"] == [period["email"]] == ["maya@example.org"]
    assert period["period"] == {"started_on": "2025-09-01", "finished_on": None}
    assert [change["what"] for change in ran.json["history"]] == ["ect-registered"]
    assert ran.json["history"][0]["after"]["email"] == "maya@example.org"


def test_both_trns_of_a_merged_person_give_the_same(settings):
    """Whichever of them the person remembers."""
    document = a_registration(trn=MERGED, email="rhian@example.org")
    assert ect("register-ect", "--from", "-", stdin=document, **settings).status == 0
    exports = [ect("person", trn, "--export", **settings).json for trn in (MERGED, RETAINED)]

    for each in exports:  # each look is a line of its own
        each["history"] = [line for line in each["history"] if line["what"] != "looked-up"]

    assert exports[0] == exports[1]
    assert exports[0]["trns"] == [MERGED, RETAINED]
    assert exports[0]["teachers"][0]["trn"] == RETAINED


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_the_history_of_a_person_is_a_list(settings, form):
    """What happened, by whom and under which rules."""
    ran = ect("person", LEAVER, "--history", "--format", form, **settings)

    assert (ran.status, ran.err) == (0, "")
    if form == "json":
        assert [(row["what"], row["school"]) for row in ran.json] == [("brought-in", VETERAN)]
    elif form == "csv":
        [row] = csv.DictReader(ran.out.splitlines())
        assert (row["trn"], row["what"]) == (LEAVER, "brought-in")
    else:
        assert "brought-in" in ran.out


@pytest.mark.parametrize(
    ("option", "printed"), [(["--export"], {}), (["--history"], []), ([], [])]
)
def test_nothing_is_kept_about_anybody_else(settings, option, printed):
    """Said to people, and empty for programs."""
    ran = ect("person", UNKNOWN, *option, "--format", "json", **settings)

    assert (ran.status, ran.json, ran.line) == (
        0,
        printed,
        "The service keeps nothing about this TRN.",
    )


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_a_person_without_an_option_is_a_summary(settings, form):
    """What is kept, where and from when."""
    assert ect("register-ect", "--from", "-", stdin=a_registration(), **settings).status == 0
    ran = ect("person", MAYA, "--format", form, **settings)

    assert (ran.status, ran.err) == (0, "")
    assert [
        word
        for word in ("Maya Okonkwo", "maya@example.org", "2025-09-01", "full time")
        if word not in ran.out
    ] == []
    if form == "json":
        kinds = [row["kind"] for row in ran.json]
        assert kinds == ["person", "email", "ECT", "history"]
        assert ran.json[2]["school"] == NEWCOMER


def test_what_is_kept_is_said_where_there_is_no_history(settings):
    """A search leaves a journey, and no line of history."""
    with at_a_terminal("register-ect", **settings) as typist:
        typist.types("School URN:", NEWCOMER)
        typist.types("TRN:", MAYA)
        typist.hides("Date of birth, like 1999-01-31:", BORN[MAYA])
        typist.reads("Is it correct?")
        typist.stops()
        typist.leaves()
    ran = ect("person", MAYA, "--history", "--format", "json", **settings)
    row, *_ = ect("person", MAYA, "--format", "json", **settings).json

    assert (ran.status, ran.json) == (0, [])
    assert ran.line == "There is no history. The service keeps: journeys: 1."
    assert row["says"].startswith("unfinished: register an ECT; last used on ")


def test_a_table_of_history_says_what_changed(settings):
    """And leaves the rules to JSON and CSV, which have them all."""
    assert ect("register-ect", "--from", "-", stdin=a_registration(), **settings).status == 0
    ran = ect("person", MAYA, "--history", **settings | {"COLUMNS": "400"})

    assert "email: maya@example.org" in ran.out
    assert "start-date-range" not in ran.out


def test_a_change_is_told_as_before_and_after():
    """Nothing, yes and no in words."""
    change = Change(
        NOW,
        "operator",
        None,
        What.ECT_LEAVING,
        before={"finished_on": None, "gone": "x"},
        after={"finished_on": "2026-07-31", "withdrawn": True},
    )

    assert changes_in_words(change) == (
        "finished_on: nothing → 2026-07-31; withdrawn: yes; gone: x → nothing"
    )


@pytest.mark.parametrize(
    "arguments",
    [[MAYA, "--export", "--history"], ["12", "--export"], ["--export"]],
)
def test_what_is_not_complete_is_refused(settings, arguments):
    """Before anything is looked up."""
    ran = ect("person", *arguments, **settings)

    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("form", ["csv", "jsonl", "table"])
def test_an_export_in_another_form_than_json_is_refused(settings, form):
    """It is one whole with lists in it, and not a list: it was printed as JSON all the same."""
    ran = ect("person", MAYA, "--export", "--format", form, **settings)

    assert (ran.status, ran.out) == (2, "")
    assert f"--export is JSON and no {form}: leave --format out" in ran.err
