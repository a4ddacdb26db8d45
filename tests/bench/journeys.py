"""Journeys that have come far, so that each of their pages can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

import attrs

from builders import a_mentor
from contests import BORN_ON, PROVIDER
from crowds import FIRST
from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.ect_draft import NameAnswer
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft, MentorDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.people.ect import EctId
from ect_registration.domain.people.mentorship import MentorId
from ect_registration.domain.people.teacher import Teacher
from ect_registration.domain.values import Trn, Urn
from ect_registration.ports.store import UnitOfWork
from ect_registration.ports.stored.holds import Hold
from ect_registration.use_cases.journeys import answering, saved_journeys
from ect_registration.use_cases.journeys.journey_type import JourneyType
from ect_registration.use_cases.journeys.mentor_journeys import ASSIGNMENT_JOURNEY, MENTOR_JOURNEY
from ect_registration.use_cases.transactions import Actor, Ports

# Of the crowd: the second ECT has no mentor yet, and the mentor of the first mentors nobody else.
WITHOUT_MENTOR = EctId(UUID(int=FIRST + 1))
MENTOR = MentorId(UUID(int=FIRST + FIRST))
EMAIL = Email("joan@example.org")
NAMES_ANOTHER = {"another_provider": True}
NAMED = {"lead_provider": PROVIDER}


def ready_mentor(
    trn: Trn,
    elsewhere: Urn,
    ports: Ports,
    who: Actor,
    ect: EctId = WITHOUT_MENTOR,
    email: Email = EMAIL,
) -> JourneyId:
    """At check answers: somebody who mentors elsewhere as well, so that no page is left out."""
    _mentors_at(elsewhere, trn, email, ports)
    id = saved_journeys.start(who, ports, MentorDraft(ect))
    answering.find_teacher(MENTOR_JOURNEY, id, trn, BORN_ON, who, ports)
    for step, given in (
        ("name", {"name": NameAnswer()}),
        ("email", {"email": email}),
        ("only-here", {"only_here": True}),
        ("start-date", {"start_date": date(2025, 9, 15)}),
        ("training", NAMES_ANOTHER),
        ("lead-provider", NAMED),
    ):
        _answer(MENTOR_JOURNEY, id, step, given, who, ports)
    return id


def assignment(
    ports: Ports, who: Actor, ect: EctId = WITHOUT_MENTOR, mentor: MentorId = MENTOR
) -> JourneyId:
    """A mentor from here, who is to be trained by a lead provider that is still to be named."""
    id = saved_journeys.start(who, ports, AssignmentDraft(ect, mentor))
    _answer(ASSIGNMENT_JOURNEY, id, "training", NAMES_ANOTHER, who, ports)
    return id


def _mentors_at(school: Urn, trn: Trn, email: Email, ports: Ports) -> None:
    teacher, since = Teacher(trn, "Ada Number"), Period(date(2024, 9, 2))
    mentor = a_mentor(school=school, teacher=teacher, email=email, period=since)

    with ports.unit_of_work() as uow:
        uow.hold([Hold.EVERYTHING])
        _add(mentor, uow, ports.clock.today())
        uow.commit()


def _add(mentor: Any, uow: UnitOfWork, today: date) -> None:
    uow.teachers.save(mentor.teacher)
    uow.emails.claim(mentor.email, mentor.teacher.trn, today)
    uow.mentors.add(mentor)


def _answer(
    kind: JourneyType[Any, Any],
    id: JourneyId,
    step: str,
    given: dict[str, object],
    who: Actor,
    ports: Ports,
) -> None:
    give: Callable[[Any], Any] = partial(attrs.evolve, **given)
    answering.answer(kind, id, step, give, who, ports)
