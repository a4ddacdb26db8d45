"""What a lead provider sees of a person's training."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid4

import attrs
import pytest

from builders import (
    LEAD_PROVIDER,
    MENTOR_TRN,
    TERM_STARTS,
    a_mentor,
    a_mentorship,
    an_ect,
)
from ect_registration.domain.calendar import AcademicYear, Period
from ect_registration.domain.email import Email
from ect_registration.domain.lead_providers.people import unfunded_mentor_of
from ect_registration.domain.lead_providers.records import (
    Days,
    IdChange,
    MentoredBy,
    Role,
    UnfundedMentor,
    WhyNotFundedMentor,
)
from ect_registration.domain.people.completing import completed
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.mentor import MentorTrainingHistory
from ect_registration.domain.people.mentorship import MentorId, MentorshipId
from ect_registration.domain.people.teacher import InductionStatus, TrsFacts
from ect_registration.domain.people.training import Programme, Training
from unit.lead_providers.people import (
    LATER,
    MENTOR,
    NOW,
    OTHER_PROVIDER,
    TEACHER,
    a_mentor_person,
    an_ect_person,
    confirmed,
    enrolment_of,
    seen_of,
    until,
)

MARCH, JULY = date(2026, 3, 11), date(2026, 7, 20)


def test_confirmed_training_is_seen() -> None:
    """The lead provider sees the fields of that training's period."""
    seen = seen_of(an_ect_person(confirmed()))

    assert seen is not None
    assert (seen.full_name, seen.trn) == (TEACHER.name, TEACHER.trn.digits)
    [enrolment] = seen.enrolments
    assert (enrolment.role, enrolment.school, enrolment.cohort) == (Role.ECT, "100001", 2025)
    assert (enrolment.created_at, enrolment.withdrawal) == (NOW, None)


@pytest.mark.parametrize(
    ("facts", "eligible", "days"),
    [
        (None, None, (None, None, None)),
        (TrsFacts(True, InductionStatus.UNKNOWN, NOW), None, (None, None, None)),
        (TrsFacts(True, InductionStatus.IN_PROGRESS, NOW), True, (None, None, None)),
        (TrsFacts(False, InductionStatus.IN_PROGRESS, NOW, MARCH), False, (MARCH, None, None)),
        (
            TrsFacts(True, InductionStatus.PASSED, NOW, MARCH, JULY),
            False,
            (MARCH, JULY, JULY),
        ),
    ],
    ids=["never asked", "unknown status", "eligible", "without QTS", "passed"],
)
def test_funding_and_induction_are_as_trs_said(
    facts: TrsFacts | None, eligible: bool | None, days: tuple[date | None, ...]
) -> None:
    """Eligible, not eligible or not known, with the days of induction, by the last look at TRS."""
    ect = an_ect(teacher=attrs.evolve(TEACHER, facts=facts), trainings=(confirmed(),))
    enrolment = enrolment_of(an_ect_person(ects=[ect]))

    assert enrolment.eligible_for_funding is eligible
    assert days == (
        enrolment.induction_started_on,
        enrolment.induction_ended_on,
        enrolment.induction_period_ended_on,
    )


@pytest.mark.parametrize("on", [TERM_STARTS, TERM_STARTS - timedelta(days=9)])
def test_a_completed_ect_is_not_eligible(on: date) -> None:
    """Also where the period had not begun, and TRS has by now a status that we do not know."""
    teacher = attrs.evolve(TEACHER, facts=TrsFacts(True, InductionStatus.UNKNOWN, NOW))
    ect = an_ect(teacher=teacher, trainings=(confirmed(),))
    person = an_ect_person(ects=[completed(ect, Outcome.PASSED, None, on)])

    assert enrolment_of(person).eligible_for_funding is False


@pytest.mark.parametrize(
    "training",
    [
        confirmed(delivery_partner=None),
        confirmed(lead_provider=OTHER_PROVIDER),
        confirmed(programme=Programme.SCHOOL_LED, lead_provider=None, delivery_partner=None),
    ],
    ids=["an expression of interest", "of another", "school-led"],
)
def test_other_training_is_not_seen(training: object) -> None:
    """An expression of interest stands with the school until the partnership is reported."""
    assert seen_of(an_ect_person(training)) is None


def test_nobody_is_seen_without_an_email_address() -> None:
    """Records that were brought in may lack one; it needs doing at the school."""
    person = an_ect_person(confirmed())
    without = [attrs.evolve(each, email=None) for each in person.ects]

    assert seen_of(attrs.evolve(person, ects=without)) is None


