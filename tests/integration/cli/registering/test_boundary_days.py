"""The days on which an answer changes, from the terminal."""

from __future__ import annotations

import pytest

from integration.cli.terminal import ect
from integration.cli.town import (
    EIGHTEEN,
    LEAP,
    LEAVER,
    NEWCOMER,
    OLD_HUB,
    OMAR,
    VETERAN,
    a_registration,
)

REGISTERED = (0, "registered", None)


def verdict(settings, today="2025-09-10", **changes):
    """What registering comes to on that day, and the ECT."""
    told = settings | {"ECT_TODAY": today}
    ran = ect("register-ect", "--from", "-", stdin=a_registration(**changes), **told)
    return (ran.status, ran.json["outcome"], ran.json.get("rule")), ran.json.get("ect")


@pytest.mark.parametrize(
    ("today", "start_date", "year"),
    [
        ("2025-08-31", "2025-08-31", 2024),
        ("2025-08-31", "2025-09-01", 2025),
        ("2025-09-01", "2025-08-31", 2025),
        ("2025-09-01", "2025-09-01", 2025),
        ("2026-08-31", "2025-09-01", 2025),
    ],
)
def test_the_year_turns_on_the_first_of_september(settings, today, start_date, year):
    """The later of the day of registration and the first day decides."""
    came_to, registered = verdict(settings, today, start_date=start_date)

    assert (came_to, registered["expected_training_start_year"]) == (REGISTERED, year)


@pytest.mark.parametrize(
    ("today", "start_date", "expected"),
    [
        ("2025-08-31", "2022-09-01", REGISTERED),
        ("2025-09-01", "2022-09-01", (2, "invalid", "start-date-range")),
        ("2025-09-01", "2023-08-31", (2, "invalid", "start-date-range")),
        ("2025-09-01", "2023-09-01", REGISTERED),
        ("2025-09-01", "2026-08-31", REGISTERED),
        ("2025-09-01", "2026-09-01", (1, "refused", "cannot-register-yet")),
        ("2025-09-01", "2027-08-31", (1, "refused", "cannot-register-yet")),
        ("2025-09-01", "2027-09-01", (2, "invalid", "start-date-range")),
        ("2025-08-31", "2026-09-01", (2, "invalid", "start-date-range")),
        ("2026-09-01", "2026-08-31", (1, "refused", "cannot-register-yet")),
    ],
)
def test_start_dates_go_from_two_years_back_to_the_end_of_the_next(
    settings, today, start_date, expected
):
    """Both ends included; a year that is not open comes after."""
    assert verdict(settings, today, start_date=start_date)[0] == expected


@pytest.mark.parametrize(
    ("trn", "today", "expected"),
    [
        (EIGHTEEN, "2025-09-28", (2, "invalid", "two-facts")),
        (EIGHTEEN, "2025-09-29", REGISTERED),
        (LEAP, "2026-02-28", (2, "invalid", "two-facts")),
        (LEAP, "2026-03-01", REGISTERED),
    ],
)
def test_a_teacher_is_eighteen_from_the_morning_of_the_birthday(settings, trn, today, expected):
    """Born on 29 February: from 1 March."""
    assert verdict(settings, today, trn=trn)[0] == expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-09-12", (1, "refused", "already-in-progress-here")),
        ("2025-09-13", REGISTERED),
    ],
)
def test_a_leaver_is_here_until_the_end_of_the_last_day(settings, today, expected):
    """Only then may the school register them again."""
    came_to = verdict(settings, today, trn=LEAVER, school=VETERAN, start_date="2025-09-15")[0]

    assert came_to == expected


@pytest.mark.parametrize(
    ("today", "start_date", "expected"),
    [
        ("2025-09-12", "2024-09-02", (1, "refused", "overlaps-previous")),
        ("2025-09-12", "2024-09-03", REGISTERED),
        ("2025-09-13", "2025-09-12", (1, "refused", "overlaps-previous")),
        ("2025-09-13", "2025-09-13", REGISTERED),
    ],
)
def test_another_school_takes_over_after_the_first_or_the_last_day(
    settings, today, start_date, expected
):
    """While the leaver is open the first day counts; from the day after, the last."""
    assert verdict(settings, today, trn=LEAVER, start_date=start_date)[0] == expected


@pytest.mark.parametrize(
    ("start_date", "expected"),
    [
        ("2026-01-10", REGISTERED),
        ("2026-01-11", (2, "invalid", "transfer-too-far-ahead")),
    ],
)
def test_another_school_takes_over_up_to_four_months_ahead(settings, start_date, expected):
    """The school that is left did not say so, and its record would end."""
    assert verdict(settings, trn=OMAR, start_date=start_date)[0] == expected


def test_a_transfer_ends_the_period_elsewhere_the_day_before(settings):
    """The school that is left sees when."""
    verdict(settings, trn=OMAR, start_date="2025-09-22")
    listed = ect("ects", "--school", VETERAN, "--format", "json", **settings).json

    assert {row["trn"]: row["finished_on"] for row in listed}[OMAR] == "2025-09-21"


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2025-09-12", (1, "refused", "email-in-use")),
        ("2025-09-13", REGISTERED),
    ],
)
def test_an_address_is_free_the_day_after_the_last(settings, today, expected):
    """Whoever had it has left by then."""
    assert verdict(settings, today, email="Lena@example.org")[0] == expected


@pytest.mark.parametrize(
    ("today", "start_date", "expected"),
    [
        ("2025-09-12", "2025-09-12", REGISTERED),
        ("2025-09-12", "2025-09-13", (1, "refused", "appropriate-body-state-funded")),
        ("2025-09-13", "2025-09-01", (1, "refused", "appropriate-body-state-funded")),
    ],
)
def test_a_body_may_be_chosen_to_its_last_active_day(settings, today, start_date, expected):
    """The later of the day of registration and the first day decides here too."""
    came_to = verdict(settings, today, appropriate_body=OLD_HUB, start_date=start_date)[0]

    assert came_to == expected


@pytest.mark.parametrize(
    ("today", "at_school"), [("2025-09-12", "in_progress"), ("2025-09-13", "left")]
)
def test_a_leaver_reads_left_from_the_day_after(settings, today, at_school):
    """And has no status any more."""
    told = settings | {"ECT_TODAY": today}
    rows = ect("ects", "--school", VETERAN, "--format", "json", **told).json
    [row] = [row for row in rows if row["trn"] == LEAVER]

    assert (row["at_school"], row["status"] is None) == (at_school, at_school == "left")


def test_the_newcomer_is_still_the_newcomer(settings):
    """Refusals leave nothing behind."""
    verdict(settings, "2025-09-01", start_date="2027-09-01")
    listed = ect("ects", "--school", NEWCOMER, "--format", "json", **settings)

    assert listed.json == []
