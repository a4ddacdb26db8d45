from __future__ import annotations

import pytest

from ect_registration.domain.people.teacher import InductionStatus, NoMatch
from integration.trs import cast
from integration.trs.support import (
    ANOTHER_DAY,
    ANOTHER_NUMBER,
    BORN_ON,
    NUMBER,
    UNKNOWN_TRN,
    a_record,
    outcome_of,
    records_on,
)

STATUSES = [
    (cast.NO_QTS, InductionStatus.NONE),
    (cast.MAYA, InductionStatus.REQUIRED_TO_COMPLETE),
    (cast.IN_PROGRESS, InductionStatus.IN_PROGRESS),
    (cast.PASSED, InductionStatus.PASSED),
    (cast.FAILED, InductionStatus.FAILED),
    (cast.FAILED_IN_WALES, InductionStatus.FAILED_IN_WALES),
    (cast.EXEMPT, InductionStatus.EXEMPT),
    (cast.EXEMPT_WITHOUT_REASON, InductionStatus.EXEMPT),
    (cast.UNKNOWN_STATUS, InductionStatus.UNKNOWN),
]

PROHIBITIONS = [
    (cast.MAYA, False),
    (cast.PROHIBITED, True),
    (cast.NO_LONGER_PROHIBITED, False),
    (cast.PROHIBITED_FOR_A_WHILE, True),
    (cast.PROHIBITED_UNTIL_WHEN, True),
    (cast.SANCTIONED, False),
    (cast.FAILED, False),
]


def test_two_facts_that_match_find_the_record(records):
    """TRN and date of birth."""
    assert records.by_date_of_birth(cast.MAYA.trn, BORN_ON) == a_record()


def test_a_date_of_birth_that_differs_is_told_from_an_unknown_trn(records):
    """The National Insurance number is asked for only when the record exists."""
    outcomes = [records.by_date_of_birth(trn, ANOTHER_DAY) for trn in (cast.MAYA.trn, UNKNOWN_TRN)]

    assert outcomes == [NoMatch.DATE_OF_BIRTH_DIFFERS, NoMatch.TRN_NOT_FOUND]


@pytest.mark.parametrize(
    ("person", "number", "expected"),
    [
        (cast.MAYA, NUMBER, a_record()),
        (cast.MAYA, ANOTHER_NUMBER, NoMatch.DETAILS_DO_NOT_MATCH),
        (cast.NUMBERLESS, NUMBER, NoMatch.DETAILS_DO_NOT_MATCH),
        (cast.EMPLOYED, NUMBER, a_record(trn=cast.EMPLOYED.trn)),
        (cast.MERGED, NUMBER, a_record(merged_from=cast.MERGED.trn)),
        (cast.MERGED, ANOTHER_NUMBER, NoMatch.DETAILS_DO_NOT_MATCH),
        (cast.DEACTIVATED, NUMBER, NoMatch.DETAILS_DO_NOT_MATCH),
    ],
)
def test_a_national_insurance_number_is_for_trs_to_match(records, person, number, expected):
    """It also knows the numbers that employers gave, and shows another one then."""
    assert records.by_national_insurance_number(person.trn, number) == expected


def test_a_merged_record_is_followed_with_the_same_second_fact(records):
    """It is the retained record that has to match, and the old TRN is told."""
    outcomes = [
        records.by_date_of_birth(cast.MERGED.trn, born_on) for born_on in (BORN_ON, ANOTHER_DAY)
    ]

    assert outcomes == [a_record(merged_from=cast.MERGED.trn), NoMatch.DATE_OF_BIRTH_DIFFERS]


def test_trs_itself_follows_a_chain_of_mergers(records):
    """So one hop is enough."""
    found = records.by_trn(cast.MERGED_TWICE.trn)

    assert found == a_record(merged_from=cast.MERGED_TWICE.trn)


@pytest.mark.parametrize("person", [cast.DEACTIVATED, cast.MERGED_INTO_DEACTIVATED])
def test_a_deactivated_record_is_not_found(records, person):
    """Whatever the second fact."""
    outcomes = {records.by_date_of_birth(person.trn, BORN_ON), records.by_trn(person.trn)}

    assert outcomes == {NoMatch.TRN_NOT_FOUND}


@pytest.mark.parametrize(("person", "status"), STATUSES)
def test_every_induction_status_has_a_word_of_ours(records, person, status):
    """One that we do not know is kept apart from all that we do."""
    assert records.by_date_of_birth(person.trn, BORN_ON).induction == status


@pytest.mark.parametrize(("person", "prohibited"), PROHIBITIONS)
def test_an_open_prohibition_prohibits(records, person, prohibited):
    """Ended today is ended; an end that cannot be read is no end; other alerts do not count."""
    assert records.by_trn(person.trn).prohibited == prohibited


@pytest.mark.parametrize(
    ("person", "has_qts"), [(cast.MAYA, True), (cast.NO_QTS, False), (cast.EARLY_YEARS, False)]
)
def test_qualified_teacher_status_is_told(records, person, has_qts):
    """Early years teacher status is another one."""
    assert records.by_trn(person.trn).has_qts == has_qts


def test_a_name_is_first_middle_and_last(records):
    """Of any script."""
    assert records.by_trn(cast.MANY_NAMES.trn).name == "Zoë Anna Maria D’Souza-Žižka"


def test_a_record_that_trs_cannot_show_is_not_an_answer(records):
    """TRS fails for ever on a record without date of birth, unless a second fact differs."""
    outcomes = [
        outcome_of(lambda: records.by_trn(cast.UNDATED.trn)),
        records.by_national_insurance_number(cast.UNDATED.trn, ANOTHER_NUMBER),
    ]

    assert outcomes == ["unavailable", NoMatch.DETAILS_DO_NOT_MATCH]


@pytest.mark.parametrize("version", ["20250627", "20250905", "20260120", "20260612"])
def test_merged_and_deactivated_mean_the_same_in_every_version(simulator, version):
    """Old versions answer 404 with a code where new ones answer 308 and 410."""
    records = records_on(simulator, api_version=version)
    outcomes = [records.by_trn(person.trn) for person in (cast.MERGED, cast.DEACTIVATED)]

    assert outcomes == [a_record(merged_from=cast.MERGED.trn), NoMatch.TRN_NOT_FOUND]