def test_the_moment_when_training_was_first_seen_stays() -> None:
    """Later changes do not move it."""
    person = an_ect_person(confirmed())
    before = seen_of(person)
    assert before is not None
    shown = tuple(attrs.evolve(each, created_at=LATER) for each in before.enrolments)

    assert enrolment_of(person, attrs.evolve(before, enrolments=shown)).created_at == LATER


def test_the_latest_training_is_seen() -> None:
    """Of two with the same lead provider, that which began later."""
    first = confirmed(period=until(date(2026, 8, 31)), year=AcademicYear(2025))
    second = confirmed(period=Period(date(2026, 9, 1)), year=AcademicYear(2026))

    enrolment = enrolment_of(an_ect_person(second, first))

    assert (enrolment.cohort, enrolment.training) == (2026, Days(date(2026, 9, 1)))


def test_mentors_of_an_ect_are_seen_by_their_ids() -> None:
    """With their days; one that was withdrawn is not."""
    stands = a_mentorship(a_mentor(teacher=MENTOR), id=MentorshipId(uuid4()))
    withdrawn = attrs.evolve(stands, id=MentorshipId(uuid4()), withdrawn=True)
    ect = an_ect(teacher=TEACHER, trainings=(confirmed(),), mentorships=(stands, withdrawn))
    person = attrs.evolve(an_ect_person(), ects=[ect], ids_of_mentors={MENTOR_TRN: UUID(int=8)})

    days = Days(stands.period.started_on, stands.period.finished_on)
    assert enrolment_of(person).mentors == (MentoredBy(UUID(int=8), days),)


def test_mentors_are_seen_on_the_days_of_the_training() -> None:
    """Not before or after it, and nobody of training that never began."""
    training = confirmed(period=Period(date(2025, 10, 1), MARCH))
    days = (Period(date(2025, 9, 1), date(2025, 9, 30)), Period(date(2025, 9, 15)), Period(JULY))
    mentorships = tuple(
        a_mentorship(a_mentor(teacher=MENTOR), id=MentorshipId(uuid4()), period=each)
        for each in days
    )
    ect = an_ect(teacher=TEACHER, trainings=(training,), mentorships=mentorships)
    person = attrs.evolve(an_ect_person(), ects=[ect], ids_of_mentors={MENTOR_TRN: UUID(int=8)})
    never = attrs.evolve(ect, trainings=(attrs.evolve(training, withdrawn=True),))

    assert enrolment_of(person).mentors == (
        MentoredBy(UUID(int=8), Days(date(2025, 10, 1), MARCH)),
    )
    assert enrolment_of(attrs.evolve(person, ects=[never])).mentors == ()


@pytest.mark.parametrize(
    ("history", "why", "ended_on"),
    [
        ([], None, None),
        ([MentorTrainingHistory(MENTOR_TRN)], None, None),
        ([MentorTrainingHistory(MENTOR_TRN, early_roll_out=True, completed_on=MARCH)],
         WhyNotFundedMentor.EARLY_ROLL_OUT, None),
        ([MentorTrainingHistory(MENTOR_TRN, completed_on=MARCH)],
         WhyNotFundedMentor.COMPLETED, MARCH),
        ([MentorTrainingHistory(MENTOR_TRN, timed_out_on=MARCH)],
         WhyNotFundedMentor.TIMED_OUT, MARCH),
    ],
)  # fmt: skip
def test_training_before_ends_the_funding_of_mentors(
    history: list[MentorTrainingHistory], why: object, ended_on: object
) -> None:
    """Early roll-out has no date."""
    enrolment = enrolment_of(a_mentor_person(confirmed(), training_history=history))

    assert (enrolment.why_not_funded, enrolment.funding_ended_on) == (why, ended_on)


def test_a_person_may_be_both() -> None:
    """One enrolment as ECT, one as mentor, each with a record of its own."""
    person = an_ect_person(confirmed())
    mentor = a_mentor(teacher=TEACHER, trainings=(confirmed(),))
    seen = seen_of(attrs.evolve(person, mentors=[mentor]))

    assert seen is not None
    assert [each.role for each in seen.enrolments] == [Role.ECT, Role.MENTOR]
    assert len({each.training_record_id for each in seen.enrolments}) == 2


def test_another_id_of_the_same_person_is_seen() -> None:
    """Who knew them by the old one learns the new one."""
    change = IdChange(UUID(int=1), UUID(int=7), NOW)
    seen = seen_of(an_ect_person(confirmed(), id_changes=(change,)))

    assert seen is not None
    assert seen.id_changes == (change,)


