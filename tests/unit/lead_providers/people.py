"""People as lead providers know them, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import attrs

from builders import (
    DELIVERY_PARTNER,
    ECT_TRN,
    LEAD_PROVIDER,
    MENTOR_TRN,
    TERM_STARTS,
    TODAY,
    a_mentor,
    a_teacher,
    a_training,
    an_ect,
)
from ect_registration.domain.calendar import Period
from ect_registration.domain.lead_providers.people import participant_of
from ect_registration.domain.lead_providers.person import Person
from ect_registration.domain.lead_providers.records import Days, Enrolment, Participant, Role
from ect_registration.domain.people.training import Training, TrainingId

NOW = datetime(2025, 9, 10, 9, 30, tzinfo=UTC)
LATER = datetime(2025, 9, 11, 9, 30, tzinfo=UTC)
OTHER_PROVIDER = "Beacon Teaching Trust"
PARTNERS = {DELIVERY_PARTNER: UUID(int=1)}
TEACHER = a_teacher(trn=ECT_TRN)
MENTOR = a_teacher(trn=MENTOR_TRN, trs_name="Bea Okafor")


def confirmed(**changes: Any) -> Training:
    """Returns training confirmed with the lead provider, under an id of its own."""
    return a_training(
        **{"id": TrainingId(uuid4()), "delivery_partner": DELIVERY_PARTNER} | changes
    )


def an_ect_person(*trainings: Training, **changes: Any) -> Person:
    """Returns somebody with these trainings at one school."""
    ect = an_ect(teacher=TEACHER, trainings=trainings, mentorships=())
    return attrs.evolve(Person(UUID(int=7), TEACHER, ects=[ect]), **changes)


def a_mentor_person(*trainings: Training, **changes: Any) -> Person:
    """Returns a mentor with these trainings at one school."""
    mentor = a_mentor(teacher=MENTOR, trainings=trainings)
    return attrs.evolve(Person(UUID(int=8), MENTOR, mentors=[mentor]), **changes)


def seen_of(
    person: Person, before: Participant | None = None, day: date = TODAY
) -> Participant | None:
    """Returns what the lead provider of the examples sees of a person now."""
    return participant_of(person, LEAD_PROVIDER, PARTNERS, before, NOW, day)


def enrolment_of(
    person: Person, before: Participant | None = None, day: date = TODAY
) -> Enrolment:
    """Returns the only enrolment of a person."""
    seen = seen_of(person, before, day)
    assert seen is not None
    [enrolment] = seen.enrolments
    return enrolment


def an_enrolment(**changes: Any) -> Enrolment:
    """Returns an ECT's enrolment since the start of term."""
    enrolment = Enrolment(
        role=Role.ECT,
        training_record_id=UUID(int=3),
        email="asha@example.org",
        school="100001",
        working_pattern=None,
        cohort=2025,
        training=Days(TERM_STARTS),
        delivery_partner=UUID(int=1),
        created_at=NOW,
    )
    return attrs.evolve(enrolment, **changes)


def until(day: date) -> Period:
    """Returns the time from the start of term to a day."""
    return Period(TERM_STARTS, day)
