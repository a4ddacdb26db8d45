"""The ECTs of a school, as the school sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.calendar import Period
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import address_of
from ect_registration.domain.people.completion import Outcome
from ect_registration.domain.people.ect import EctAtSchool, EctId
from ect_registration.domain.people.funding import Funding, FundingNeed
from ect_registration.domain.people.mentorship import MentorId, Mentorship
from ect_registration.domain.people.training import Programme, TrainingState
from ect_registration.domain.rules.access import OWN_SCHOOL_ONLY, unknown_school
from ect_registration.domain.rules.periods.status import (
    AtSchool,
    Status,
    at_school,
    days_without_mentor,
    status_of,
)
from ect_registration.domain.rules.school_year.funding import funding_of
from ect_registration.domain.values import Urn
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class NextMentor:
    """A mentor who takes over on a day to come."""

    name: str
    starts_on: date
    id: MentorId


@attrs.frozen
class EctSummary:
    """One ECT as a school sees it, on one day."""

    id: EctId
    trn: str
    name: str
    email: str | None  # None only on records brought in from elsewhere
    status: Status | None
    at_school: AtSchool
    started_on: date
    finished_on: date | None
    working_pattern: str | None
    expected_training_start_year: int
    appropriate_body: str | None
    programme: Programme | None
    lead_provider: str | None
    delivery_partner: str | None
    training: TrainingState | None
    mentor: str | None
    outcome_of_induction: Outcome | None = None  # where TRS said it
    funding: Funding = Funding.NOT_KNOWN
    funding_needs: tuple[FundingNeed, ...] = ()
    without_mentor: tuple[Period, ...] = ()  # the last is open when no mentor follows
    outcome_on: date | None = None
    training_started_on: date | None = None
    mentor_id: MentorId | None = None
    mentor_from: date | None = None  # where they begin after today
    mentor_until: date | None = None  # where they stop before the ECT leaves
    next_mentors: tuple[NextMentor, ...] = ()


def summary_of(ect: EctAtSchool, today: date) -> EctSummary:
    """Summarises an ECT by their latest training, or by the choices at registration.

    A record that was withdrawn is shown with the training that it had.
    """
    training = ect.training_kept
    mentorships = ect.open_mentorships(today)
    funded = funding_of(ect.teacher.facts, completed=ect.is_completed)
    return EctSummary(
        id=ect.id,
        trn=ect.teacher.trn.digits,
        name=ect.teacher.name,
        email=address_of(ect.email),
        status=status_of(ect, today),
        at_school=at_school(ect, today),
        started_on=ect.period.started_on,
        finished_on=ect.period.finished_on,
        working_pattern=ect.working_pattern,
        expected_training_start_year=ect.registration.expected_training_start_year.starts_in,
        appropriate_body=ect.appropriate_body,
        programme=ect.programme,
        lead_provider=ect.lead_provider,
        delivery_partner=training.delivery_partner if training else None,
        training=training.state if training else None,
        mentor=mentorships[0].mentor_teacher.name if mentorships else None,
        outcome_of_induction=ect.completion.outcome if ect.completion else None,
        outcome_on=ect.completion.day if ect.completion else None,
        funding=funded.funding,
        funding_needs=funded.needs,
        without_mentor=days_without_mentor(ect, today),
        training_started_on=training.period.started_on if training else None,
        mentor_id=mentorships[0].mentor if mentorships else None,
        mentor_from=_if_to_come(mentorships[0], today) if mentorships else None,
        mentor_until=_before_the_end(mentorships[0], ect) if mentorships else None,
        next_mentors=tuple(
            NextMentor(each.mentor_teacher.name, each.period.started_on, each.mentor)
            for each in mentorships[1:]
        ),
    )


def _if_to_come(mentorship: Mentorship, today: date) -> date | None:
    first_day = mentorship.period.started_on
    return first_day if first_day > today else None


def _before_the_end(mentorship: Mentorship, ect: EctAtSchool) -> date | None:
    last_day = mentorship.period.finished_on
    return None if last_day == ect.period.finished_on else last_day


def list_ects(school: Urn, ports: Ports) -> Sequence[EctSummary] | Blocked:
    """Returns every ECT ever registered here: mentor required first, then latest registered."""
    today = ports.clock.today()
    with ports.reading() as uow:
        if uow.schools.find(school) is None:
            return unknown_school()
        ects = uow.ects.at_school(school)
    summaries = [summary_of(ect, today) for ect in ects]
    return sorted(summaries, key=lambda ect: ect.status is not Status.MENTOR_REQUIRED)


def show_ect(id: EctId, school: Urn, ports: Ports) -> EctSummary | Blocked:
    """Returns one ECT; another school's is refused exactly as an unknown one."""
    with ports.reading() as uow:
        ect = uow.ects.find(id)
    if ect is None or ect.school != school:
        return OWN_SCHOOL_ONLY.refuses()
    return summary_of(ect, ports.clock.today())
