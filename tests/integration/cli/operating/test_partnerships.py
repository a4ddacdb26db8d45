"""`ect partnerships report`: one partnership, and the trainings that waited for it."""

from __future__ import annotations

import pytest

from integration.cli.terminal import ect
from integration.cli.town import (
    MAYA,
    NEWCOMER,
    PARTNER,
    PROVIDER,
    a_partnership,
    a_registration,
)

REPORT = ("partnerships", "report", "--from", "-")
REPORTED = {"outcome": "reported", "confirmed": 0}


def test_a_waiting_training_is_confirmed(settings):
    """The expression of interest becomes a confirmed training, with its delivery partner."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    ran = ect(*REPORT, stdin=a_partnership(), **settings)
    [row] = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json

    assert (ran.status, ran.json, ran.err) == (0, {**REPORTED, "confirmed": 1}, "")
    assert (row["training"], row["delivery_partner"]) == ("confirmed", PARTNER)


def test_what_becomes_of_training_is_found_in_the_history_of_the_person(settings):
    """Confirmed, and waiting again when operators end the partnership; in words as well."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    ect(*REPORT, stdin=a_partnership(), **settings)
    key = f"{NEWCOMER},{PROVIDER},2025"
    ended = ect("reference", "set", "partnerships", key, "active=false", **settings)
    history = ect("person", MAYA, "--history", "--format", "json", **settings).json
    told = ect("person", MAYA, "--format", "json", **settings).json

    assert ended.status == 0, ended.err
    _, confirmed, waiting = history[:3]
    assert (confirmed["what"], confirmed["rules"]) == (
        "partnership-reported",
        ["confirmed-or-interest"],
    )
    assert (waiting["what"], waiting["rules"]) == ("partnership-ended", ["reference-changes"])
    assert confirmed["after"]["delivery_partner"] == PARTNER
    assert waiting["before"] == confirmed["after"]
    named = f"lead provider {PROVIDER}; year 2025; delivery partner {PARTNER}"
    assert [row["says"] for row in told if row["kind"] == "history"][1:3] == [
        f"training confirmed: {named}",
        f"partnership ended, and training waits again: {named}",
    ]
    assert ect("history", "verify", **settings).status == 0


def test_reporting_again_changes_nothing(settings):
    """It is not a mistake either."""
    outcomes = [ect(*REPORT, stdin=a_partnership(), **settings) for _ in range(2)]

    assert [(ran.status, ran.json) for ran in outcomes] == [(0, REPORTED), (0, REPORTED)]


def test_whoever_registers_afterwards_is_confirmed_at_once(settings):
    """There is nothing left to wait for."""
    ect(*REPORT, stdin=a_partnership(), **settings)
    ran = ect("register-ect", "--from", "-", stdin=a_registration(), **settings)

    assert (ran.json["ect"]["training"], ran.json["ect"]["delivery_partner"]) == (
        "confirmed",
        PARTNER,
    )


@pytest.mark.parametrize(
    ("changes", "rule", "field"),
    [
        ({"school": "999999"}, "own-school-only", "school"),
        ({"school": "Millbrook"}, "own-school-only", "school"),
        ({"lead_provider": "Nobody"}, "lead-provider-not-available", "lead_provider"),
        ({"school": ...}, None, "school"),
        ({"school": 100002}, None, "school"),
        ({"delivery_partner": " "}, None, "delivery_partner"),
        ({"year": ...}, None, "year"),
        ({"year": "2025"}, None, "year"),
        ({"year": 2025.0}, None, "year"),
        ({"year": True}, None, "year"),
        ({"year": 10**30}, None, "year"),
        ({"year": -1}, None, "year"),
    ],
)
def test_a_mistake_is_told_at_its_key(settings, changes, rule, field):
    """Exit status 2."""
    ran = ect(*REPORT, stdin=a_partnership(**changes), **settings)

    assert (*ran.verdict, ran.json["field"]) == (2, "invalid", rule, field)


def test_all_mistakes_are_told_at_once(settings):
    """In the order of the keys, unknown ones last, beside the first as it is written."""
    document = {"school": "Millbrook", "yaer": 2025, "delivery_partner": 1}
    ran = ect(*REPORT, stdin=document, **settings)

    assert ran.verdict == (2, "invalid", "own-school-only")
    assert [each["field"] for each in ran.json["mistakes"]] == [
        "school",
        "lead_provider",
        "delivery_partner",
        "year",
        "yaer",
    ]


def test_a_dry_run_keeps_nothing(settings):
    """It says how many trainings the partnership would confirm; so it does of mistakes."""
    ect("register-ect", "--from", "-", stdin=a_registration(), **settings)
    looked_at = ect(*REPORT, "--dry-run", stdin=a_partnership(), **settings)
    [row] = ect("ects", "--school", NEWCOMER, "--format", "json", **settings).json
    wrong = ect(*REPORT, "--dry-run", stdin=a_partnership(year="2025"), **settings)
    unknown = ect(*REPORT, "--dry-run", stdin=a_partnership(school="999999"), **settings)

    assert looked_at.json == {**REPORTED, "confirmed": 1, "dry_run": True}
    assert row["training"] == "expression_of_interest"
    assert (wrong.status, wrong.json["dry_run"]) == (2, True)
    assert (unknown.status, unknown.json["dry_run"]) == (2, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"delivery_partner": "Nobody"},
        {"delivery_partner": "Marigold Teaching Network"},
        {"year": 2026},
        {"year": 2100},
    ],
)
def test_partners_that_do_not_work_together_are_refused(settings, changes):
    """Exit status 1."""
    ran = ect(*REPORT, stdin=a_partnership(**changes), **settings)

    assert ran.verdict == (1, "refused", "confirmed-or-interest")


def test_a_second_partnership_in_a_year_is_refused(settings):
    """One school, one lead provider, one year: one delivery partner."""
    ect(*REPORT, stdin=a_partnership(), **settings)
    other = a_partnership(delivery_partner="Marigold Teaching Network")
    ran = ect(*REPORT, stdin=other, **settings)

    assert ran.verdict == (1, "refused", "confirmed-or-interest")
