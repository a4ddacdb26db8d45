"""What a lead provider sees of one person: their training, and that they mentor unfunded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.lead_providers.person import Person, confirmed_with, latest_with
from ect_registration.domain.lead_providers.records import (
    Days,
    Enrolment,
    MentoredBy,
    Participant,
    Role,
    UnfundedMentor,
    WhyNotFundedMentor,
)
from ect_registration.domain.lead_providers.withdrawals import mentoring_until, withdrawal_of
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.funding import Funding
from ect_registration.domain.people.training import Training
from ect_registration.domain.rules.school_year.funding import funding_of

PartnerIds = Mapping[str, UUID]  # of delivery partners, by their present names


def participant_of(
    person: Person,
    lead_provider: str,
    partners: PartnerIds,
    before: Participant | None,
    now: datetime,
    today: date,
) -> Participant | None:
    """Returns what the lead provider sees of a person's training; None if it never trains them.

    ``before`` is what it saw last: the moments in it stay, and so does what a school may change
    after the training has ended. A person without an email address is not shown.
    """
    known = {each.role: each for each in before.enrolments} if before else {}
    enrolments = (
        _enrolment(person, lead_provider, role, partners, known.get(role), now, today)
        for role in Role
    )
    shown = tuple(each for each in enrolments if each is not None)
    if not shown:
        return None
    return Participant(person.teacher.name, person.teacher.trn.digits, shown, person.id_changes)


def _enrolment(
    person: Person,
    lead_provider: str,
    role: Role,
    partners: PartnerIds,
    before: Enrolment | None,
    now: datetime,
    today: date,
) -> Enrolment | None:
    trained = latest_with(lead_provider, person, role)
    if trained is None or trained.at_school.email is None:
        return None
    ect = trained.at_school if isinstance(trained.at_school, EctAtSchool) else None
    moment = before.withdrawal.at if before and before.withdrawal and before.withdrawal.at else now
    mentor = MentorFunding.of(person) if ect is None else MentorFunding()
    induction = Induction.of(ect, trained.training) if ect else Induction()
    enrolment = Enrolment(
        role=role,
        training_record_id=person.training_record_id(role),
        email=trained.at_school.email.address,
        school=trained.at_school.school.digits,
        working_pattern=ect.working_pattern if ect else None,
        cohort=trained.training.year.starts_in,
        training=trained.days,
        delivery_partner=partners[str(trained.training.delivery_partner)],
        created_at=before.created_at if before else now,
        mentors=_mentors(ect, trained.training, person) if ect else (),
        left_before_it_began=trained.training.withdrawn,
        withdrawal=withdrawal_of(trained, role, person, moment),
        mentoring_until=None if ect else mentoring_until(person),
        eligible_for_funding=induction.eligible_for_funding,
        induction_started_on=induction.started_on,
        induction_ended_on=induction.ended_on,
        induction_period_ended_on=induction.ended_on,
        funding_ended_on=mentor.ended_on,
        why_not_funded=mentor.why_not,
    )
    is_over = trained.training.withdrawn or trained.days.are_over(today)
    return _as_it_was_left(enrolment, before) if is_over and before else enrolment


def _as_it_was_left(enrolment: Enrolment, before: Enrolment) -> Enrolment:
    """Returns an enrolment without what a school has changed since the training was over."""
    if before.training.first != enrolment.training.first:
        return enrolment
    return attrs.evolve(enrolment, email=before.email, working_pattern=before.working_pattern)


def _mentors(ect: EctAtSchool, training: Training, person: Person) -> tuple[MentoredBy, ...]:
    """Returns who mentors the ECT during the training, on which of its days, oldest first."""
    if training.withdrawn:
        return ()
    standing = [
        each
        for each in ect.mentorships
        if not each.withdrawn and each.period.overlaps(training.period)
    ]
    return tuple(
        MentoredBy(
            person.ids_of_mentors[each.mentor_teacher.trn], _days_of_both(each.period, training)
        )
        for each in sorted(standing, key=lambda each: each.period.started_on)
    )


def _days_of_both(period: Period, training: Training) -> Days:
    last_days = [period.finished_on, training.period.finished_on]
    return Days(
        max(period.started_on, training.period.started_on),
        min((day for day in last_days if day is not None), default=None),
    )


_ELIGIBLE = {Funding.YES: True, Funding.NO: False, Funding.NOT_KNOWN: None}


@attrs.frozen
class Induction:
    """What TRS said of an ECT's induction when it was last asked, and what follows for funding."""

    eligible_for_funding: bool | None = None
    started_on: date | None = None
    ended_on: date | None = None

    @classmethod
    def of(cls, ect: EctAtSchool, training: Training) -> Induction:
        """Returns what lead providers are told of an ECT that they train, or trained.

        Induction that ended after the training did belongs to a later one.
        """
        facts = ect.teacher.facts
        eligible = _ELIGIBLE[funding_of(facts, completed=ect.is_completed).funding]
        if facts is None:
            return cls(eligible)
        ended_on = facts.induction_completed_on
        if ended_on is not None and _is_over_before(training, ended_on):
            ended_on = None
        return cls(eligible, facts.induction_started_on, ended_on)


def _is_over_before(training: Training, day: date) -> bool:
    period = training.period
    return period.started_on < day if training.withdrawn else period.is_finished(day)


@attrs.frozen
class MentorFunding:
    """The day a mentor's training stopped being funded, with the reason, if it did."""

    why_not: WhyNotFundedMentor | None = None
    ended_on: date | None = None

    @classmethod
    def of(cls, person: Person) -> MentorFunding:
        """Returns what DfE's records of earlier mentor training say, under any of their TRNs."""
        known = person.training_history
        if any(each.early_roll_out for each in known):
            return cls(WhyNotFundedMentor.EARLY_ROLL_OUT)
        completed = [each.completed_on for each in known if each.completed_on is not None]
        if completed:
            return cls(WhyNotFundedMentor.COMPLETED, min(completed))
        timed_out = [each.timed_out_on for each in known if each.timed_out_on is not None]
        return cls(WhyNotFundedMentor.TIMED_OUT, min(timed_out)) if timed_out else cls()


def unfunded_mentor_of(
    person: Person, lead_provider: str, before: UnfundedMentor | None
) -> UnfundedMentor | None:
    """Returns what the lead provider sees of a person who mentors its ECT without its training.

    A person who was shown once stays, under their present name and address.
    """
    mentors_here = lead_provider in person.mentors_ects_of
    trainings = confirmed_with(lead_provider, person, Role.MENTOR)
    trained_here = any(not each.training.withdrawn for each in trainings)
    if before is None and (trained_here or not mentors_here):
        return None
    email = _latest_email(person) or (before.email if before else None)
    if email is None:
        return None
    return UnfundedMentor(person.teacher.name, email, person.teacher.trn.digits)


def _latest_email(person: Person) -> str | None:
    standing = (each for each in person.mentors if not each.withdrawn)
    periods = sorted(standing, key=lambda each: each.period.started_on)
    addresses = [each.email.address for each in periods if each.email is not None]
    return addresses[-1] if addresses else None
