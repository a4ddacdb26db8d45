"""Operators find people and schools, look at reports, and stand in history for it."""

from __future__ import annotations

import pytest

from integration.cli.terminal import ect
from integration.cli.town import LEAVER, MAYA, NEWCOMER, OMAR, VETERAN, a_registration


def found(settings, text):
    """What is found, as data."""
    ran = ect("find", text, "--format", "json", **settings)
    assert ran.status == 0
    return ran.json


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("LENA", {("ect", LEAVER)}),
        ("haddad", {("ect", OMAR)}),
        (LEAVER, {("ect", LEAVER)}),
        ("lena@exam", {("ect", LEAVER)}),
        ("larkfield", {("school", None)}),
        (VETERAN, {("school", None)}),
        ("nobody", set()),
    ],
)
def test_people_and_schools_are_found_by_any_part(settings, text, kinds):
    """Of a name, TRN, URN or email address, without case."""
    assert {(row["kind"], row["trn"]) for row in found(settings, text)} == kinds


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["find", "nobody"], "No person or school was found."),
        (["report", "names"], "There are no corrected names."),
        (["report", "merges"], "No merged records need doing."),
        (["report", "trs"], "No people need checking."),
        (["report", "refusals"], "There are no refusals."),
        (["report", "outcomes"], "There are no outcomes."),
    ],
)
def test_nothing_found_is_said(settings, command, says):
    """An empty table alone might be a fault."""
    ran = ect(*command, **settings)

    assert (ran.status, ran.err) == (0, f"{says}\n")


def test_what_is_found_says_where(settings):
    """With the id of the period, its school and the URN."""
    [row] = found(settings, "lena")

    assert list(row) == ["kind", "id", "trn", "urn", "name", "school"]
    assert (row["urn"], row["name"], row["school"]) == (VETERAN, "Lena Vance", "Larkfield School")


@pytest.mark.parametrize(
    "command",
    [
        ["find", "lena"],
        ["person", LEAVER],
        ["report", "names"],
        ["report", "merges"],
        ["report", "refusals"],
        ["report", "outcomes"],
    ],
)
def test_whoever_looks_in_production_gives_a_name(settings, command):
    """The account alone does not say who it was."""
    ran = ect(*command, **settings)
    unnamed = ect(*command, **(settings | {"ECT_ENV": "production"}))

    assert ran.status == 0
    assert (unnamed.status, "operator-is-named" in unnamed.err) == (2, True)


def test_history_keeps_who_looked_up_whom(settings):
    """By finding, and by looking at a person; nobody changes anything by it."""
    found(settings, "lena")
    ect("person", LEAVER, "--as", "Rosa Lind", **settings)
    history = ect("person", LEAVER, "--history", "--format", "json", **settings).json
    looked = [line for line in history if line["what"] == "looked-up"]

    assert len(looked) == 2
    assert looked[1]["actor"].startswith("operator:Rosa Lind")
    assert ect("history", "verify", **settings).status == 0


def test_corrected_names_are_ranked(settings):
    """Those that leave least of the name in TRS come first."""
    document = a_registration(corrected_name="Maya Hall")
    assert ect("register-ect", "--from", "-", stdin=document, **settings).status == 0
    ran = ect("report", "names", "--format", "json", **settings)
    later = ect("report", "names", "--since", "2025-09-11", "--format", "json", **settings)

    assert [(row["trn"], row["trs_name"], row["name"]) for row in ran.json] == [
        (MAYA, "Maya Okonkwo", "Maya Hall")
    ]
    assert 0 < ran.json[0]["kept"] < 100
    assert later.json == []


def test_outcomes_are_counted_by_day(settings):
    """Without persons."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    ran = ect("report", "outcomes", "--format", "csv", **settings)

    assert ran.out.splitlines() == [
        "day,what,rule,who,number",
        "2025-09-10,registered,,ect,1",
    ]


@pytest.mark.parametrize("form", ["json", "csv", "table"])
def test_refusals_are_listed_and_counted(settings, form):
    """Whom a rule refused, where and when; whoever looks at them looked them up."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    document = a_registration(trn=LEAVER)
    refused = ect("register-ect", "--from", "-", stdin=document, **settings)
    ran = ect("report", "refusals", "--format", form, **settings)
    later = ect("report", "refusals", "--since", "2025-09-11", "--format", "json", **settings)
    counted = ect("report", "outcomes", "--format", "json", **settings).json
    held = ect("person", LEAVER, "--export", **settings).json

    assert refused.status == 1
    assert (ran.status, LEAVER in ran.out, refused.json["rule"] in ran.out) == (0, True, True)
    assert max(map(len, ran.out.splitlines())) <= 80
    assert later.json == []
    assert [(row["what"], row["rule"]) for row in counted] == [
        ("refused", "email-in-use"),
        ("registered", None),
    ]
    assert [each["rule"] for each in held["refusals"]] == [refused.json["rule"]]
    assert "looked-up" in [line["what"] for line in held["history"]]


def test_a_day_that_is_none_is_wrong_usage(settings):
    """As everywhere at the command line."""
    assert ect("report", "names", "--since", "yesterday", **settings).status == 2


def test_a_table_fits_a_terminal(settings):
    """It leaves ids to JSON and CSV."""
    table = ect("find", NEWCOMER, **settings).out

    assert "Millbrook School" in table
    assert max(map(len, table.splitlines())) <= 80
