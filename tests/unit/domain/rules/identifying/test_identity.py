from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given

from builders import a_search, a_teacher_record
from ect_registration.domain.decisions import Allowed, Blocked, Kind
from ect_registration.domain.people.teacher import NoMatch, Search
from ect_registration.domain.rules.identifying.identity import (
    DATE_OF_BIRTH_DIFFERS,
    DETAILS_DO_NOT_MATCH,
    NO_TRN,
    TRN_NOT_FOUND,
    TRS_UNAVAILABLE,
    TWO_FACTS,
    check_age,
    check_details_do_not_match,
    check_trn_not_found,
    completed_years,
)
from ect_registration.domain.values import InvalidValue, Trn
from strategies import days

TODAY = date(2025, 9, 10)
ANSWERED_AT = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("born_on", "today", "years"),
    [
        pytest.param(date(2000, 9, 11), TODAY, 24, id="the day before a birthday"),
        pytest.param(date(2000, 9, 10), TODAY, 25, id="the birthday"),
        pytest.param(date(2000, 9, 9), TODAY, 25, id="the day after"),
        pytest.param(date(2000, 10, 1), TODAY, 24, id="a later month, an earlier day"),
        pytest.param(date(2000, 8, 31), TODAY, 25, id="an earlier month, a later day"),
        pytest.param(date(2004, 2, 29), date(2022, 2, 28), 17, id="29 February, on 28 February"),
        pytest.param(date(2004, 2, 29), date(2022, 3, 1), 18, id="29 February, on 1 March"),
        pytest.param(date(2004, 2, 29), date(2024, 2, 29), 20, id="29 February, on 29 February"),
        pytest.param(TODAY, TODAY, 0, id="born today"),
        pytest.param(TODAY + timedelta(1), TODAY, -1, id="to be born tomorrow"),
    ],
)
def test_age_is_in_completed_years(born_on: date, today: date, years: int) -> None:
    """A birthday counts from its own morning; in a common year 29 February's is 1 March."""
    assert completed_years(born_on, today) == years


@pytest.mark.parametrize(
    "born_on",
    [
        pytest.param(date(2007, 9, 10), id="the birthday of 18"),
        pytest.param(date(1999, 1, 31), id="any age between"),
        pytest.param(date(1924, 9, 11), id="the day before the birthday of 101"),
    ],
)
def test_two_facts_takes_a_date_of_birth_of_an_adult(born_on: date) -> None:
    """18 to 100 completed years raise nothing."""
    check_age(born_on, TODAY)

    assert 18 <= completed_years(born_on, TODAY) <= 100


@pytest.mark.parametrize(
    "born_on",
    [
        pytest.param(date(2007, 9, 11), id="the day before the birthday of 18"),
        pytest.param(date(1924, 9, 10), id="the birthday of 101"),
        pytest.param(date(2025, 9, 11), id="the future"),
        pytest.param(date(1, 1, 1), id="the far past"),
        pytest.param(date(9999, 12, 31), id="the far future"),
    ],
)
def test_two_facts_finds_other_dates_of_birth_invalid(born_on: date) -> None:
    """A slip of the pen is caught before TRS is asked."""
    with pytest.raises(InvalidValue) as refusal:
        check_age(born_on, TODAY)

    assert (refusal.value.rule, refusal.value.message) == (
        "two-facts",
        "Enter the date of birth of a person between 18 and 100 years old",
    )


@given(days, days)
def test_an_age_counts_birthdays(born_on: date, today: date) -> None:
    """Nobody grows by more than a year in a year, nor younger."""
    born_on, today = sorted([born_on, today])
    age = completed_years(born_on, today)

    assert age * 365 <= (today - born_on).days + 1
    assert (today - born_on).days < (age + 1) * 366


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(a_teacher_record(), id="a record that matches"),
        pytest.param(NoMatch.DATE_OF_BIRTH_DIFFERS, id="a record whose date of birth differs"),
        pytest.param(NoMatch.DETAILS_DO_NOT_MATCH, id="details that do not match"),
    ],
)
def test_trn_not_found_lets_a_record_that_exists_on(answer: object) -> None:
    """It says when TRS answered; whether the facts match is decided elsewhere."""
    assert check_trn_not_found(a_search(answer=answer, answered_at=ANSWERED_AT)) == Allowed(
        TRN_NOT_FOUND, {"answered_at": "2025-09-10T09:30:00+00:00"}
    )


def test_trn_not_found_refuses_without_a_record() -> None:
    """An unknown and a deactivated TRN read the same."""
    assert check_trn_not_found(a_search(answer=NoMatch.TRN_NOT_FOUND)) == Blocked(
        TRN_NOT_FOUND,
        {},
        Kind.REFUSED,
        None,
        "We cannot find the teacher’s record. Check the teacher reference number (TRN) and try "
        "again",
    )


def test_details_do_not_match_refuses_when_neither_fact_does() -> None:
    """The record cannot be found, and nothing says which fact was wrong."""
    assert check_details_do_not_match(a_search(answer=NoMatch.DETAILS_DO_NOT_MATCH)) == Blocked(
        DETAILS_DO_NOT_MATCH,
        {},
        Kind.REFUSED,
        None,
        "We cannot find the teacher’s record with these details. Check them with the teacher and "
        "try again",
    )


def test_details_do_not_match_lets_a_proof_on() -> None:
    """Either second fact will do."""
    assert check_details_do_not_match(a_search()) == Allowed(DETAILS_DO_NOT_MATCH, {})


def test_date_of_birth_differs_asks_for_the_number() -> None:
    """Told in words that a school can act on."""
    assert DATE_OF_BIRTH_DIFFERS.tells == (
        "The date of birth does not match the teacher’s record. Enter their National Insurance "
        "number"
    )


def test_no_trn_names_both_ways_to_get_one() -> None:
    """Find a lost one, or request one."""
    assert "https://find-a-lost-trn.education.gov.uk/start" in NO_TRN.tells
    assert "https://www.gov.uk/guidance/teacher-reference-number-trn" in NO_TRN.tells


def test_trs_unavailable_says_what_did_not_happen() -> None:
    """An outage never reads as a fact about a teacher."""
    assert TRS_UNAVAILABLE.tells == (
        "The Teaching Record System is not available right now. Nothing was registered. "
        "Try again in a few minutes"
    )


def test_two_facts_are_both_asked_for() -> None:
    """A TRN alone could be a random number."""
    assert TWO_FACTS.tells == "Enter a teacher reference number (TRN) and a date of birth"


def test_proof_bound_to_journey_is_of_the_trn_that_was_typed() -> None:
    """A merged record keeps the TRN that was asked for beside the one it was found under."""
    typed, kept = Trn("7654321"), Trn("1000001")
    search = Search(typed, a_teacher_record(trn=kept, merged_from=typed), ANSWERED_AT)

    assert search.record is not None
    assert search.record.trns == {typed, kept}