def test_lead_providers_see_those_whom_they_train_or_whose_ects_they_mentor() -> None:
    """Nobody else sees anything of a person."""
    person = an_ect_person(
        confirmed(),
        confirmed(lead_provider=OTHER_PROVIDER, delivery_partner=None),
        mentors_ects_of=frozenset({"Mentored"}),
    )

    assert person.lead_providers() == {LEAD_PROVIDER, "Mentored"}


def test_a_mentor_of_its_ects_without_its_training_is_unfunded() -> None:
    """The lead provider sees name, address and TRN."""
    mentor = a_mentor_person(mentors_ects_of=frozenset({LEAD_PROVIDER}))

    seen = unfunded_mentor_of(mentor, LEAD_PROVIDER, None)

    assert seen == UnfundedMentor(MENTOR.name, str(mentor.mentors[0].email), MENTOR.trn.digits)


def test_a_mentor_whom_it_trains_or_who_mentors_others_is_not() -> None:
    """Nor is anybody without an address."""
    trained = a_mentor_person(confirmed(), mentors_ects_of=frozenset({LEAD_PROVIDER}))
    of_others = a_mentor_person(mentors_ects_of=frozenset({OTHER_PROVIDER}))
    nowhere = attrs.evolve(of_others, mentors_ects_of=frozenset({LEAD_PROVIDER}), mentors=[])

    for person in (trained, of_others, nowhere):
        assert unfunded_mentor_of(person, LEAD_PROVIDER, None) is None


def test_an_unfunded_mentor_stays_with_what_changed() -> None:
    """Under the name of now, and the last address that was known."""
    before = UnfundedMentor("Bea", "bea@example.org", MENTOR.trn.digits)
    gone = attrs.evolve(a_mentor_person(), mentors=[])

    seen = unfunded_mentor_of(gone, LEAD_PROVIDER, before)

    assert seen == attrs.evolve(before, full_name=MENTOR.name)


def test_an_undone_registration_gives_an_unfunded_mentor_no_address() -> None:
    """It was a mistake, and by now the address may be somebody else's."""
    person = a_mentor_person(mentors_ects_of=frozenset({LEAD_PROVIDER}))
    [here] = person.mentors
    undone = a_mentor(
        id=MentorId(uuid4()),
        teacher=MENTOR,
        email=Email("wrong@example.org"),
        period=Period(MARCH),
        withdrawn=True,
    )
    before = UnfundedMentor(MENTOR.name, "wrong@example.org", MENTOR.trn.digits)

    seen = unfunded_mentor_of(attrs.evolve(person, mentors=[here, undone]), LEAD_PROVIDER, before)

    assert seen is not None
    assert seen.email == str(here.email)


@pytest.mark.parametrize(
    ("training", "ended_on"),
    [
        (confirmed(), JULY),
        (confirmed(period=until(JULY)), JULY),
        (confirmed(period=until(MARCH)), None),
        (confirmed(period=Period(MARCH), withdrawn=True), None),
        (confirmed(period=Period(date(2026, 9, 1)), withdrawn=True), JULY),
    ],
    ids=["goes on", "ended with induction", "ended before", "withdrawn", "never began"],
)
def test_induction_that_ended_after_the_training_is_not_seen(
    training: Training, ended_on: date | None
) -> None:
    """It belongs to the school where the ECT was then."""
    facts = TrsFacts(True, InductionStatus.PASSED, NOW, MARCH, JULY)
    ect = an_ect(teacher=attrs.evolve(TEACHER, facts=facts), trainings=(training,))
    enrolment = enrolment_of(an_ect_person(ects=[ect]))

    assert (enrolment.induction_ended_on, enrolment.induction_period_ended_on) == (
        ended_on,
        ended_on,
    )
    assert enrolment.induction_started_on == MARCH


def test_a_mentor_whose_training_never_stood_is_unfunded() -> None:
    """Training that was withdrawn is none; training that has ended was one."""
    mentors_its_ects = {"mentors_ects_of": frozenset({LEAD_PROVIDER})}
    never = a_mentor_person(confirmed(withdrawn=True), **mentors_its_ects)
    once = a_mentor_person(
        confirmed(period=until(MARCH)),
        confirmed(period=Period(JULY), withdrawn=True),
        **mentors_its_ects,
    )

    assert unfunded_mentor_of(never, LEAD_PROVIDER, None) is not None
    assert unfunded_mentor_of(once, LEAD_PROVIDER, None) is None
