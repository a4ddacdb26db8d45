"""The mentors of a school, as the school sees them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs

from ect_registration.domain.decisions import Blocked
from ect_registration.domain.email import address_of
from ect_registration.domain.people.mentor import MentorAtSchool, MentorPast
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.rules.access import unknown_school
from ect_registration.domain.rules.mentors.mentor_training import MentorTraining, training_told
from ect_registration.domain.values import Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.use_cases.registering.outcomes import Assigned
from ect_registration.use_cases.transactions import Ports


@attrs.frozen
class MentorSummary:
    """One mentor as a school sees them, on one day.

    Training is the person's, wherever it is, but not what began after their time at the school.
    """

    id: MentorId
    trn: str
    name: str
    email: str | None  # None only on records brought in from elsewhere
    started_on: date
    finished_on: date | None
    lead_provider: str | None
    training: MentorTraining


def summary_of_assigned(assigned: Assigned) -> MentorSummary:
    """Returns the mentor of an ECT, after the assignment."""
    return _summary(assigned.mentor, assigned.training, assigned.lead_provider)


def list_mentors(school: Urn, ports: Ports) -> Sequence[MentorSummary] | Blocked:
    """Returns every mentor the school has ever had, by name."""
    today = ports.clock.today()
    with ports.reading() as uow:
        if uow.schools.find(school) is None:
            return unknown_school()
        return summaries_of(uow.mentors.at_school(school), uow, today)


def summaries_of(
    mentors: Sequence[MentorAtSchool], uow: UnitOfWork, today: date
) -> Sequence[MentorSummary]:
    """Returns summaries in the order given, with each person's training status."""
    pasts = uow.mentors.pasts_of_people({mentor.teacher.trn for mentor in mentors})
    return [summary_of_person(mentor, pasts[mentor.teacher.trn], today) for mentor in mentors]


def summary_of_person(mentor: MentorAtSchool, past: MentorPast, today: date) -> MentorSummary:
    """Returns a summary of one mentor; ``past`` is all that is known of the person."""
    return _summary(mentor, *training_told(mentor, past, today))


def summary_of_changed(mentor: MentorAtSchool, ports: Ports) -> MentorSummary:
    """Returns a summary of one mentor as they are, or would be after a change."""
    with ports.reading() as uow:
        past = uow.mentors.past_of_person_with(mentor.id)
    others = [each for each in past.periods if each.id != mentor.id]
    standing = others if mentor.withdrawn else [*others, mentor]
    after = MentorPast(standing, past.training_history)
    return summary_of_person(mentor, after, ports.clock.today())


def _summary(
    mentor: MentorAtSchool, training: MentorTraining, lead_provider: str | None
) -> MentorSummary:
    return MentorSummary(
        id=mentor.id,
        trn=mentor.teacher.trn.digits,
        name=mentor.teacher.name,
        email=address_of(mentor.email),
        started_on=mentor.period.started_on,
        finished_on=mentor.period.finished_on,
        lead_provider=lead_provider,
        training=training,
    )
