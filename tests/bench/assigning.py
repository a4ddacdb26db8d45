"""Assigning a mentor of the school to an ECT, with the training that begins with it."""

from __future__ import annotations

from datetime import date

from contests import SCHOOLS, actor, people
from ect_registration.domain.calendar import Period
from ect_registration.domain.drafts.mentor_draft import AssignmentDraft
from ect_registration.domain.drafts.saved_journey import JourneyId
from ect_registration.domain.email import Email
from ect_registration.domain.world import World, WorldMentor
from ect_registration.use_cases.journeys import saved_journeys
from ect_registration.use_cases.operating.load_world import load_world
from ect_registration.use_cases.registering.assign_mentor import submit_assignment
from ect_registration.use_cases.registering.write_mentor import Assigned
from ect_registration.use_cases.transactions import Ports

SCHOOL = 1  # where everybody is by now
TERM_STARTS = date(2025, 9, 1)


def ready_assignments(many: int, ports: Ports) -> list[JourneyId]:
    """So many ECTs, and a mentor for each of them."""
    ects, mentors = people(2 * many)[:many], people(2 * many)[many:]
    school = SCHOOLS[SCHOOL]
    world = World(
        trs_people=tuple(mentors),
        mentors=tuple(
            WorldMentor(school, m.trn, Email(f"m{m.trn}@example.org"), Period(TERM_STARTS))
            for m in mentors
        ),
    )
    load_world(world, "bench", ports)
    with ports.reading() as uow:
        here = [ect for ect in uow.ects.of_people([e.trn for e in ects]) if ect.school == school]
        theirs = uow.mentors.of_people([mentor.trn for mentor in mentors])
    return [
        saved_journeys.start(
            actor(SCHOOL), ports, AssignmentDraft(ect.id, mentor.id, another_provider=False)
        )
        for ect, mentor in zip(here, theirs, strict=True)
    ]


def assign(id: JourneyId, ports: Ports) -> None:
    """From a press on the button to the commit."""
    outcome = submit_assignment(id, actor(SCHOOL), ports)
    assert isinstance(outcome, Assigned), outcome
