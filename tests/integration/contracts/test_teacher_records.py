from __future__ import annotations

from datetime import date

import pytest

from builders import ECT_TRN, MENTOR_TRN, a_teacher_record, a_trs_person
from ect_registration.domain.people.teacher import InductionStatus, NoMatch
from ect_registration.domain.values import NationalInsuranceNumber, Trn
from ect_registration.ports.errors import Unavailable
from ect_registration.testing.memory.teacher_records import MemoryTeacherRecords

BORN_ON = date(1999, 1, 31)
NUMBER = NationalInsuranceNumber("AB123456C")
OTHER_NUMBER = NationalInsuranceNumber("CE654321A")
OLD_TRN = Trn("0000007")


def memory(people, *, out_of_reach=False):
    """TRS in memory."""
    return MemoryTeacherRecords(people, out_of_reach=out_of_reach)


@pytest.fixture(params=[memory], ids=lambda adapter: adapter.__name__)
def trs(request):
    """A TRS in which there are these people: ``trs([person, ...])``."""
    return request.param


def _asked_in_every_way(records, trn):
    """What each of the three lookups says, with the right facts where it takes any."""
    return [
        records.by_date_of_birth(trn, BORN_ON),
        records.by_national_insurance_number(trn, NUMBER),
        records.by_trn(trn),
    ]


def test_a_record_is_found_by_either_fact_and_by_trn_alone(trs):
    """TRN and date of birth, TRN and National Insurance number, or a TRN proven before."""
    records = trs([a_trs_person(), a_trs_person(trn=MENTOR_TRN)])

    assert _asked_in_every_way(records, ECT_TRN) == [a_teacher_record()] * 3


def test_an_unknown_trn_is_not_found(trs):
    """By National Insurance number the details do not match."""
    assert _asked_in_every_way(trs([a_trs_person()]), MENTOR_TRN) == [
        NoMatch.TRN_NOT_FOUND,
        NoMatch.DETAILS_DO_NOT_MATCH,
        NoMatch.TRN_NOT_FOUND,
    ]


def test_a_deactivated_record_reads_as_unknown(trs):
    """With the right facts, too."""
    assert _asked_in_every_way(trs([a_trs_person(state="deactivated")]), ECT_TRN) == [
        NoMatch.TRN_NOT_FOUND,
        NoMatch.DETAILS_DO_NOT_MATCH,
        NoMatch.TRN_NOT_FOUND,
    ]


def test_a_date_of_birth_that_differs(trs):
    """By one day."""
    records = trs([a_trs_person()])

    assert records.by_date_of_birth(ECT_TRN, date(1999, 1, 30)) is NoMatch.DATE_OF_BIRTH_DIFFERS


def test_a_national_insurance_number_that_differs(trs):
    """The record exists, but the details do not match."""
    records = trs([a_trs_person()])

    found = records.by_national_insurance_number(ECT_TRN, OTHER_NUMBER)

    assert found is NoMatch.DETAILS_DO_NOT_MATCH


def test_a_national_insurance_number_matches_however_it_was_typed(trs):
    """Case, blanks and hyphens do not matter."""
    records = trs([a_trs_person()])
    typed = NationalInsuranceNumber.parse("ab 12-34 56 c")

    assert records.by_national_insurance_number(ECT_TRN, typed) == a_teacher_record()


def test_a_record_without_a_date_of_birth_cannot_be_shown(trs):
    """TRS fails on it, unless the National Insurance number differs."""
    records = trs([a_trs_person(date_of_birth=None)])

    with pytest.raises(Unavailable):
        records.by_date_of_birth(ECT_TRN, BORN_ON)
    with pytest.raises(Unavailable):
        records.by_national_insurance_number(ECT_TRN, NUMBER)
    with pytest.raises(Unavailable):
        records.by_trn(ECT_TRN)
    differs = records.by_national_insurance_number(ECT_TRN, OTHER_NUMBER)

    assert differs is NoMatch.DETAILS_DO_NOT_MATCH


def test_a_record_without_a_national_insurance_number_matches_none(trs):
    """The date of birth may still do."""
    records = trs([a_trs_person(national_insurance_number=None)])

    assert records.by_national_insurance_number(ECT_TRN, NUMBER) is NoMatch.DETAILS_DO_NOT_MATCH
    assert records.by_date_of_birth(ECT_TRN, BORN_ON) == a_teacher_record()


def _merged(trn, into, **changes):
    return a_trs_person(trn=trn, state="merged", merged_into=into, **changes)


def test_a_merged_trn_leads_to_the_retained_record(trs):
    """With the TRN that TRS kept, and the one that was asked for beside it."""
    retained = a_teacher_record(merged_from=OLD_TRN)
    records = trs([a_trs_person(), _merged(OLD_TRN, ECT_TRN)])

    assert _asked_in_every_way(records, OLD_TRN) == [retained] * 3


def test_a_chain_of_merges_leads_to_its_end(trs):
    """What was merged twice is followed all the same."""
    middle = Trn("0000008")
    records = trs([a_trs_person(), _merged(OLD_TRN, middle), _merged(middle, ECT_TRN)])

    assert records.by_trn(OLD_TRN) == a_teacher_record(merged_from=OLD_TRN)


