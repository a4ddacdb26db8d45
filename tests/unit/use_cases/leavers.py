"""Who leaves, and what is left."""

from __future__ import annotations

from datetime import date

from builders import ECT_TRN, MENTOR_TRN
from ect_registration.domain.decisions import Blocked
from ect_registration.domain.people.ect import EctAtSchool
from ect_registration.domain.people.mentor import MentorAtSchool
from ect_registration.domain.values import Trn
from ect_registration.use_cases.changing.leaving import report_ect_leaving, report_mentor_leaving
from ect_registration.use_cases.transactions import Actor
from unit.use_cases.service import ACTOR, Service
from unit.use_cases.town import OTHER_SCHOOL

IN_OCTOBER, IN_DECEMBER = date(2025, 10, 24), date(2025, 12, 19)
LAST_POSSIBLE = date(2026, 1, 10)
STRANGER = Actor("user-1", OTHER_SCHOOL)


def ect_leaves(
    service: Service, ect: EctAtSchool, day: date | None, actor: Actor = ACTOR
) -> EctAtSchool | Blocked:
    """What the report comes to."""
    return report_ect_leaving(ect.id, day, actor, service.ports)


def mentor_leaves(
    service: Service, mentor: MentorAtSchool, day: date | None, actor: Actor = ACTOR
) -> MentorAtSchool | Blocked:
    """What the report comes to."""
    return report_mentor_leaving(mentor.id, day, actor, service.ports)


def the_ect(service: Service, trn: Trn = ECT_TRN) -> EctAtSchool:
    """As the store has the oldest period."""
    return service.ects_of(trn)[0]


def the_mentor(service: Service) -> MentorAtSchool:
    """As the store has the oldest period."""
    with service.store.reading() as uow:
        return uow.mentors.of_people([MENTOR_TRN])[0]


def ends(ect: EctAtSchool) -> list[date | None]:
    """Last days of the period, the training and the mentorship."""
    parts = (ect, *ect.trainings, *ect.mentorships)
    return [part.period.finished_on for part in parts]
