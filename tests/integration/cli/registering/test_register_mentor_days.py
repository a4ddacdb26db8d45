"""The days on which an answer about a new mentor changes, and mentors of other schools."""

from __future__ import annotations

import pytest

from integration.cli.mentor_town import (
    AWAY,
    ELSEWHERE,
    FINISHED,
    GONE,
    JANUARY,
    LATE,
    NEW,
    PROVIDER,
    STRANDED,
    THERE,
)
from integration.cli.mentoring import came_to


@pytest.mark.parametrize("trn", [FINISHED, LATE])
def test_the_day_counts_on_which_training_ended(desk, trn):
    """The day before, it is still open to them."""
    assert desk.on("2025-09-09").register(trn=trn).json["mentor"]["training"] == "confirmed"


def test_the_mentors_year_is_not_always_the_ects(desk):
    """The ECT's lead provider has gone: the school is asked; a partnership of now counts."""
    asked = desk.register(STRANDED)
    mentor = desk.register(STRANDED, lead_provider=PROVIDER).json["mentor"]

    assert came_to(asked) == (2, "needs", "lead-provider-not-available", "lead_provider")
    assert "2025" in asked.json["message"]
    assert (mentor["lead_provider"], mentor["training"]) == (PROVIDER, "confirmed")


@pytest.mark.parametrize(
    ("today", "training"), [("2026-08-31", "confirmed"), ("2026-09-01", "expression_of_interest")]
)
def test_the_mentors_year_turns_with_the_first_day_of_the_mentorship(desk, today, training):
    """Then the partnership of the year before counts no more."""
    mentor = desk.on(today).register().json["mentor"]

    assert (mentor["training"], mentor["lead_provider"]) == (training, PROVIDER)


@pytest.mark.parametrize("start_date", [None, "2025-09-10"])
def test_somebody_new_starts_today(desk, start_date):
    """Said or not."""
    assert desk.register(start_date=start_date).json["mentor"]["started_on"] == "2025-09-10"


def test_whoever_was_a_mentor_is_asked_for_a_start_date(desk):
    """At any school."""
    ran = desk.register(trn=GONE)

    assert came_to(ran) == (2, "needs", "mentor-start-date", "start_date")
    assert ran.json["message"] == "Enter a start date from 1 September 2025 to 31 August 2027"


@pytest.mark.parametrize(
    ("start_date", "right"),
    [
        ("2025-08-31", False),  # their last day here
        ("2025-09-01", True),
        ("2027-08-31", True),
        ("2027-09-01", False),
        ("9999-12-31", False),
    ],
)
def test_a_mentor_comes_back_after_their_last_day_here(desk, start_date, right):
    """And not later than the end of the next academic year."""
    ran = desk.register(JANUARY, trn=GONE, start_date=start_date)
    rule, field = (None, None) if right else ("mentor-start-date", "start_date")

    assert came_to(ran) == (*((0, "registered") if right else (2, "invalid")), rule, field)


@pytest.mark.parametrize(
    ("start_date", "right"), [("2023-08-31", False), ("2023-09-01", True), ("2024-09-02", True)]
)
def test_with_both_schools_the_days_there_do_not_count(desk, start_date, right):
    """They stay open; only the range holds."""
    ran = desk.register(trn=ELSEWHERE, only_here=False, start_date=start_date)

    assert ran.status == (0 if right else 2)


@pytest.mark.parametrize(("start_date", "right"), [("2024-09-02", False), ("2024-09-03", True)])
def test_only_here_begins_after_the_first_day_there(desk, start_date, right):
    """So that a day is left of the time at the other school."""
    ran = desk.register(trn=ELSEWHERE, only_here=True, start_date=start_date)

    assert ran.status == (0 if right else 2)


def test_a_mentor_of_another_school_is_asked_about(desk):
    """Unanswered is never yes."""
    ran = desk.register(trn=ELSEWHERE, start_date="2025-09-15")

    assert came_to(ran) == (2, "needs", "mentor-elsewhere", "only_here")


def test_only_here_is_a_transfer_too_far_ahead_after_four_months(desk):
    """The message names the latest date, which would do; with both schools open any date does."""
    refused = desk.register(trn=ELSEWHERE, only_here=True, start_date="2026-01-11")
    both = desk.register(trn=ELSEWHERE, only_here=False, start_date="2026-01-11")

    assert came_to(refused) == (2, "invalid", "transfer-too-far-ahead", "start_date")
    assert "on or before 10 January 2026" in refused.json["message"]
    assert both.status == 0


def test_only_here_ends_the_time_elsewhere(desk):
    """The day before, and the ECT there needs a mentor from the day after."""
    ran = desk.register(trn=ELSEWHERE, only_here=True, start_date="2025-09-15")
    there = desk.one("mentors", ELSEWHERE, THERE)
    days = [
        desk.on(day).one("ects", AWAY, THERE)["status"] for day in ("2025-09-14", "2025-09-15")
    ]

    assert (ran.status, there["finished_on"], days) == (
        0,
        "2025-09-14",
        ["registered", "mentor_required"],
    )


def test_at_two_schools_both_stay_open(desk):
    """And so does the mentorship there."""
    ran = desk.register(trn=ELSEWHERE, only_here=False, start_date="2025-09-15")
    there = desk.one("mentors", ELSEWHERE, THERE)
    after = desk.on("2025-09-15").one("ects", AWAY, THERE)["status"]

    assert (ran.status, there["finished_on"], after) == (0, None, "registered")


@pytest.mark.parametrize("only_here", [True, False])
def test_training_elsewhere_is_the_one_there_is(desk, only_here):
    """It ends with the period there, and a new one begins here; or it stays where it is."""
    begun = desk.assign(AWAY, ELSEWHERE, school=THERE, replace=True)
    assert begun.verdict == (1, "refused", "one-mentor-at-a-time")  # they mentor that ECT already
    desk.register(AWAY, school=THERE, replace=True)
    ran = desk.register(
        trn=NEW, only_here=only_here, start_date="2025-09-15", email="second@example.org"
    )
    there = desk.on("2025-09-15").one("mentors", NEW, THERE)

    assert ran.json["mentor"]["training"] == (
        "confirmed" if only_here else "expression_of_interest"
    )
    assert ("funded" in ran.err, there["finished_on"]) == (
        (True, "2025-09-14") if only_here else (False, None)
    )


def test_a_mentorship_begins_when_all_three_are_there(desk):
    """The status is registered from now on, as one is on the way."""
    ran = desk.register(JANUARY, trn=GONE, start_date="2025-12-01")

    assert (ran.json["ect"]["status"], ran.json["mentor"]["started_on"]) == (
        "registered",
        "2025-12-01",
    )