def test_facts_are_compared_with_the_retained_record(trs):
    """What the merged one said no longer matters."""
    old = _merged(
        OLD_TRN,
        ECT_TRN,
        date_of_birth=date(1999, 12, 31),
        national_insurance_number=OTHER_NUMBER,
    )
    records = trs([a_trs_person(), old])

    assert [
        records.by_date_of_birth(OLD_TRN, date(1999, 12, 31)),
        records.by_national_insurance_number(OLD_TRN, OTHER_NUMBER),
    ] == [NoMatch.DATE_OF_BIRTH_DIFFERS, NoMatch.DETAILS_DO_NOT_MATCH]


def test_merged_into_a_deactivated_record_nobody_is_found(trs):
    """The same as any deactivated record."""
    records = trs([a_trs_person(state="deactivated"), _merged(OLD_TRN, ECT_TRN)])

    assert _asked_in_every_way(records, OLD_TRN) == [
        NoMatch.TRN_NOT_FOUND,
        NoMatch.DETAILS_DO_NOT_MATCH,
        NoMatch.TRN_NOT_FOUND,
    ]


@pytest.mark.parametrize(
    ("in_trs", "ours"),
    [
        ("None", InductionStatus.NONE),
        ("RequiredToComplete", InductionStatus.REQUIRED_TO_COMPLETE),
        ("Exempt", InductionStatus.EXEMPT),
        ("InProgress", InductionStatus.IN_PROGRESS),
        ("Passed", InductionStatus.PASSED),
        ("Failed", InductionStatus.FAILED),
        ("FailedInWales", InductionStatus.FAILED_IN_WALES),
        ("Paused", InductionStatus.UNKNOWN),
    ],
)
def test_induction_in_our_words(trs, in_trs, ours):
    """A status that we have not met is unknown, never a guess."""
    records = trs([a_trs_person(induction_status=in_trs)])

    assert records.by_trn(ECT_TRN) == a_teacher_record(induction=ours)


@pytest.mark.parametrize(
    ("categories", "prohibited"),
    [
        ((), False),
        (("Prohibition from teaching",), True),
        (("Restriction", "Prohibition from teaching"), True),
        (("GTC Prohibition from teaching", "Failed induction"), False),
    ],
)
def test_only_a_prohibition_from_teaching_prohibits(trs, categories, prohibited):
    """Other alerts do not, however alike their names."""
    records = trs([a_trs_person(alert_categories=categories)])

    assert records.by_trn(ECT_TRN) == a_teacher_record(prohibited=prohibited)


def test_qts_is_held_when_trs_says_since_when(trs):
    """No date, no QTS."""
    records = trs([a_trs_person(qts_from=None)])

    assert records.by_trn(ECT_TRN) == a_teacher_record(has_qts=False)


def test_a_name_is_first_middle_and_last(trs):
    """A middle name when there is one."""
    records = trs([a_trs_person(middle_name="Wren")])

    assert records.by_trn(ECT_TRN) == a_teacher_record(name="Asha Wren Marlowe")


def test_out_of_reach_is_never_an_answer(trs):
    """Every lookup says that TRS is not available."""
    records = trs([a_trs_person()], out_of_reach=True)
    lookups = [
        lambda: records.by_date_of_birth(ECT_TRN, BORN_ON),
        lambda: records.by_national_insurance_number(ECT_TRN, NUMBER),
        lambda: records.by_trn(ECT_TRN),
    ]

    for lookup in lookups:
        with pytest.raises(Unavailable):
            lookup()


def test_no_secret_shows(trs):
    """Neither TRS nor its answers print a date of birth or a National Insurance number."""
    records = trs([a_trs_person()])
    shown = f"{records!r} {records} {_asked_in_every_way(records, ECT_TRN)!r}"

    secrets = ("1999, 1, 31", "1999-01-31", "AB123456C")

    assert not [secret for secret in secrets if secret in shown]


def test_a_merge_is_shown_by_lookups_that_prove_nothing_too(trs):
    """Both TRNs are one person, whether or not the facts were right."""
    records = trs([a_trs_person(), _merged(OLD_TRN, ECT_TRN)])
    records.by_date_of_birth(OLD_TRN, date(1998, 1, 1))
    records.by_date_of_birth(ECT_TRN, BORN_ON)

    assert (records.merged_into(OLD_TRN), records.merged_into(ECT_TRN)) == (ECT_TRN, None)


def test_a_merge_is_shown_by_national_insurance_numbers_that_differ(trs):
    """TRS compares the number with that of the record that it kept."""
    records = trs([a_trs_person(), _merged(OLD_TRN, ECT_TRN)])
    records.by_national_insurance_number(OLD_TRN, OTHER_NUMBER)

    assert records.merged_into(OLD_TRN) == ECT_TRN


def test_merges_in_a_circle_lead_nowhere(trs):
    """TRS has none, and a world might."""
    records = memory([_merged(OLD_TRN, ECT_TRN), _merged(ECT_TRN, OLD_TRN)])

    assert records.merged_into(OLD_TRN) is None


def test_a_record_without_a_name_is_found(trs):
    """Lone punctuation stands for a part that is absent."""
    records = trs([a_trs_person(first_name=".", last_name="-")])

    assert [found.name for found in _asked_in_every_way(records, ECT_TRN)] == [""] * 3


def test_a_name_that_no_store_can_hold_is_no_answer(trs):
    """It is outside the contract of TRS: nobody is told anything of the person."""
    records = trs([a_trs_person(middle_name="x" * 300, last_name="x" * 300)])

    with pytest.raises(Unavailable):
        records.by_date_of_birth(ECT_TRN, BORN_ON)
