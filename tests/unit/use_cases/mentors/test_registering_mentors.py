from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from builders import (
    ECT_TRN,
    MENTOR_TRN,
    TODAY,
    a_mentor,
    a_mentorship,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Kind
from ect_registration.domain.email import Email
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.records.history import What
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining
from ect_registration.domain.rules.periods.status import Status, status_of
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.registering.register_mentor import register_mentor
from unit.use_cases.mentoring import (
    BRAMS_EMAIL,
    JOANS_EMAIL,
    a_provider_led_ect,
    mentors_of,
    registers,
    the_new_mentor,
)
from unit.use_cases.service import USER
from unit.use_cases.town import (
    BRAM,
    DEACTIVATED,
    NOBODY,
    OLD_TRN,
    OTHER_SCHOOL,
    PASSED,
    PROHIBITED,
    RETAINED_TRN,
    UNKNOWN_SCHOOL,
    UNKNOWN_STATUS,
    WITHOUT_QTS,
)

DAY = timedelta(1)
A_YEAR_AGO, TERM, IN_OCTOBER = date(2024, 9, 1), date(2025, 9, 1), date(2025, 10, 24)


@pytest.fixture
def ect(service):
    """Asha, provider-led, without a mentor."""
    return service.has_ect(a_provider_led_ect())


def test_mentor_all_or_nothing(service, ect):
    """Confirming registers the mentor, assigns them and completes the ECT's registration."""
    outcome = registers(service, ect)
    [mentor], [kept] = mentors_of(service), service.ects_of()

    assert isinstance(outcome, Assigned)
    assert (outcome.is_new, outcome.mentor, outcome.ect) == (True, mentor, kept)
    assert (mentor.teacher.name, mentor.email, mentor.period) == (
        "Joan Thackeray",
        Email(JOANS_EMAIL),
        Period(TODAY),
    )
    assert [(m.mentor, m.period) for m in kept.mentorships] == [(mentor.id, Period(TODAY))]
    assert status_of(kept, TODAY) is Status.REGISTERED


@pytest.mark.parametrize(
    ("trn", "name"),
    [
        pytest.param(PASSED, "Pia Passmore", id="passed induction"),
        pytest.param(WITHOUT_QTS, "Noor Quill", id="without qualified teacher status"),
        pytest.param(UNKNOWN_STATUS, "Una Newell", id="an induction status that we do not know"),
    ],
)
def test_mentor_record_is_all_that_a_mentor_needs(service, ect, trn, name):
    """Qualified teacher status and induction do not matter."""
    outcome = registers(service, ect, trn=str(trn))

    assert outcome.mentor.teacher == Teacher(trn, name)


@pytest.mark.parametrize(
    ("changes", "rule", "kind", "field"),
    [
        ({"trn": str(NOBODY)}, "trn-not-found", Kind.REFUSED, None),
        ({"trn": str(DEACTIVATED)}, "trn-not-found", Kind.REFUSED, None),
        ({"trn": str(PROHIBITED)}, "prohibited-from-teaching", Kind.REFUSED, None),
        ({"trn": str(ECT_TRN)}, "own-mentor", Kind.REFUSED, None),
        (
            {"date_of_birth": "1998-01-31"},
            "date-of-birth-differs",
            Kind.NEEDS,
            "national_insurance_number",
        ),
        (
            {"date_of_birth": "1998-01-31", "national_insurance_number": "CE654321A"},
            "details-do-not-match",
            Kind.REFUSED,
            None,
        ),
        ({"email": "asha.marlowe@example.org"}, "email-in-use", Kind.REFUSED, "email"),
        ({"start_date": "2025-09-11"}, "mentor-start-date", Kind.INVALID, "start_date"),
        (
            {"lead_provider": "Quarry Hill Teaching"},
            "lead-provider-not-available",
            Kind.REFUSED,
            "lead_provider",
        ),
        (
            {"lead_provider": "Nobody We Know"},
            "lead-provider-not-available",
            Kind.INVALID,
            "lead_provider",
        ),
        ({"school": "100002"}, "own-school-only", Kind.REFUSED, "ect"),
        ({"school": str(UNKNOWN_SCHOOL)}, "own-school-only", Kind.INVALID, "school"),
        ({"ect": str(uuid4())}, "own-school-only", Kind.REFUSED, "ect"),
        ({"ect": "the one with glasses"}, "own-school-only", Kind.REFUSED, "ect"),
    ],
)
def test_what_stands_against_a_mentor(service, ect, changes, rule, kind, field):
    """The first rule in the order of the journey, and nothing is written."""
    before = service.history()
    outcome = registers(service, ect, **changes)

    assert (outcome.rule.id, outcome.kind, outcome.field) == (rule, kind, field)
    assert (mentors_of(service, MENTOR_TRN, PROHIBITED), service.history()) == ([], before)
    assert service.ects_of() == [ect]


def test_mentor_details_follow_the_rules_of_an_ects(service, ect):
    """A corrected name is shown everywhere from now on; the person may reuse their own email."""
    bram = Teacher(BRAM, "Bram Okafor")
    email = Email("bram@example.org")
    service.has_ect(an_ect(teacher=bram, email=email))
    outcome = registers(
        service, ect, trn=str(BRAM), corrected_name="Bram Quinn", email="BRAM@example.org"
    )
    [as_ect] = service.ects_of(BRAM)

    assert (outcome.mentor.teacher.name, outcome.mentor.teacher.trs_name) == (
        "Bram Quinn",
        "Bram Okafor",
    )
    assert as_ect.teacher == outcome.mentor.teacher


def test_the_ect_is_not_looked_up_in_trs_as_their_own_mentor(service, ect):
    """The TRN typed is enough to say no."""
    registers(service, ect, trn=str(ECT_TRN))

    assert service.records.asked == []


def test_a_merged_trn_of_the_ect_is_not_looked_up_either(service):
    """Our records of both TRNs are one person."""
    olga = service.has_ect(a_provider_led_ect(teacher=Teacher(OLD_TRN, "Olga Former")))
    service.do(lambda uow: uow.teachers.merge(OLD_TRN, RETAINED_TRN))
    refused = [registers(service, olga, trn=str(trn)).rule.id for trn in (OLD_TRN, RETAINED_TRN)]

    assert (refused, service.records.asked) == (["own-mentor"] * 2, [])


def test_the_ect_is_found_out_where_only_trs_knows_of_the_merger(service):
    """Decided again on the retained TRN."""
    olga = service.has_ect(a_provider_led_ect(teacher=Teacher(RETAINED_TRN, "Olga Latter")))
    refused = registers(service, olga, trn=str(OLD_TRN))

    assert (refused.rule.id, service.records.asked) == ("own-mentor", ["date of birth"])


def test_a_merged_trn_is_registered_under_the_one_that_trs_kept(service, ect):
    """And it is said."""
    outcome = registers(service, ect, trn=str(OLD_TRN))

    assert (outcome.mentor.teacher.trn, outcome.merged_from) == (RETAINED_TRN, OLD_TRN)
    with service.store.reading() as uow:
        assert [t.trn for t in uow.teachers.known_as([OLD_TRN])] == [RETAINED_TRN]


def test_whoever_is_prohibited_is_not_offered_though_they_mentor_here_already(service, ect):
    """TRS has just said so."""
    service.has_mentor(a_mentor(teacher=Teacher(PROHIBITED, "Per Holt")))

    assert registers(service, ect, trn=str(PROHIBITED)).rule.id == "prohibited-from-teaching"


def test_somebody_who_mentors_here_already_is_not_registered_again(service, ect):
    """Refused with the id by which they can be assigned."""
    joan = service.has_mentor(a_mentor())
    refused = registers(service, ect)

    assert (refused.rule.id, dict(refused.because)) == (
        "mentor-already-here",
        {"mentor": str(joan.id)},
    )


def test_trs_out_of_reach_is_neither_yes_nor_no(service, ect):
    """Nothing is registered."""
    service.records.out_of_reach = True
    outcome = registers(service, ect)

    assert (outcome.rule.id, outcome.kind) == ("trs-unavailable", Kind.UNAVAILABLE)
    assert mentors_of(service) == []


def test_a_dry_run_of_a_registration_writes_nothing(service, ect):
    """It says what would come of it."""
    document = the_new_mentor(ect)
    dry = register_mentor(document, USER, service.ports, dry_run=True)

    assert (dry.is_new, dry.training, dry.mentor.period) == (
        True,
        MentorTraining.EXPRESSION_OF_INTEREST,
        Period(TODAY),
    )
    assert (service.ects_of(), service.history(), mentors_of(service)) == ([ect], [], [])


def test_a_mentor_of_an_ect_who_is_to_come_starts_today(service):
    """Only the mentorship and the training begin with the ECT."""
    later = service.has_ect(a_provider_led_ect(period=Period(IN_OCTOBER), trainings=()))
    outcome = registers(service, later)

    assert (outcome.mentor.period, outcome.ect.mentorships[0].period) == (
        Period(TODAY),
        Period(IN_OCTOBER),
    )
    assert outcome.mentor.trainings[0].period == Period(IN_OCTOBER)


def test_replacing_registers_and_ends_the_old_mentorship(service):
    """Refused unless asked for by name."""
    joan = service.has_mentor(a_mentor(teacher=Teacher(BRAM, "Bram"), email=BRAMS_EMAIL))
    ect = service.has_ect(a_provider_led_ect(mentorships=(a_mentorship(joan),)))
    refused = registers(service, ect)
    outcome = registers(service, ect, replace=True)

    assert refused.rule.id == "one-mentor-at-a-time"
    assert [m.period for m in outcome.ect.mentorships] == [
        Period(TERM, TODAY - DAY),
        Period(TODAY),
    ]


def test_a_mentor_who_was_one_before_is_asked_for_the_start_date(service, ect):
    """Wherever that was; the range is told."""
    service.has_mentor(a_mentor(school=OTHER_SCHOOL, period=Period(A_YEAR_AGO, TERM)))
    asked = registers(service, ect)
    given = registers(service, ect, start_date="2025-09-05")

    assert (asked.rule.id, asked.kind, asked.field, dict(asked.because)) == (
        "mentor-start-date",
        Kind.NEEDS,
        "start_date",
        {"earliest": "2023-09-01", "latest": "2027-08-31"},
    )
    assert (given.mentor.period, given.ect.mentorships[0].period) == (
        Period(date(2025, 9, 5)),
        Period(TODAY),
    )


def test_a_returner_starts_after_their_last_day_here(service, ect):
    """A new period with a new id."""
    left = service.has_mentor(a_mentor(period=Period(A_YEAR_AGO, TERM)))
    refused = registers(service, ect, start_date="2025-09-01")
    outcome = registers(service, ect, start_date="2025-09-02")

    assert (refused.rule.id, refused.because["earliest"]) == ("mentor-start-date", "2025-09-02")
    assert outcome.mentor.id != left.id


def test_history_tells_what_was_registered_and_under_which_rules(service, ect):
    """Who, when, what, and every rule that was decided."""
    outcome = registers(service, ect, corrected_name="Joan Vale")
    registered, assigned, has_ect = service.history()

    assert (registered.what, registered.about, dict(registered.after)) == (
        What.MENTOR_REGISTERED,
        outcome.mentor.id,
        {
            "trs_name": "Joan Thackeray",
            "name": "Joan Vale",
            "email": JOANS_EMAIL,
            "started_on": "2025-09-10",
        },
    )
    assert (assigned.about, has_ect.about) == (ect.id, outcome.mentor.id)
    assert {"own-mentor", "mentorship-dates", "funded-mentor-training"} <= set(registered.rules)
